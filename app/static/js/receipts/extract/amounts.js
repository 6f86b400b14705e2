// @ts-check
/** Sums of money in rows of text: how they are written, and what stands beside them. */

import { rowText } from "./lines.js";
import { digitsIn, labelsOf, lettersIn, matches, meets, pick, plain, rule, shares } from "./words.js";

/** @typedef {import("./shapes.js").Amount} Amount */
/** @typedef {import("./shapes.js").Box} Box */
/** @typedef {import("./shapes.js").Corner} Corner */
/** @typedef {import("./shapes.js").Line} Line */
/** @typedef {import("./shapes.js").Placed} Placed */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Sum} Sum */
/** @typedef {import("./words.js").Rules} Rules */
/** @typedef {[Placed, Sum]} Found */

const MOST = 99_999_999;
const NEAR = 1.9;
const MINUSES = new Set("-–—(");

/**
 * All sums, row by row and left to right.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @returns {Amount[]}
 */
export function findAmounts(rules, rows) {
  const found = rows.map((row) => sumsOfRow(rules, row));
  /** @type {Amount[]} */
  const amounts = [];
  rows.forEach((row, at) => {
    const here = pick(found, at);
    here.forEach(([part, sum], order) => {
      const [label, above] = labelOf(rules, rows, found, at, order);
      const labels = above ? labelsOf(rules, label) : nearestLabels(rules, row, part, sum);
      amounts.push({ pence: sum.pence, row: at, part, sum, label, labels, above, agreed: agrees(rules, part.line, sum) });
    });
    if (!here.length) amounts.push(...bareTotal(rules, rows, at));
  });
  return amounts;
}

/**
 * @param {Rules} rules
 * @param {Row} row
 * @returns {Found[]}
 */
function sumsOfRow(rules, row) {
  return row.parts.flatMap((part) => sumsIn(rules, part.line.text).map((sum) => /** @type {Found} */ ([part, sum])));
}

/**
 * The sums written in one text, left to right.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Sum[]}
 */
export function sumsIn(rules, text) {
  const fixed = repair(rules, text);
  /** @type {Sum[]} */
  const found = [];
  for (const one of [...decimals(rules, fixed), ...stuck(rules, fixed), ...wholes(rules, fixed)]) {
    const free = found.every((other) => one.end <= other.start || one.start >= other.end);
    if (free && Math.abs(one.pence) <= MOST) found.push(one);
  }
  return found.sort((one, other) => one.start - other.start);
}

/**
 * Letters read in place of digits put right, where the rest can only be money. The length never changes.
 * @param {Rules} rules
 * @param {string} text
 */
export function repair(rules, text) {
  let fixed = text.toUpperCase().length === text.length ? text.toUpperCase() : text;
  for (const one of rules.repairs) {
    for (const match of [...fixed.matchAll(one)]) {
      const piece = match[0];
      const digits = digitsIn(piece);
      if (digits && digits >= (piece.length - 1) / 2 - 1) {
        const head = piece.length - piece.replace(/^[RM£€ ]+/, "").length;
        const mended = [...piece.slice(head)].map((letter) => rules.data.repair.digits[letter] ?? letter).join("");
        fixed = fixed.slice(0, match.index) + piece.slice(0, head) + mended + fixed.slice(match.index + piece.length);
      }
    }
  }
  return fixed;
}

/**
 * Sums with two decimals, such as 1,234.56 or -£4,50 or 0.02-.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Sum[]}
 */
function decimals(rules, text) {
  return matches(rules.money, "decimal", text).map((match) => {
    const [all, opening = "", symbol = "", minus = "", whole = "", point = "", fraction = "", closing = ""] = match;
    const taken = MINUSES.has(opening) || minus !== "" || (closing !== "" && closing !== ")");
    const negative = opening === "(" && closing !== ")" ? false : taken;
    const pence = numberOf(whole) * 100 + Number(fraction);
    const head = all.indexOf(whole, opening.length + symbol.length + minus.length);
    const start = match.index + head;
    const end = start + whole.length + point.length + fraction.length;
    return makeSum(negative ? -pence : pence, match, symbol, false, isUnit(rules, text, start, end));
  });
}

/**
 * Sums glued to the word before their sign of money, such as TOTALRM12.00.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Sum[]}
 */
function stuck(rules, text) {
  return matches(rules.money, "stuck", text).map((match) => {
    const [all, symbol = "", whole = "", fraction = ""] = match;
    const start = match.index + all.indexOf(whole, symbol.length);
    const end = match.index + all.length;
    return makeSum(numberOf(whole) * 100 + Number(fraction), match, symbol, false, isUnit(rules, text, start, end));
  });
}

/**
 * Whole pounds, only beside a sign of money.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Sum[]}
 */
function wholes(rules, text) {
  return matches(rules.money, "whole", text).map((match) => {
    const [all, minus = "", symbol = "", whole = ""] = match;
    const start = match.index + all.indexOf(whole, minus.length + symbol.length);
    const pence = numberOf(whole) * 100;
    return makeSum(minus ? -pence : pence, match, symbol, true, isUnit(rules, text, start, start + whole.length));
  });
}

/**
 * @param {number} pence
 * @param {RegExpMatchArray} match
 * @param {string} symbol
 * @param {boolean} whole
 * @param {boolean} unit
 * @returns {Sum}
 */
function makeSum(pence, match, symbol, whole, unit) {
  const start = match.index ?? 0;
  return { pence: pence === 0 ? 0 : pence, start, end: start + match[0].length, symbol, whole, unit };
}

