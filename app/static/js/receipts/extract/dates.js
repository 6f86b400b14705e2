// @ts-check
/** When the receipt was made out: every date on it, and which of them is the one. */

import { overlaps, rowText } from "./lines.js";
import { flag, score } from "./scoring.js";
import { lettersIn, matches, meets, pick, plain } from "./words.js";

/** @typedef {import("./shapes.js").DateCandidate} DateCandidate */
/** @typedef {import("./shapes.js").Features} Features */
/** @typedef {import("./shapes.js").Hints} Hints */
/** @typedef {import("./shapes.js").Placed} Placed */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").Written} Written */
/** @typedef {import("./words.js").Rules} Rules */

/** @type {Record<string, string>} */
const LETTERS = { O: "0", C: "0", I: "1", L: "1" };
const FIRST_YEAR = 1998;
const LAST_YEAR = 2049;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The dates on the receipt, the likeliest first, each value once.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Hints} hints
 * @returns {DateCandidate[]}
 */
export function rankDates(rules, rows, hints) {
  const dayFirst = settleOrder(rules, hints);
  const found = rows.flatMap((row, at) =>
    row.parts.flatMap((part) => datesIn(rules, part.line.text, dayFirst).map((written) => ({ written, at, part }))),
  );
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { written } of found) counts.set(written.iso, (counts.get(written.iso) ?? 0) + 1);
  /** @type {Map<string, DateCandidate>} */
  const best = new Map();
  for (const { written, at, part } of found) {
    const one = weigh(rules, rows, written, at, part, counts.get(written.iso) ?? 1);
    const before = best.get(written.iso);
    if (!before || one.score > before.score) best.set(written.iso, one);
  }
  return [...best.values()].sort(
    (one, other) => other.score - one.score || one.row - other.row || one.written.start - other.written.start,
  );
}

/**
 * Whether the day comes first: what the person's country says.
 * @param {Rules} rules
 * @param {Hints} hints
 */
function settleOrder(rules, hints) {
  return hints.day_first ?? !rules.data.month_first_countries.includes((hints.country ?? "").toUpperCase());
}

/**
 * The dates in one text, left to right; overlapping shapes are taken in the order of their plainness.
 * @param {Rules} rules
 * @param {string} text
 * @param {boolean} dayFirst
 * @returns {Written[]}
 */
function datesIn(rules, text, dayFirst) {
  const upper = text.toUpperCase().length === text.length ? text.toUpperCase() : text;
  const all = [
    ...worded(rules, upper),
    ...yearFirst(rules, upper),
    ...numeric(rules, upper, dayFirst),
    ...compact(rules, upper, dayFirst),
  ];
  /** @type {Written[]} */
  const found = [];
  for (const one of all) {
    if (found.every((other) => one.end <= other.start || one.start >= other.end)) found.push(one);
  }
  return found.sort((one, other) => one.start - other.start);
}

/**
 * Dates with the month as a word: 15 JUN 18, 3rd of March 2024, MAR 5, 2024.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Written[]}
 */
function worded(rules, text) {
  const bare = plain(text).length === text.length ? plain(text) : text;
  return [
    ...matches(rules.dates, "day_month", bare).flatMap((match) =>
      plainDate(digits(match[3]), monthOf(rules, match[2]), digits(match[1]), match, "word"),
    ),
    ...matches(rules.dates, "month_day", bare).flatMap((match) =>
      plainDate(match[3] ?? "", monthOf(rules, match[1]), match[2] ?? "", match, "word"),
    ),
  ];
}

/**
 * The number of a month by its first letters, the longest that are known.
 * @param {Rules} rules
 * @param {string} [word]
 * @returns {number}
 */
function monthOf(rules, word = "") {
  const months = rules.data.dates["months"];
  if (typeof months !== "object") return 0;
  for (const size of [5, 4, 3]) {
    const found = months[word.slice(0, size)];
    if (found !== undefined) return found;
  }
  return 0;
}

/**
 * 2018-03-18.
 * @param {Rules} rules
 * @param {string} text
 * @returns {Written[]}
 */
function yearFirst(rules, text) {
  return matches(rules.dates, "year_first", text).flatMap((match) =>
    plainDate(match[1] ?? "", Number(digits(match[3])), digits(match[4]), match, "year"),
  );
}

/**
 * 27/05/2018, 5.6.18, 05-06-2018, and 27 05 2018.
 * @param {Rules} rules
 * @param {string} text
 * @param {boolean} dayFirst
 * @returns {Written[]}
 */
function numeric(rules, text, dayFirst) {
  const close = matches(rules.dates, "numeric", text).flatMap((match) =>
    either(digits(match[1]), digits(match[3]), digits(match[4]), dayFirst, match, "numeric"),
  );
  const loose = ["slip", "spaced"].flatMap((name) =>
    matches(rules.dates, name, text).flatMap((match) =>
      either(match[1] ?? "", match[2] ?? "", match[3] ?? "", dayFirst, match, "loose"),
    ),
  );
  return [...close, ...loose];
}

/**
 * 27032018 and 20180327, eight digits alone.
 * @param {Rules} rules
 * @param {string} text
 * @param {boolean} dayFirst
 * @returns {Written[]}
 */
function compact(rules, text, dayFirst) {
  return [
    ...matches(rules.dates, "compact", text).flatMap((match) =>
      either(match[1] ?? "", match[2] ?? "", match[3] ?? "", dayFirst, match, "compact"),
    ),
    ...matches(rules.dates, "compact_year", text).flatMap((match) =>
      plainDate(match[1] ?? "", Number(match[2]), match[3] ?? "", match, "compact"),
    ),
  ];
}

/**
 * Letters that were read for digits, put right.
 * @param {string} [text]
 */
