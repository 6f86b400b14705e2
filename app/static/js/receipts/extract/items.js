// @ts-check
/** What was bought: the rows between the head of a receipt and its totals, checked by adding up. */

import { rowText } from "./lines.js";
import { lettersIn, pick, plain, shares, tidySpaces } from "./words.js";

/** @typedef {import("./shapes.js").Amount} Amount */
/** @typedef {import("./shapes.js").Item} Item */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {Map<number, Amount>} Column the right-most sum of each row */

const SUMMARY = ["strong", "total", "subtotal", "change", "cash", "card", "quantity", "points", "saved", "cashback", "tax"];
const ADJUSTING = ["service", "tip", "rounding", "discount", "tax"];
const NOT_ADJUSTING = ["strong", "inclusive", "subtotal", "cash", "change"];
const NAMED_ENDS = ["strong", "total", "subtotal", "card", "cash"];
const NEVER_ITEMS = ["strong", "total", "subtotal", "change", "cash", "tax", "saved", "cashback"];
const MOST_ADJUSTING = 7;
const MOST_ROWS = 80;
const QUANTITY = /^[^A-Z]*(?:X|@|EA|EACH|PCS|UNIT|QTY|STK|KG|RM|SR|ZR|[A-Z])?[^A-Z]*$/;

/**
 * The right-most sum of each row that is no rate or weight.
 * @param {Amount[]} amounts
 * @returns {Column}
 */
function lastSums(amounts) {
  /** @type {Column} */
  const found = new Map();
  for (const one of amounts) if (!one.sum.unit) found.set(one.row, one);
  return found;
}

/**
 * Every sum that equals the rows directly above one of its labelled places.
 * @param {Amount[]} amounts
 * @returns {ReadonlySet<number>}
 */
export function addedUp(amounts) {
  const column = lastSums(amounts);
  /** @type {Set<number>} */
  const found = new Set();
  for (const [at, one] of column) {
    const named = shares(one.labels, ["strong", "total", "subtotal"]);
    if (named && runAbove(column, at, Math.abs(one.pence)).length) found.add(Math.abs(one.pence));
  }
  return found;
}

/**
 * The rows above one whose sums make exactly a sum, or none; names like those of totals are tried last.
 * @param {Column} column
 * @param {number} at
 * @param {number} pence
 * @returns {number[]}
 */
function runAbove(column, at, pence) {
  const strict = runWithout(column, at, pence, SUMMARY);
  return strict.length ? strict : runWithout(column, at, pence, NEVER_ITEMS);
}

/**
 * The rows above one whose sums make exactly a sum, rows of some kinds left out.
 * @param {Column} column
 * @param {number} at
 * @param {number} pence
 * @param {string[]} leftOut
 * @returns {number[]}
 */
function runWithout(column, at, pence, leftOut) {
  let left = pence;
  const used = [];
  for (let row = at - 1; row > Math.max(-1, at - MOST_ROWS); row -= 1) {
    const one = column.get(row);
    if (!one || shares(one.labels, leftOut)) continue;
    left -= signed(one);
    used.push(row);
    if (left === 0) return used.reverse();
  }
  return [];
}

/**
 * A row's sum, below zero where it takes something off.
 * @param {Amount} one
 */
function signed(one) {
  return one.labels.has("discount") ? -Math.abs(one.pence) : one.pence;
}

/**
 * The rows bought with their sums, and what was added or taken off before the total.
 * @param {Row[]} rows
 * @param {Amount[]} amounts
 * @param {number | null} total
 * @returns {Item[]}
 */
export function listItems(rows, amounts, total) {
  const column = lastSums(amounts);
  const proven = provenRows(column, total);
  const used = proven.length ? proven : plausibleRows(column);
  return used.map((row) => {
    const one = /** @type {Amount} */ (column.get(row));
    return { text: nameOf(rows, column, row, one), amount: written(signed(one)) };
  });
}

/**
 * The rows that add up to the total, with what was added or taken off between a subtotal and the total.
 * @param {Column} column
 * @param {number | null} total
 * @returns {number[]}
 */