/**
 * @param {string} text
 */
function numberOf(text) {
  return Number(text.replace(/[^0-9]/g, ""));
}

/**
 * Whether the number is a rate, a weight or a percentage rather than money paid.
 * @param {Rules} rules
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function isUnit(rules, text, start, end) {
  return meets(rules.money, "unit_after", text.slice(end)) || meets(rules.money, "unit_before", plain(text.slice(0, start)));
}

/**
 * The plain words before the sum in its row, or those of a near row without sums (then the flag is set).
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Found[][]} found
 * @param {number} at
 * @param {number} order
 * @returns {[string, boolean]}
 */
function labelOf(rules, rows, found, at, order) {
  const [part, sum] = pick(pick(found, at), order);
  const row = pick(rows, at);
  const own = wordsBefore(rules, row, part, sum);
  if (lettersIn(own) >= 2) return [own, false];
  for (const other of [at - 1, at + 1]) {
    const near = rows[other];
    if (near && !pick(found, other).length && isNear(row, near)) {
      const text = plain(rowText(near));
      if (lettersIn(text) >= 3 && !rules.header.test(text) && (other < at || labelsOf(rules, text).size)) return [text, true];
    }
  }
  return [plain(rowText(row)), false];
}

/**
 * The plain words left of a sum, without the sums before it.
 * @param {Rules} rules
 * @param {Row} row
 * @param {Placed} part
 * @param {Sum} sum
 */
function wordsBefore(rules, row, part, sum) {
  const texts = row.parts.filter((other) => other.left < part.left).map((other) => other.line.text);
  return stripSums(rules, plain([...texts, part.line.text.slice(0, sum.start)].join(" ")));
}

/**
 * The kinds meant by the words nearest to the left of a sum, going left until some kind is named.
 * @param {Rules} rules
 * @param {Row} row
 * @param {Placed} part
 * @param {Sum} sum
 * @returns {ReadonlySet<string>}
 */
function nearestLabels(rules, row, part, sum) {
  const before = row.parts.filter((other) => other.left < part.left).reverse();
  const texts = [plain(part.line.text.slice(0, sum.start)), ...before.map((other) => plain(other.line.text))];
  let words = "";
  for (const text of texts) {
    words = stripSums(rules, `${text} ${words}`);
    const labels = labelsOf(rules, words);
    if (labels.size) return labels;
  }
  return lettersIn(words) < 2 ? labelsOf(rules, plain(rowText(row))) : new Set();
}

/**
 * @param {Rules} rules
 * @param {string} text
 */
function stripSums(rules, text) {
  return text.replace(rule(rules.money, "decimal"), " ").trim();
}

/**
 * Whether two rows stand directly above each other.
 * @param {Row} row
 * @param {Row} other
 */
function isNear(row, other) {
  return row.page === other.page && Math.abs(row.y - other.y) < NEAR * Math.max(row.height, other.height);
}

/**
 * A number without pence beside a word for the total, as people write by hand.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {number} at
 * @returns {Amount[]}
 */
function bareTotal(rules, rows, at) {
  const row = pick(rows, at);
  const text = plain(rowText(row));
  const labels = labelsOf(rules, text);
  const named = labels.has("total") || labels.has("strong");
  if (!named || shares(labels, ["quantity", "points", "tax"]) || meets(rules.money, "no_sum", text)) return [];
  const part = pick(row.parts, row.parts.length - 1);
  const found = bareNumber(rules, plain(part.line.text));
  if (!found) return [];
  const length = part.line.text.length;
  const sum = { pence: found[0], start: Math.min(found[1], length), end: length, symbol: "", whole: true, unit: false };
  const agreed = agrees(rules, part.line, sum);
  return [{ pence: sum.pence, row: at, part, sum, label: text, labels, above: false, agreed }];
}

/**
 * The pence and place of a number that ends a plain text.
 * @param {Rules} rules
 * @param {string} line
 * @returns {[number, number] | null}
 */
function bareNumber(rules, line) {
  const spaced = matches(rules.money, "spaced", line)[0];
  if (spaced && spaced.index + spaced[0].length === line.length) {
    return [Number(spaced[1]) * 100 + Number(spaced[2]), spaced.index];
  }
  const bare = matches(rules.money, "bare", line).at(-1);
  if (!bare || bare.index + bare[0].length !== line.length) return null;
  return [Number(bare[1]) * 100, bare.index];
}

/**
 * Whether a second recogniser read the same sum in this line; true where none looked.
 * @param {Rules} rules
 * @param {Line} line
 * @param {Sum} sum
 */
function agrees(rules, line, sum) {
  if (line.second === null) return true;
  const same = sumsIn(rules, line.second).some((other) => other.pence === sum.pence);
  return same || (sum.whole && line.second.includes(String(Math.floor(Math.abs(sum.pence) / 100))));
}

/**
 * The part of a line's box between two places in its text, letters taken as equally wide.
 * @param {Line} line
 * @param {number} start
 * @param {number} end
 * @returns {Box}
 */
export function cutBox(line, start, end) {
  const length = Math.max(1, line.text.length);
  const [topLeft, topRight, bottomRight, bottomLeft] = line.box;
  return [
    between(topLeft, topRight, start / length),
    between(topLeft, topRight, end / length),
    between(bottomLeft, bottomRight, end / length),
    between(bottomLeft, bottomRight, start / length),
  ];
}

/**
 * @param {Corner} one
 * @param {Corner} other
 * @param {number} share
 * @returns {Corner}
 */
function between(one, other, share) {
  return [one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share];
}