function digits(text = "") {
  return [...text].map((letter) => LETTERS[letter] ?? letter).join("");
}

/**
 * A date of two numbers that may change places: the order hinted at first, the other where only it is possible.
 * @param {string} one
 * @param {string} two
 * @param {string} year
 * @param {boolean} dayFirst
 * @param {RegExpMatchArray} match
 * @param {string} shape
 * @returns {Written[]}
 */
function either(one, two, year, dayFirst, match, shape) {
  const [first, second] = dayFirst ? [isoDate(year, Number(two), one), isoDate(year, Number(one), two)] : [isoDate(year, Number(one), two), isoDate(year, Number(two), one)];
  const iso = first ?? second;
  if (!iso) return [];
  const other = first && second && first !== second ? second : null;
  return [makeWritten(iso, other, match, first ? shape : "swapped")];
}

/**
 * A date of which the parts are plain, if there is such a day.
 * @param {string} year
 * @param {number} month
 * @param {string} day
 * @param {RegExpMatchArray} match
 * @param {string} shape
 * @returns {Written[]}
 */
function plainDate(year, month, day, match, shape) {
  const iso = isoDate(year, month, day);
  return iso ? [makeWritten(iso, null, match, shape)] : [];
}

/**
 * @param {string} iso
 * @param {string | null} other
 * @param {RegExpMatchArray} match
 * @param {string} shape
 * @returns {Written}
 */
function makeWritten(iso, other, match, shape) {
  const start = match.index ?? 0;
  return { iso, other, start, end: start + match[0].length, shape };
}

/**
 * YYYY-MM-DD, or null where there is no such day or it is out of reach of a receipt.
 * @param {string} year
 * @param {number} month
 * @param {string} day
 * @returns {string | null}
 */
function isoDate(year, month, day) {
  const full = Number(year) + (year.length === 2 ? 2000 : 0);
  if (full < FIRST_YEAR || full > LAST_YEAR || month < 1 || month > 12) return null;
  const leap = month === 2 && full % 4 === 0 ? 1 : 0;
  if (Number(day) < 1 || Number(day) > pick(LENGTHS, month - 1) + leap) return null;
  return `${full}-${String(month).padStart(2, "0")}-${String(Number(day)).padStart(2, "0")}`;
}

/**
 * One date with what its surroundings say.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Written} one
 * @param {number} at
 * @param {Placed} part
 * @param {number} count
 * @returns {DateCandidate}
 */
function weigh(rules, rows, one, at, part, count) {
  const row = pick(rows, at);
  const { before, above, after } = around(rows, at, part, one);
  const alone = lettersIn(plain(part.line.text.slice(0, one.start))) === 0;
  /** @param {string} name @param {string} text */
  const has = (name, text) => meets(rules.dates, name, text);
  /** @type {Features} */
  const features = {
    time: flag(has("time", after) || has("clock", plain(rowText(row)))),
    good: flag(has("good", before)),
    best: flag(has("best", before)),
    bad: flag(isBad(rules, before) || isBad(rules, plain(secondBefore(rules, part, one)))),
    bad_above: flag(alone && has("bad", above) && !has("good", above)),
    good_above: flag(alone && has("good", above) && !has("bad", above)),
    bad_after: flag(has("bad", after)),
    repeats: Math.min(2, count - 1),
    top: 1 - at / Math.max(1, rows.length - 1),
    first: flag(at < 1),
    old: flag(one.iso < "2009"),
    far: flag(one.iso > "2031"),
    agreed: flag(agrees(rules, part, one)),
  };
  features[`shape_${one.shape}`] = 1;
  return { written: one, row: at, part, features, score: score(rules, features, "date") };
}

/**
 * Whether these words announce another day than that of the sale.
 * @param {Rules} rules
 * @param {string} before
 */
function isBad(rules, before) {
  return meets(rules.dates, "bad", before) && !meets(rules.dates, "best", before);
}

/**
 * What stands in the row above: right above the date, or the whole row where the date stands alone in its own.
 * @param {Row[]} rows
 * @param {number} at
 * @param {Placed} part
 */
function wordsAbove(rows, at, part) {
  if (!at) return "";
  const row = pick(rows, at - 1);
  if (pick(rows, at).parts.length === 1) return rowText(row);
  const rightAbove = row.parts.filter((other) => overlaps(other, part));
  return rightAbove.map((other) => other.line.text).join(" ");
}

/**
 * What the second recogniser read before the same date; it may have read the words better.
 * @param {Rules} rules
 * @param {Placed} part
 * @param {Written} one
 */
function secondBefore(rules, part, one) {
  const second = part.line.second ?? "";
  const same = datesIn(rules, second, true).find((other) => other.iso === one.iso || other.other === one.iso);
  return second.slice(0, same?.start ?? 0);
}

/**
 * The plain words left of a date, in the row above, and right of it.
 * @param {Row[]} rows
 * @param {number} at
 * @param {Placed} part
 * @param {Written} one
 */
function around(rows, at, part, one) {
  const row = pick(rows, at);
  const left = row.parts.filter((other) => other.left < part.left).map((other) => other.line.text);
  const right = row.parts.filter((other) => other.left > part.left).map((other) => other.line.text);
  return {
    before: plain([...left, part.line.text.slice(0, one.start)].join(" ")),
    above: plain(wordsAbove(rows, at, part)),
    after: plain(`${part.line.text.slice(one.end)} ${right.join(" ")}`),
  };
}

/**
 * Whether a second recogniser read the same digits; true where none looked.
 * @param {Rules} rules
 * @param {Placed} part
 * @param {Written} one
 */
function agrees(rules, part, one) {
  if (part.line.second === null) return true;
  return datesIn(rules, part.line.second, true).some((other) => other.iso === one.iso || other.other === one.iso);
}
