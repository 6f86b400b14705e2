// @ts-check
/** The shared lists, patterns and weights made ready, and the plain form of text that the patterns meet. */

/**
 * @typedef {object} Data the contents of reading.json
 * @property {{digits: Record<string, string>, money: string, money_tail: string, after_symbol: string}} repair
 * @property {Record<string, string>} money
 * @property {Record<string, string | [string, string][] | Record<string, string>>} currency
 * @property {string[]} month_first_countries
 * @property {Record<string, string>} labels
 * @property {string} header
 * @property {Record<string, string | Record<string, number>>} dates
 * @property {Record<string, string | string[]>} merchant
 * @property {Record<string, string>} reasons
 * @property {Record<string, Record<string, number>>} weights
 */

/**
 * @typedef {object} Rules
 * @property {Data} data
 * @property {Record<string, RegExp>} money
 * @property {RegExp[]} repairs
 * @property {[string, RegExp][]} labels
 * @property {RegExp} header a row of column headings
 * @property {Record<string, RegExp>} dates
 * @property {Record<string, RegExp>} merchant
 * @property {[string, string][]} brands squashed and as written
 */

const SPACES = /[ \t\n\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+/g;
const MARKS = /[\u0300-\u036f]/g;

/**
 * The rules of reading.json, compiled once.
 * @param {Data} data
 * @returns {Rules}
 */
export function makeRules(data) {
  const month = String(data.dates["month"]);
  return {
    data,
    money: compiled(data.money, (rule) => rule),
    repairs: [data.repair.money, data.repair.money_tail, data.repair.after_symbol].map((rule) => new RegExp(rule, "g")),
    labels: Object.entries(data.labels).map(([name, rule]) => [name, new RegExp(rule)]),
    header: new RegExp(data.header),
    dates: compiled(data.dates, (rule) => rule.replaceAll("MONTH", month)),
    merchant: compiled(data.merchant, (rule) => rule),
    brands: listOf(data.merchant["brands"]).map((brand) => [squash(brand), brand]),
  };
}

/**
 * @param {string | string[] | undefined} value
 * @returns {string[]}
 */
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * @param {Record<string, unknown>} rules
 * @param {(rule: string) => string} change
 * @returns {Record<string, RegExp>}
 */
function compiled(rules, change) {
  /** @type {Record<string, RegExp>} */
  const made = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (typeof rule === "string") made[name] = new RegExp(change(rule), "g");
  }
  return made;
}

/**
 * A compiled rule that must be there.
 * @param {Record<string, RegExp>} rules
 * @param {string} name
 * @returns {RegExp}
 */
export function rule(rules, name) {
  const found = rules[name];
  if (!found) throw new Error(`no rule ${name}`);
  return found;
}

/**
 * Whether a rule is met anywhere in the text.
 * @param {Record<string, RegExp>} rules
 * @param {string} name
 * @param {string} text
 */
export function meets(rules, name, text) {
  return text.search(rule(rules, name)) >= 0;
}

/**
 * All places where a rule is met.
 * @param {Record<string, RegExp>} rules
 * @param {string} name
 * @param {string} text
 */
export function matches(rules, name, text) {
  return [...text.matchAll(rule(rules, name))];
}

/**
 * Upper case, no accents, single spaces: what every pattern is written for.
 * @param {string} text
 */
export function plain(text) {
  const even = text.replaceAll("ß", "ss").replaceAll("’", "'").replaceAll("‘", "'");
  return trim(even.toUpperCase().normalize("NFKD").replace(MARKS, "").replace(SPACES, " "));
}

/**
 * The text without blanks at its ends.
 * @param {string} text
 */
export function trim(text) {
  return text.trim();
}

/**
 * @param {string} text
 */
export function lettersIn(text) {
  return text.match(/[A-Z]/g)?.length ?? 0;
}

/**
 * @param {string} text
 */
export function digitsIn(text) {
  return text.match(/[0-9]/g)?.length ?? 0;
}

/**
 * The kinds of row that a plain label may stand for, such as "total" or "change".
 * @param {Rules} rules
 * @param {string} text
 * @returns {ReadonlySet<string>}
 */
export function labelsOf(rules, text) {
  return new Set(rules.labels.filter(([, one]) => one.test(text)).map(([name]) => name));
}

/**
 * Letters and digits alone.
 * @param {string} text
 */
export function squash(text) {
  return plain(text).replace(/[^A-Z0-9]/g, "");
}

/**
 * Words parted by single blanks.
 * @param {string} text
 */
export function tidySpaces(text) {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

/**
 * Whether two sets share an element.
 * @param {ReadonlySet<string>} one
 * @param {Iterable<string>} other
 */
export function shares(one, other) {
  for (const name of other) if (one.has(name)) return true;
  return false;
}

/**
 * One place of a list that is known to be filled.
 * @template T
 * @param {readonly T[]} list
 * @param {number} at
 * @returns {T}
 */
export function pick(list, at) {
  const found = list[at];
  if (found === undefined) throw new Error("out of range");
  return found;
}
