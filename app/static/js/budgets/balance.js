// @ts-check
/**
 * What is left: the balance of each pot, the total over pots, by month, by goal and by state.
 * Pure, and the same in `budgets/balance.py`. What is not known is null, never 0.
 */

import {
  addLine, cashOf, eachLine, emptyCells, kindsOf, noSums, order, owedOf, sideOf,
} from "./ledger.js";

/** @typedef {import("../core/money.js").Currency} Currency */
/** @typedef {import("./ledger.js").AllCells} AllCells */
/** @typedef {import("./ledger.js").Cells} Cells */
/** @typedef {import("./ledger.js").Counted} Counted */
/** @typedef {import("./ledger.js").PotSums} PotSums */
/** @typedef {import("./ledger.js").Sums} Sums */
/** @typedef {import("./rules.js").Commitment} Commitment */
/** @typedef {import("./rules.js").Entry} Entry */
/** @typedef {import("./rules.js").Period} Period */
/** @typedef {import("./rules.js").Pot} Pot */
/** @typedef {Partial<Record<Commitment["state"], number>>} Promises */
/** @typedef {{all: AllCells, within: AllCells, period: Period | undefined, carriedTo: string}} Tally */
/**
 * What was agreed and what came in the current period of a notional pot; values in minor units.
 * @typedef {{agreed: number | null, agreed_visits: number | null, received: number | null,
 *   received_value: number | null, missed: number | null, missed_value: number | null}} Notional
 */
/**
 * What a pot holds as at `on`: left = in_hand - owed - promised. Figures are null while not known.
 * @typedef {{pot: string, currency: Currency, on: string | null, known: boolean, in_hand: number | null,
 *   owed: number | null, promised: number | null, planned: number | null, left: number | null,
 *   period: string | null, to_come: number | null, notional: Notional | null}} Balance
 */
/**
 * The money left of one currency over all pots that hold money: left = own_money + funded.
 * @typedef {{currency: Currency, left: number | null, own_money: number | null, funded: number | null}} Total
 */
/**
 * What came in, went out, and was paid by the person, in one pot and month.
 * @typedef {{pot: string, month: string, in: number | null, out: number | null, paid_by_me: number | null}} MonthRow
 */
/**
 * What went to one goal (null: to no goal): money spent less refunds, and services received.
 * @typedef {{currency: Currency, goal: string | null, spent: number | null, received: number | null}} GoalRow
 */
/**
 * The money of one pot by how sure it is; no pound is in two of these.
 * @typedef {{pot: string, planned: number | null, committed: number | null, spent: number | null,
 *   reconciled: number | null, void: number | null}} ByState
 */
/** @typedef {"spent" | "posted" | "reconciled" | "void" | "corrected" | "reversal"} State */
/**
 * `on`: as at the end of this day (null: all entries). `carried` stands for old entries that are not given; what
 * reversals take back there is looked up in `originals`. Carried sums that reach past `on`, or into the current
 * period, make the figures that they blur null.
 * @typedef {{on: string | null, carried?: Sums, originals?: readonly Entry[]}} AsAt
 */

/**
 * The balance of each pot, in the order of `pots`; `unknown` has the ids of pots with rows still to come.
 * @param {readonly Pot[]} pots
 * @param {readonly Period[]} periods
 * @param {readonly Entry[]} entries
 * @param {readonly Commitment[]} commitments
 * @param {AsAt & {unknown?: readonly string[]}} options
 * @returns {Balance[]}
 */
export function balances(pots, periods, entries, commitments, options) {
  const { on, unknown = [], carried = noSums(), originals = [] } = options;
  const current = currentPeriods(periods, on);
  const tallies = new Map(pots.map(({ id }) => [id, newTally(current.get(id), carried.pots[id])]));
  const waiting = eachLine(entries, originals, (entry, sign) => {
    if (on === null || entry.on <= on) count(tallies.get(entry.pot), entry, sign);
  });
  const gaps = new Set([...unknown, ...[...waiting, ...carried.waiting].map((one) => one.pot)]);
  const promises = promisesOf(commitments);
  return pots.map((pot) => {
    const tally = /** @type {Tally} */ (tallies.get(pot.id));
    const known = !gaps.has(pot.id) && (on === null || tally.carriedTo <= on);
    const one = writeBalance(pot, on, tally.all, promises.get(pot.id) ?? {}, known);
    return { ...one, ...ofPeriod(pot, tally, known) };
  });
}

