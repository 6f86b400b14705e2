// @ts-check
/**
 * The append-only ledger: what entries add up to, and a pot's statement for a period.
 * Pure, and the same in `budgets/ledger.py`. The order of rows never matters. A reversal counts as the entry it
 * takes back with the opposite sign, so £10 corrected to £12 shows as £12 out and nothing in.
 */

import { CASH, COUNTED_KINDS, GOAL, OWED } from "./rules.js";

/** @typedef {import("./rules.js").CountedKind} CountedKind */
/** @typedef {import("./rules.js").Entry} Entry */
/** @typedef {import("./rules.js").Period} Period */
/** An entry that counts by itself. @typedef {Entry & {kind: CountedKind}} Counted */
/**
 * What the entries of one kind add up to; `reconciled` is the part seen on a bank statement.
 * @typedef {{amount: number, count: number, reconciled: number}} Cell
 */
/** A cell for some kinds. @typedef {Partial<Record<CountedKind, Cell>>} Cells */
/** A cell for every kind. @typedef {Record<CountedKind, Cell>} AllCells */
/** What went to one goal: money spent less refunds, and services received. @typedef {{spent: number, received: number}} GoalCell */
/**
 * The sums of one pot: its last day counted, kinds by month "YYYY-MM", goals by id ("" for none).
 * @typedef {{last: string, months: Record<string, Cells>, goals: Record<string, GoalCell>}} PotSums
 */
/**
 * An entry with an effect not known yet: what it takes back is not here, or its kind is new to us.
 * @typedef {{id: string, pot: string, reverses: string | null}} Waiting
 */
/** What a set of entries adds up to, small enough to keep in place of old entries. @typedef {{pots: Record<string, PotSums>, waiting: Waiting[]}} Sums */
/**
 * One pot over one period: opening + in - out = closing. Every figure is null while it is not known.
 * @typedef {{pot: string, period: string, starts_on: string, ends_on: string, opening: number | null,
 *   in: number | null, out: number | null, closing: number | null, owed_opening: number | null,
 *   owed_closing: number | null, kinds: AllCells | null}} Statement
 */

/**
 * Visit each line once: entries with +1, and with -1 what reversals take back, looked up in `entries`, then in
 * `originals` (not counted). Gives the entries that cannot be counted yet.
 * @param {readonly Entry[]} entries
 * @param {readonly Entry[]} originals
 * @param {(entry: Counted, sign: 1 | -1) => void} visit
 * @returns {Waiting[]}
 */
export function eachLine(entries, originals, visit) {
  const found = findReversed(entries, originals);
  /** @type {Waiting[]} */
  const waiting = [];
  for (const row of entries) {
    if (isCountedEntry(row)) {
      visit(row, 1);
      continue;
    }
    const original = row.kind === "reversal" ? found.get(row.reverses) : undefined;
    if (original && isCountedEntry(original)) visit(original, -1);
    else waiting.push({ id: row.id, pot: row.pot, reverses: row.reverses });
  }
  return waiting;
}

/**
 * Add up entries dated up to `until` (all when null), in one pass; see `eachLine` for `originals`.
 * @param {readonly Entry[]} entries
 * @param {{until?: string | null, originals?: readonly Entry[]}} [options]
 * @returns {Sums}
 */
export function summarise(entries, { until = null, originals = [] } = {}) {
  const sums = noSums();
  const waiting = eachLine(entries, originals, (entry, sign) => {
    if (until === null || entry.on <= until) add(sums.pots, entry, sign);
  });
  sums.waiting = waiting.sort(byId);
  return sums;
}

/**
 * The sums of no entries; combined with anything it changes nothing.
 * @returns {Sums}
 */
export function noSums() {
  return { pots: {}, waiting: [] };
}

/**
 * The sums of both sets of entries; any order and grouping of sets gives the same. Changes neither.
 * @param {Sums} sums
 * @param {Sums} more
 * @returns {Sums}
 */
export function combine(sums, more) {
  const both = noSums();
  for (const one of [sums, more]) {
    for (const [pot, potSums] of Object.entries(one.pots)) addPot((both.pots[pot] ??= emptyPot()), potSums);
  }
  both.waiting = [...sums.waiting, ...more.waiting].sort(byId);
  return both;
}

/**
 * The sum of each kind over all months of a pot; every kind is there.
 * @param {PotSums | undefined} sums
 * @returns {AllCells}
 */
export function kindsOf(sums) {
  const cells = emptyCells();
  for (const month of Object.values(sums?.months ?? {})) addCells(cells, month);
  return cells;
}

/**
 * A cell of nothing for every kind.
 * @returns {AllCells}
 */
export function emptyCells() {
  const cells = /** @type {AllCells} */ ({});
  for (const kind of COUNTED_KINDS) cells[kind] = newCell();
  return cells;
}

/**
 * Add one line of the ledger to a cell in place.
 * @param {Cell} cell
 * @param {Entry} entry
 * @param {1 | -1} sign
 */
export function addLine(cell, entry, sign) {
  cell.amount += sign * entry.amount;
  cell.count += sign;
  if (entry.state === "reconciled") cell.reconciled += sign * entry.amount;
}

/** The cash that these kinds leave in a pot. @param {Cells} cells */
export function cashOf(cells) {
  return sideOf(cells, 1) - sideOf(cells, -1);
}