function provenRows(column, total) {
  if (total === null) return [];
  const ends = [...column].filter(([, one]) => shares(one.labels, NAMED_ENDS));
  for (const [at, one] of ends) {
    const subtotal = total > 0 ? Math.abs(one.pence) : -Math.abs(one.pence);
    const used = runAbove(column, at, subtotal);
    const bridge = used.length ? bridgingRows(column, used, total - subtotal) : null;
    if (bridge) return [...used, ...bridge];
  }
  const same = ends.filter(([, one]) => Math.abs(one.pence) === Math.abs(total)).map(([at]) => at);
  return unnamedSubtotal(column, same, total);
}

/**
 * The few charges, taxes and cuts that make up a difference; null where none do.
 * @param {Column} column
 * @param {number[]} used
 * @param {number} missing
 * @returns {number[] | null}
 */
function bridgingRows(column, used, missing) {
  if (missing === 0) return [];
  const rows = adjustingRows(column).filter((row) => !used.includes(row));
  return combinationsOf(rows.slice(0, MOST_ADJUSTING)).find((some) => adjustment(column, some) === missing) ?? null;
}

/**
 * The rows that make the total together with charges that stand above it, where no subtotal is printed.
 * @param {Column} column
 * @param {number[]} ends
 * @param {number} total
 * @returns {number[]}
 */
function unnamedSubtotal(column, ends, total) {
  for (const at of ends) {
    const rows = adjustingRows(column).filter((row) => row < at);
    for (const some of combinationsOf(rows.slice(-MOST_ADJUSTING))) {
      const used = runAbove(column, pick(some, 0), total - adjustment(column, some));
      if (used.length) return [...used, ...some];
    }
  }
  return [];
}

/**
 * One, two or three of some rows.
 * @param {number[]} rows
 * @returns {number[][]}
 */
function combinationsOf(rows) {
  const ones = rows.map((row) => [row]);
  const twos = rows.flatMap((row, at) => rows.slice(at + 1).map((other) => [row, other]));
  const threes = rows.flatMap((row, at) =>
    rows.slice(at + 1).flatMap((other, next) => rows.slice(at + next + 2).map((third) => [row, other, third])),
  );
  return [...ones, ...twos, ...threes];
}

/**
 * The rows that add to a subtotal or take something off, top to bottom.
 * @param {Column} column
 */
function adjustingRows(column) {
  const found = [...column].filter(
    ([, one]) => one.pence && shares(one.labels, ADJUSTING) && !shares(one.labels, NOT_ADJUSTING),
  );
  return found.map(([row]) => row).sort((one, other) => one - other);
}

/**
 * What some adjusting rows do to the total.
 * @param {Column} column
 * @param {number[]} rows
 */
function adjustment(column, rows) {
  return rows.reduce((sum, row) => sum + signed(/** @type {Amount} */ (column.get(row))), 0);
}

/**
 * Without proof: the rows above the first total that carry no label of a total.
 * @param {Column} column
 * @returns {number[]}
 */
function plausibleRows(column) {
  const ends = [...column].filter(([, one]) => shares(one.labels, ["strong", "total", "subtotal"])).map(([row]) => row);
  const end = ends.length ? Math.min(...ends) : 0;
  return [...column.keys()]
    .sort((one, other) => one - other)
    .filter((row) => row < end && !shares(/** @type {Amount} */ (column.get(row)).labels, SUMMARY));
}

/**
 * The words of an item: its own row without the sum, or the row above where there are only figures.
 * @param {Row[]} rows
 * @param {Column} column
 * @param {number} row
 * @param {Amount} one
 */
function nameOf(rows, column, row, one) {
  const own = wordsOf(pick(rows, row), one);
  if (!QUANTITY.test(plain(own)) || row === 0 || column.has(row - 1)) return own;
  const above = rowText(pick(rows, row - 1)).trim();
  return lettersIn(plain(above)) >= 3 ? above : own;
}

/**
 * The text of a row without its last sum.
 * @param {Row} row
 * @param {Amount} one
 */
function wordsOf(row, one) {
  const texts = row.parts.filter((part) => part !== one.part).map((part) => part.line.text);
  const rest = `${one.part.line.text.slice(0, one.sum.start)} ${one.part.line.text.slice(one.sum.end)}`;
  return tidySpaces([...texts, rest].join(" "));
}

/**
 * Pence as a decimal string.
 * @param {number} pence
 */
export function written(pence) {
  const whole = Math.abs(pence);
  return `${pence < 0 ? "-" : ""}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, "0")}`;
}