/**
 * The balance of one pot; see `balances`. Rows of other pots may be among those given.
 * @param {Pot} pot
 * @param {readonly Period[]} periods
 * @param {readonly Entry[]} entries
 * @param {readonly Commitment[]} commitments
 * @param {AsAt & {known?: boolean}} options
 * @returns {Balance}
 */
export function balance(pot, periods, entries, commitments, { known = true, ...asAt }) {
  const unknown = known ? [] : [pot.id];
  const [one] = balances([pot], periods, entries, commitments, { ...asAt, unknown });
  return /** @type {Balance} */ (one);
}

/**
 * The sum of `left` by currency over pots that hold money and are open as at `on`; by currency code.
 * One pot that is not known makes the sums that it belongs to null.
 * @param {readonly Pot[]} pots
 * @param {readonly Balance[]} parts
 * @param {{on: string | null}} asAt
 * @returns {Total[]}
 */
export function totals(pots, parts, { on }) {
  const left = new Map(parts.map((one) => [one.pot, one.left]));
  /** @type {Map<Currency, Total>} */
  const sums = new Map();
  for (const pot of pots) {
    if (pot.holding === "notional" || isClosed(pot, on)) continue;
    const { currency } = pot;
    const total = sums.get(currency) ?? { currency, left: 0, own_money: 0, funded: 0 };
    const side = pot.holding === "own_money" ? "own_money" : "funded";
    total[side] = plus(total[side], left.get(pot.id));
    total.left = plus(total.left, left.get(pot.id));
    sums.set(currency, total);
  }
  return [...sums.values()].sort((one, other) => order(one.currency, other.currency));
}

/**
 * The period of each pot that `on` lies in; the last one of each pot when `on` is null.
 * @param {readonly Period[]} periods
 * @param {string | null} on
 * @returns {Map<string, Period>}
 */
export function currentPeriods(periods, on) {
  const current = new Map();
  const inOrder = [...periods].sort((one, other) => order(one.starts_on, other.starts_on) || order(one.id, other.id));
  for (const period of inOrder) {
    if (on === null || (period.starts_on <= on && on <= period.ends_on)) current.set(period.pot, period);
  }
  return current;
}

/**
 * What came in and went out by pot and month, in that order. A pot with a gap has null.
 * @param {Sums} sums
 * @returns {MonthRow[]}
 */
export function byMonth(sums) {
  const gaps = new Set(sums.waiting.map((one) => one.pot));
  return sorted(sums.pots).flatMap(([pot, one]) =>
    sorted(one.months).map(([month, cells]) => monthRow(pot, month, cells, !gaps.has(pot))),
  );
}

/**
 * What went to each goal by currency, in that order; entries for no goal come first. A gap makes null.
 * @param {Sums} sums
 * @param {readonly Pot[]} pots
 * @returns {GoalRow[]}
 */
export function byGoal(sums, pots) {
  const gaps = new Set(sums.waiting.map((one) => one.pot));
  /** @type {Record<string, GoalRow>} */
  const rows = {};
  for (const { id, currency } of pots) {
    for (const [goal, cell] of Object.entries(sums.pots[id]?.goals ?? {})) {
      const row = (rows[`${currency} ${goal}`] ??= { currency, goal: goal || null, spent: 0, received: 0 });
      row.spent = plus(row.spent, gaps.has(id) ? null : cell.spent);
      row.received = plus(row.received, gaps.has(id) ? null : cell.received);
    }
  }
  return sorted(rows).map(([, row]) => row);
}

/**
 * Planned, committed, spent, reconciled and void money of a pot, from all its entries.
 * Corrected lines are in none of these: the line that replaced them is. Refunds do not lessen `spent`.
 * @param {string} pot
 * @param {readonly Entry[]} entries
 * @param {readonly Commitment[]} commitments
 * @param {{known?: boolean}} [options]
 * @returns {ByState}
 */
export function byState(pot, entries, commitments, { known = true } = {}) {
  const rows = entries.filter((row) => row.pot === pot);
  const replaced = replacedIn(rows);
  const sums = { posted: 0, reconciled: 0, void: 0 };
  const waiting = eachLine(rows, [], (entry, sign) => {
    if (!isPaid(entry.kind)) return;
    sums[entry.state] += sign * entry.amount;
    if (sign === -1 && !replaced.has(entry.id)) sums.void += entry.amount;
  });
  const promises = promisesOf(commitments).get(pot) ?? {};
  const sure = known && waiting.length === 0;
  return {
    pot,
    planned: known ? (promises.planned ?? 0) : null,
    committed: known ? (promises.committed ?? 0) : null,
    spent: sure ? sums.posted : null,
    reconciled: sure ? sums.reconciled : null,
    void: sure ? sums.void : null,
  };
}