/** What these kinds brought in (`sign` 1) or took out (-1). @param {Cells} cells @param {1 | -1} sign */
export function sideOf(cells, sign) {
  let sum = 0;
  for (const kind of COUNTED_KINDS) if (CASH[kind] === sign) sum += cells[kind]?.amount ?? 0;
  return sum;
}

/** What these kinds leave the pot owing to the person. @param {AllCells} cells */
export function owedOf(cells) {
  let sum = 0;
  for (const kind of COUNTED_KINDS) sum += (OWED[kind] ?? 0) * cells[kind].amount;
  return sum;
}

/**
 * One pot's statement for one period, from all its entries up to the period's last day.
 * Other pots' entries may be among `entries`. `carried` stands for older entries that are not given; it must end
 * before the period starts. `known` is false while rows of the pot are still to come.
 * @param {Period} period
 * @param {readonly Entry[]} entries
 * @param {{known?: boolean, carried?: Sums, originals?: readonly Entry[]}} [options]
 * @returns {Statement}
 */
export function statement(period, entries, { known = true, carried = noSums(), originals = [] } = {}) {
  const { pot, starts_on, ends_on } = period;
  const before = carried.pots[pot];
  const opening = kindsOf(before);
  const within = emptyCells();
  const mine = entries.filter((row) => row.pot === pot);
  const waiting = eachLine(mine, originals, (entry, sign) => {
    if (entry.on <= ends_on) addLine((entry.on < starts_on ? opening : within)[entry.kind], entry, sign);
  });
  const late = before !== undefined && before.last >= starts_on;
  const gap = waiting.length > 0 || carried.waiting.some((one) => one.pot === pot);
  return writeStatement(period, opening, within, known && !late && !gap);
}

/**
 * @param {Period} period
 * @param {AllCells} opening
 * @param {AllCells} within
 * @param {boolean} known
 * @returns {Statement}
 */
function writeStatement(period, opening, within, known) {
  const came = sideOf(within, 1);
  const went = sideOf(within, -1);
  const cash = cashOf(opening);
  const owed = owedOf(opening);
  return {
    pot: period.pot,
    period: period.id,
    starts_on: period.starts_on,
    ends_on: period.ends_on,
    opening: known ? cash : null,
    in: known ? came : null,
    out: known ? went : null,
    closing: known ? cash + came - went : null,
    owed_opening: known ? owed : null,
    owed_closing: known ? owed + owedOf(within) : null,
    kinds: known ? within : null,
  };
}

/**
 * @param {readonly Entry[]} entries
 * @param {readonly Entry[]} originals
 * @returns {Map<string | null, Entry>}
 */
function findReversed(entries, originals) {
  const wanted = new Set();
  for (const row of entries) if (row.kind === "reversal") wanted.add(row.reverses);
  const found = new Map();
  if (wanted.size === 0) return found;
  for (const rows of [originals, entries]) {
    for (const row of rows) if (wanted.has(row.id)) found.set(row.id, row);
  }
  return found;
}

/**
 * @param {Entry} entry
 * @returns {entry is Counted}
 */
function isCountedEntry(entry) {
  return entry.kind in CASH;
}

/** @param {Record<string, PotSums>} pots @param {Counted} entry @param {1 | -1} sign */
function add(pots, entry, sign) {
  const { kind, on, goal } = entry;
  const sums = (pots[entry.pot] ??= emptyPot());
  if (on > sums.last) sums.last = on;
  const month = (sums.months[on.slice(0, 7)] ??= {});
  addLine((month[kind] ??= newCell()), entry, sign);
  const spent = GOAL[kind] ?? 0;
  if (spent === 0 && kind !== "service_received") return;
  const cell = (sums.goals[goal ?? ""] ??= { spent: 0, received: 0 });
  if (spent === 0) cell.received += sign * entry.amount;
  else cell.spent += sign * spent * entry.amount;
}

/** @returns {Cell} */
function newCell() {
  return { amount: 0, count: 0, reconciled: 0 };
}

/** @returns {PotSums} */
function emptyPot() {
  return { last: "", months: {}, goals: {} };
}

/** @param {PotSums} sums changed in place @param {PotSums} more */
function addPot(sums, more) {
  if (more.last > sums.last) sums.last = more.last;
  for (const [name, month] of Object.entries(more.months)) addCells((sums.months[name] ??= {}), month);
  for (const [goal, cell] of Object.entries(more.goals)) {
    const total = (sums.goals[goal] ??= { spent: 0, received: 0 });
    total.spent += cell.spent;
    total.received += cell.received;
  }
}

/** @param {Cells} cells changed in place @param {Cells} more */
function addCells(cells, more) {
  for (const kind of COUNTED_KINDS) {
    const cell = more[kind];
    if (!cell) continue;
    const total = (cells[kind] ??= newCell());
    total.amount += cell.amount;
    total.count += cell.count;
    total.reconciled += cell.reconciled;
  }
}

/** @param {{id: string}} one @param {{id: string}} other */
function byId(one, other) {
  return order(one.id, other.id);
}

/** For sorting texts the same way everywhere. @param {string} one @param {string} other */
export function order(one, other) {
  return one < other ? -1 : Number(one > other);
}
