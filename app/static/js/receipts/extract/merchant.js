// @ts-check
/** Whose receipt it is: the name at the head, not the address, the kind of paper or the till. */

import { rowText } from "./lines.js";
import { flag, score, sharesOf } from "./scoring.js";
import { digitsIn, lettersIn, matches, meets, pick, plain, rule, shares, squash, tidySpaces } from "./words.js";

/** @typedef {import("./shapes.js").Features} Features */
/** @typedef {import("./shapes.js").Hints} Hints */
/** @typedef {import("./shapes.js").Name} Name */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./words.js").Rules} Rules */
/** @typedef {{rules: Rules, rows: Row[], whole: string, sites: ReadonlySet<string>, hints: Hints}} Page */

const HEAD_ROWS = 14;
const SPECK = 0.6;
const TALL = 0.15;
const EDGES = new Set(" .,:;-–—*#=~_|'\"`<>/\\+!·•&");
const KINDS = ["address", "contact", "number", "title", "junk", "legal", "legal_my", "kind", "owner"];
const NO_NAME = ["address", "contact", "number", "title", "junk", "owner"];

/**
 * The candidates for the shop's name, the likeliest first.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Hints} hints
 * @returns {Name[]}
 */
export function rankMerchants(rules, rows, hints) {
  const whole = plain(rows.map(rowText).join(" "));
  const sites = new Set(matches(rules.merchant, "site", whole).map((match) => squash(match[1] ?? "")));
  const page = { rules, rows, whole, sites, hints };
  const head = rows.slice(0, HEAD_ROWS).flatMap((_, at) => namesAt(page, at));
  const found = [...head, ...namesInThanks(page)].filter((name) => hasName(rules, name.text));
  if (!found.length) return [];
  const parts = sharesOf(found.map((name) => name.score));
  return found
    .map((name, at) => ({ ...name, share: pick(parts, at) }))
    .sort((one, other) => other.score - one.score || one.row - other.row);
}

/**
 * Whether a text holds more than a legal form such as "Ltd".
 * @param {Rules} rules
 * @param {string} text
 */
function hasName(rules, text) {
  return lettersIn(plain(text).replace(rule(rules.merchant, "legal"), " ")) >= 2;
}

/**
 * The names that a row of the head may hold: itself, or itself and the next where a name goes on.
 * @param {Page} page
 * @param {number} at
 * @returns {Name[]}
 */
function namesAt(page, at) {
  const most = Math.min(page.rows.length, HEAD_ROWS);
  const found = [makeName(page, at, nameOfRows(page, at, 1), 1)];
  if (at + 1 < most && goesOn(page, at)) {
    found.push(makeName(page, at, nameOfRows(page, at, 2), 2));
    if (at + 2 < most && goesOn(page, at + 1)) found.push(makeName(page, at, nameOfRows(page, at, 3), 3));
  }
  return found;
}

/**
 * @param {Page} page
 * @param {number} at
 * @param {number} count
 */
function nameOfRows(page, at, count) {
  return tidy(page.rules, page.rows.slice(at, at + count).map(cleanText).join(" "));
}

/**
 * Whether the next row may carry on the name: as tall, close, and no address, number or heading.
 * @param {Page} page
 * @param {number} at
 */
function goesOn(page, at) {
  const one = pick(page.rows, at);
  const two = pick(page.rows, at + 1);
  const text = plain(rowText(two));
  const ratio = two.height / one.height;
  const close = two.y - one.y < 2 * Math.max(one.height, two.height);
  const own = [...kindsOf(page.rules, plain(rowText(one)))].filter((name) => name !== "owner");
  const kinds = new Set([...kindsOf(page.rules, text), ...own]);
  if (text.startsWith("(") || [".", "!", "?"].includes(plain(rowText(one)).slice(-1))) return false;
  return ratio > 0.75 && ratio < 1.35 && close && lettersIn(text) >= 3 && !shares(kinds, NO_NAME);
}

/**
 * What a plain head row looks like.
 * @param {Rules} rules
 * @param {string} text
 * @returns {ReadonlySet<string>}
 */
function kindsOf(rules, text) {
  return new Set(KINDS.filter((name) => meets(rules.merchant, name, text)));
}

/**
 * Names in "thank you for shopping at ...".
 * @param {Page} page
 * @returns {Name[]}
 */
function namesInThanks(page) {
  return page.rows.flatMap((row, at) => {
    const name = matches(page.rules.merchant, "thanks", plain(rowText(row)))[0]?.[1];
    const good = name !== undefined && lettersIn(name) >= 3 && !meets(page.rules.merchant, "junk", name);
    return good ? [makeName(page, at, stripEdges(name), 1, true)] : [];
  });
}

/**
 * A name without registration numbers, stray marks at its ends, "owned by" and former names.
 * @param {Rules} rules
 * @param {string} text
 */