/**
 * The ids that entries replace, for `stateOf`.
 * @param {readonly Entry[]} entries
 * @returns {Set<string | null>}
 */
export function replacedIn(entries) {
  return new Set(entries.map((row) => row.replaces));
}

/**
 * The state of one line, to be said beside it; "posted" is every line that pays for nothing, such as an instalment.
 * @param {Entry} entry
 * @param {ReadonlySet<string | null>} replaced
 * @returns {State}
 */
export function stateOf(entry, replaced) {
  if (entry.kind === "reversal") return "reversal";
  if (entry.superseded) return replaced.has(entry.id) ? "corrected" : "void";
  if (entry.state === "reconciled") return "reconciled";
  return isPaid(entry.kind) ? "spent" : "posted";
}

/**
 * @param {Pot} pot
 * @param {string | null} on
 * @param {AllCells} cells
 * @param {Promises} promises
 * @param {boolean} known
 * @returns {Balance}
 */
function writeBalance(pot, on, cells, { committed = 0, planned = 0 }, known) {
  const cash = cashOf(cells);
  const owed = owedOf(cells);
  return {
    pot: pot.id,
    currency: pot.currency,
    on,
    known,
    in_hand: known ? cash : null,
    owed: known ? owed : null,
    promised: known ? committed : null,
    planned: known ? planned : null,
    left: known ? cash - owed - committed : null,
    period: null,
    to_come: null,
    notional: null,
  };
}

/**
 * @param {Period | undefined} period
 * @param {PotSums | undefined} carried
 * @returns {Tally}
 */
function newTally(period, carried) {
  return { all: kindsOf(carried), within: emptyCells(), period, carriedTo: carried?.last ?? "" };
}

/** @param {Tally | undefined} tally @param {Counted} entry @param {1 | -1} sign */
function count(tally, entry, sign) {
  if (!tally) return;
  const { all, within, period } = tally;
  addLine(all[entry.kind], entry, sign);
  if (period && period.starts_on <= entry.on && entry.on <= period.ends_on) {
    addLine(within[entry.kind], entry, sign);
  }
}

/**
 * @param {Pot} pot
 * @param {Tally} tally
 * @param {boolean} known
 * @returns {Partial<Balance>}
 */
function ofPeriod(pot, { period, within, carriedTo }, known) {
  if (!period) return {};
  const sure = known && carriedTo < period.starts_on;
  if (pot.holding === "notional") return { period: period.id, notional: notionalOf(period, within, sure) };
  const toCome = period.agreed === null ? null : Math.max(0, period.agreed - within.instalment.amount);
  return { period: period.id, to_come: sure ? toCome : null };
}

/**
 * @param {Period} period
 * @param {AllCells} cells
 * @param {boolean} sure
 * @returns {Notional}
 */
function notionalOf(period, cells, sure) {
  const { service_received: received, service_missed: missed } = cells;
  return {
    agreed: period.agreed,
    agreed_visits: period.agreed_visits,
    received: sure ? received.count : null,
    received_value: sure ? received.amount : null,
    missed: sure ? missed.count : null,
    missed_value: sure ? missed.amount : null,
  };
}

/**
 * @param {readonly Commitment[]} commitments
 * @returns {Map<string, Promises>}
 */
function promisesOf(commitments) {
  const promises = new Map();
  for (const { pot, state, amount } of commitments) {
    const states = promises.get(pot) ?? {};
    states[state] = (states[state] ?? 0) + amount;
    promises.set(pot, states);
  }
  return promises;
}

/**
 * @param {string} pot
 * @param {string} month
 * @param {Cells} cells
 * @param {boolean} known
 * @returns {MonthRow}
 */
function monthRow(pot, month, cells, known) {
  return {
    pot,
    month,
    in: known ? sideOf(cells, 1) : null,
    out: known ? sideOf(cells, -1) : null,
    paid_by_me: known ? (cells.paid_by_me?.amount ?? 0) : null,
  };
}

/** Whether this kind pays for something; `spent`, `reconciled` and `void` count these alone. @param {string} kind */
function isPaid(kind) {
  return kind === "spending" || kind === "paid_by_me";
}

/** @param {Pot} pot @param {string | null} on */
function isClosed({ closed_on }, on) {
  return closed_on !== null && (on === null || closed_on <= on);
}

/** @param {number | null} amount @param {number | null | undefined} more */
function plus(amount, more) {
  return amount === null || more === null || more === undefined ? null : amount + more;
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @returns {[string, T][]}
 */
function sorted(record) {
  return Object.entries(record).sort(([one], [other]) => order(one, other));
}
