/** The figures that screens show, from the rows of one person. */
import { balances, totals } from "./balance.js";

export { isNotional } from "./holding.js";

/**
 * @import {Live} from "../parts/live.js"
 * @import {Row} from "../core/types.js"
 * @import {Balance, Total} from "./balance.js"
 * @import {Commitment, Entry, Period, Pot} from "./rules.js"
 */

/** @typedef {{pots: Pot[], periods: Period[], entries: Entry[], commitments: Commitment[], known: boolean}} MoneyRows */
/** @typedef {{pot: Pot, balance: Balance, period: Period | null}} PotFigures */

const KINDS = ["pot", "period", "entry", "commitment"];
/** @type {WeakMap<Live, Map<string, {stamp: string, rows: MoneyRows}>>} */
const lastRows = new WeakMap();
/** @type {WeakMap<MoneyRows, {today: string, figures: PotFigures[]}>} */
const lastFigures = new WeakMap();

/**
 * All money rows of a person, live. The same ones until something changes: several parts of a screen ask for them.
 * @param {Live} live
 * @param {string} stream
 * @returns {MoneyRows}
 */
export function moneyRows(live, stream) {
  const known = live.replica.known(stream);
  const stamp = `${known} ${live.stamp(stream, KINDS)}`;
  const kept = lastRows.get(live) ?? new Map();
  const last = kept.get(stream);
  if (last?.stamp === stamp) return last.rows;
  const rows = moneyRowsOf((kind) => live.rows(stream, kind), known);
  lastRows.set(live, kept.set(stream, { stamp, rows }));
  return rows;
}

/**
 * @param {(kind: string) => Row[]} rows
 * @param {boolean} known  whether all of them have been here
 * @returns {MoneyRows}
 */
export function moneyRowsOf(rows, known) {
  return {
    pots: bodies(rows("pot")),
    periods: bodies(rows("period")),
    entries: bodies(rows("entry")),
    commitments: bodies(rows("commitment")),
    known,
  };
}

/**
 * Each open pot with its balance today and the period that counts now; computed once for the same rows and day.
 * @param {MoneyRows} rows
 * @param {string} today
 * @returns {PotFigures[]}
 */
export function potFigures(rows, today) {
  const last = lastFigures.get(rows);
  if (last?.today === today) return last.figures;
  const figures = figuresOf(rows, today);
  lastFigures.set(rows, { today, figures });
  return figures;
}

/**
 * @param {MoneyRows} rows
 * @param {string} today
 * @returns {PotFigures[]}
 */
function figuresOf({ pots, periods, entries, commitments, known }, today) {
  const open = pots.filter((pot) => pot.closed_on === null || pot.closed_on >= today).sort(byAge);
  const unknown = known ? [] : open.map((pot) => pot.id);
  const found = balances(open, periods, entries, commitments, { on: today, unknown });
  return open.map((pot, at) => {
    const balance = /** @type {Balance} */ (found[at]);
    return { pot, balance, period: periods.find((one) => one.id === balance.period) ?? null };
  });
}

/**
 * The total of each currency over pots that hold money.
 * @param {PotFigures[]} figures
 * @param {string} today
 * @returns {Total[]}
 */
export function totalLeft(figures, today) {
  return totals(figures.map((one) => one.pot), figures.map((one) => one.balance), { on: today });
}

/**
 * @template T
 * @param {Row[]} rows
 * @returns {T[]}
 */
function bodies(rows) {
  return rows.map((row) => /** @type {T} */ (/** @type {unknown} */ (row.body)));
}

/** @param {Pot} one @param {Pot} other */
function byAge(one, other) {
  const own = Number(one.holding === "own_money") - Number(other.holding === "own_money");
  return own || inOrder(one.opened_on, other.opened_on) || inOrder(one.id, other.id);
}

/** Days and ids need no language's order, which takes a phone long to load. @param {string} one @param {string} other */
function inOrder(one, other) {
  return one < other ? -1 : Number(one > other);
}
