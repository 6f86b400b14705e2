// @ts-check
/** Which of the sums is the total. */

import { evidenceFor, makeLedger } from "./arithmetic.js";
import { addedUp } from "./items.js";
import { rowText } from "./lines.js";
import { flag, score, sharesOf } from "./scoring.js";
import { meets, pick, plain, shares } from "./words.js";

/** @typedef {import("./arithmetic.js").Ledger} Ledger */
/** @typedef {import("./shapes.js").Amount} Amount */
/** @typedef {import("./shapes.js").Features} Features */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./shapes.js").TotalCandidate} TotalCandidate */
/** @typedef {import("./words.js").Rules} Rules */
/** @typedef {{amounts: Amount[], rows: Row[], ledger: Ledger, summed: ReadonlySet<number>}} Page */

const AGAINST = ["subtotal", "tax", "change", "discount", "saved", "quantity", "points", "rate", "cashback", "tip", "service"];
const AGAINST_GROSS = AGAINST.filter((name) => name !== "tax");

/**
 * The candidates for the total, the likeliest first.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Amount[]} amounts
 * @returns {TotalCandidate[]}
 */
export function rankTotals(rules, rows, amounts) {
  const page = { amounts, rows, ledger: makeLedger(amounts), summed: addedUp(amounts) };
  /** @type {Map<number, Amount[]>} */
  const byValue = new Map();
  for (const one of amounts) {
    const pence = Math.abs(one.pence);
    if (pence) byValue.set(pence, [...(byValue.get(pence) ?? []), one]);
  }
  const found = [...byValue].map(([pence, group]) => weigh(rules, pence, group, page));
  if (!found.length) return [];
  const parts = sharesOf(found.map((one) => one.score));
  return found
    .map((one, at) => ({ ...one, share: pick(parts, at) }))
    .sort((one, other) => other.score - one.score || one.best.row - other.best.row || one.best.part.left - other.best.part.left);
}

/**
 * One candidate with what speaks for and against it.
 * @param {Rules} rules
 * @param {number} pence
 * @param {Amount[]} group
 * @param {Page} page
 * @returns {TotalCandidate}
 */
function weigh(rules, pence, group, page) {
  const best = bestOf(group);
  /** @type {Features} */
  const features = labelFeatures(group);
  for (const [name, holds] of Object.entries(evidenceFor(pence, page.ledger))) features[name] = flag(holds);
  features["items_sum"] = flag(page.summed.has(pence));
  Object.assign(features, placeFeatures(pence, group, best, page));
  const signed = isRefund(rules, group, best, page.rows) ? -pence : pence;
  return { pence: signed, best, features, score: score(rules, features, "total"), share: 0 };
}

/**
 * The place whose label says "total" most plainly, later ones first among equals.
 * @param {Amount[]} group
 */
function bestOf(group) {
  let best = pick(group, 0);
  for (const one of group) {
    const gain = labelRank(one) - labelRank(best) || one.row - best.row;
    if (gain > 0) best = one;
  }
  return best;
}

/**
 * @param {Amount} one
 */
function labelRank(one) {
  const kinds = one.labels;
  const blame = (kinds.has("inclusive") ? AGAINST_GROSS : AGAINST).filter((name) => kinds.has(name)).length;
  const paid = shares(kinds, ["card", "cash"]) ? 2 : 0;
  const rank = kinds.has("strong") ? 6 : kinds.has("total") ? 4 : paid;
  return rank - 2 * blame - flag(one.above) - 3 * flag(one.sum.unit);
}

/**
 * What the labels beside a sum say, the best of all the places where it stands.
 * @param {Amount[]} group
 * @returns {Features}
 */
function labelFeatures(group) {
  const clean = group.filter((one) => !shares(one.labels, AGAINST) || isGross(one));
  /** @type {Features} */
  const features = {
    strong: flag(clean.some((one) => one.labels.has("strong"))),
    total: flag(clean.some((one) => one.labels.has("total"))),
    gross: flag(group.some(isGross)),
    after_rounding: flag(group.some((one) => one.labels.has("rounding") && one.labels.has("total"))),
    bare: flag(group.every((one) => one.labels.size === 0)),
  };
  for (const name of AGAINST) features[`only_${name}`] = flag(group.every((one) => one.labels.has(name) && !isGross(one)));
  features["only_cash"] = flag(group.every((one) => one.labels.has("cash")));
  features["any_change"] = flag(group.some((one) => one.labels.has("change")));
  features["any_subtotal"] = flag(group.some((one) => one.labels.has("subtotal")));
  features["only_unit"] = flag(group.every((one) => one.sum.unit));
  features["any_cash"] = flag(group.some((one) => one.labels.has("cash")));
  return features;
}

/**
 * Whether the label speaks of a total with tax inside.
 * @param {Amount} one
 */
function isGross(one) {
  const kinds = one.labels;
  return shares(kinds, ["total", "strong"]) && kinds.has("inclusive") && !shares(kinds, ["subtotal", "quantity", "change"]);
}

/**
 * Where the sum stands, how large it is printed, and how it compares with the others.
 * @param {number} pence
 * @param {Amount[]} group
 * @param {Amount} best
 * @param {Page} page
 * @returns {Features}
 */
function placeFeatures(pence, group, best, page) {
  const heights = page.rows.map((row) => row.height).sort((one, other) => one - other);
  const middle = pick(heights, Math.floor(heights.length / 2));
  const values = page.amounts.filter((one) => !one.sum.unit).map((one) => Math.abs(one.pence));
  const most = values.length ? Math.max(...values) : pence;
  return {
    repeats: Math.min(3, new Set(group.map((one) => one.row)).size - 1),
    largest: flag(pence === most),
    share_of_largest: Math.min(1, pence / most),
    tall: Math.min(1.5, Math.max(0, best.part.height / middle - 1)),
    depth: best.row / Math.max(1, page.rows.length - 1),
    whole: flag(group.every((one) => one.sum.whole)),
    symbol: flag(group.some((one) => one.sum.symbol !== "")),
    agreed: flag(group.some((one) => one.agreed)),
    above: flag(best.above),
    last_named: flag(best.row === lastNamed(page.amounts)),
  };
}

/**
 * The last row that plainly names a total.
 * @param {Amount[]} amounts
 */
function lastNamed(amounts) {
  const named = amounts.filter((one) => shares(one.labels, ["strong", "total"]) && !shares(one.labels, AGAINST));
  return named.length ? Math.max(...named.map((one) => one.row)) : -1;
}

/**
 * Whether the money went back: a minus at the total, or the word for it there or alone in a row.
 * @param {Rules} rules
 * @param {Amount[]} group
 * @param {Amount} best
 * @param {Row[]} rows
 */
function isRefund(rules, group, best, rows) {
  const named = group.filter((one) => shares(one.labels, ["strong", "total", "card"]));
  if (shares(best.labels, ["cash", "change"])) return false;
  const titled = rows.some((row) => meets(rules.money, "refund", plain(rowText(row))));
  return (named.length ? named : [best]).some((one) => one.pence < 0) || best.labels.has("refund") || titled;
}