function tidy(rules, text) {
  let bare = text;
  for (const name of ["bracketed", "bracketed", "former", "owner", "cut", "tail"]) {
    const shorter = bare.replace(new RegExp(rule(rules.merchant, name).source, "gi"), " ");
    if (lettersIn(plain(shorter)) >= 3) bare = shorter;
  }
  const words = stripEdges(tidySpaces(bare));
  if (lettersIn(plain(words)) < 4) return words;
  return stripEdges(words.replace(/^#?[0-9]{3,} /, ""));
}

/**
 * @param {string} text
 */
function stripEdges(text) {
  let start = 0;
  let end = text.length;
  while (start < end && EDGES.has(text.charAt(start))) start += 1;
  while (end > start && EDGES.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A row's words without specks: parts of one letter or badly read ones beside better ones.
 * @param {Row} row
 */
function cleanText(row) {
  const kept = row.parts.map((part) => part.line).filter((line) => line.text.length > 1 && line.score >= SPECK);
  return kept.length ? kept.map((line) => line.text).join(" ") : rowText(row);
}

/**
 * One candidate with what speaks for it.
 * @param {Page} page
 * @param {number} at
 * @param {string} text
 * @param {number} count
 * @param {boolean} [thanks]
 * @returns {Name}
 */
function makeName(page, at, text, count, thanks = false) {
  const { rules, rows, hints } = page;
  const features = nameFeatures(page, at, text, count);
  features["thanks"] = flag(thanks);
  const row = pick(rows, at);
  const brand = brandOf(rules, row, text, at < 3 && (features["tall"] ?? 0) > TALL);
  features["brand"] = flag(brand !== null);
  features["used_before"] = flag((hints.shops ?? []).some((shop) => squash(shop) === squash(text)));
  const box = pick(row.parts, 0).line.box;
  return { text: brand ?? text, row: at, box, page: row.page, features, score: score(rules, features, "merchant"), share: 0 };
}

/**
 * What a text's words, size and place say.
 * @param {Page} page
 * @param {number} at
 * @param {string} text
 * @param {number} count
 * @returns {Features}
 */
function nameFeatures(page, at, text, count) {
  const { rules, rows, sites } = page;
  const row = pick(rows, at);
  const heights = rows.map((one) => one.height).sort((one, other) => one - other);
  const bare = plain(text);
  const own = plain(rowText(row));
  const kinds = kindsOf(rules, count === 1 ? own : bare);
  const squashed = squash(text);
  const long = squashed.length >= 4;
  const above = namedRowsAbove(rows, at);
  /** @type {Features} */
  const features = {};
  for (const name of KINDS) features[name] = flag(kinds.has(name));
  return Object.assign(features, {
    order: above,
    first: flag(above === 0),
    tall: Math.min(2, Math.max(0, row.height / pick(heights, Math.floor(heights.length / 2)) - 1)),
    digits: digitsIn(bare) / Math.max(1, bare.length),
    short: flag(lettersIn(bare) < 4),
    long: flag(bare.length > 38),
    joined: flag(count > 1),
    joined3: flag(count > 2),
    joined_legal: flag(count > 1 && meets(rules.merchant, "legal", bare) && !meets(rules.merchant, "legal", own)),
    joined_whole: flag(count > 1 && isWhole(rules, plain(rowText(pick(rows, at + count - 1))))),
    part_of_name: flag(count === 1 && at + 1 < rows.length && goesOn(page, at)),
    site: flag([...sites].some((site) => site.length >= 4 && (squashed.includes(site) || (site.includes(squashed) && long)))),
    again: flag(long && squash(page.whole).split(squashed).length > 2),
    score: Math.min(...row.parts.map((part) => part.line.score)),
    words: Math.min(6, bare.split(" ").filter(Boolean).length),
    lower: flag(text !== text.toUpperCase() && text === text.toLowerCase()),
  });
}

/**
 * Whether a plain row is a company's full name by itself.
 * @param {Rules} rules
 * @param {string} text
 */
function isWhole(rules, text) {
  const at = text.search(rule(rules.merchant, "legal"));
  return at >= 0 && text.slice(0, at).split(" ").filter(Boolean).length >= 2;
}

/**
 * How many rows with real words stand above.
 * @param {Row[]} rows
 * @param {number} at
 */
function namedRowsAbove(rows, at) {
  return Math.min(8, rows.slice(0, at).filter((row) => lettersIn(plain(rowText(row))) >= 4).length);
}

/**
 * The well-known shop that a name stands for, or that one part of its row names alone.
 * @param {Rules} rules
 * @param {Row} row
 * @param {string} text
 * @param {boolean} tall
 * @returns {string | null}
 */
function brandOf(rules, row, text, tall) {
  const parts = row.parts.length > 1 ? row.parts.map((part) => part.line.text) : [];
  for (const one of [text, ...parts]) {
    const brand = brandIn(rules, one, tall);
    if (brand) return brand;
  }
  return null;
}

/**
 * A widely known shop that the text names and little else; large print may be off by a letter or two.
 * @param {Rules} rules
 * @param {string} text
 * @param {boolean} tall
 * @returns {string | null}
 */
function brandIn(rules, text, tall) {
  const squashed = squash(text);
  for (const [bare, brand] of rules.brands) {
    const begins = bare.length >= 4 && squashed.startsWith(bare) && squashed.length <= bare.length + 1 + flag(tall);
    if (squashed === bare || begins) return brand;
  }
  if (!tall || squashed.length < 3 || squashed.length > 20) return null;
  const near = rules.brands.filter(([bare]) => bare.length >= 4 && offBy(squashed, bare) <= (bare.length < 7 ? 1 : 2));
  return near.length === 1 ? pick(near, 0)[1] : null;
}

/**
 * How many letters must be put in, taken out or changed to make one word of the other.
 * @param {string} one
 * @param {string} other
 */
function offBy(one, other) {
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const now = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = pick(before, to - 1) + flag(one[at - 1] !== other[to - 1]);
      now.push(Math.min(pick(now, to - 1) + 1, pick(before, to) + 1, change));
    }
    before = now;
  }
  return pick(before, other.length);
}
