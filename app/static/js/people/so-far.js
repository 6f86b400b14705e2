/** What a funder may ask about the money of a pot: what came, what went and what is left, since the period began. Pure. */

/**
 * @import {PotFigures} from "../budgets/figures.js"
 * @import {Entry} from "../budgets/rules.js"
 */

/**
 * Minor units: before + came - spent - returned - promised = left. `before`: what was left when the period began;
 * `spent` counts what somebody paid first too, less refunds. Null while not every line is here.
 * @typedef {{[name in "before" | "came" | "spent" | "returned" | "promised" | "left"]: number | null}} SoFar
 */

const CAME = new Set(["instalment", "contribution", "transfer_in"]);
const RETURNED = new Set(["repayment", "transfer_out"]);
/** @type {{[kind: string]: number}} */
const SPENT = { spending: 1, paid_by_me: 1, refund: -1 };

/**
 * @param {PotFigures} one
 * @param {readonly Entry[]} entries  those that stand: none that was taken back or put right
 * @returns {SoFar}
 */
export function soFar(one, entries) {
  const { in_hand: hand, owed, promised, left, known } = one.balance;
  if (!known || hand === null || owed === null) return { before: null, came: null, spent: null, returned: null, promised: null, left: null };
  const lines = linesOf(one, entries);
  const came = total(lines, (kind) => Number(CAME.has(kind)));
  const spent = total(lines, (kind) => SPENT[kind] ?? 0);
  const returned = total(lines, (kind) => Number(RETURNED.has(kind)));
  return { before: hand - owed - came + spent + returned, came, spent, returned, promised, left };
}

/**
 * What was spent on each goal, of these pots alone and since their periods began.
 * @param {readonly PotFigures[]} figures
 * @param {readonly Entry[]} entries  those that stand
 * @returns {Map<string | null, number>}
 */
export function spentOnGoals(figures, entries) {
  const found = new Map();
  for (const one of figures) {
    for (const { goal, kind, amount } of linesOf(one, entries)) found.set(goal, (found.get(goal) ?? 0) + amount * (SPENT[kind] ?? 0));
  }
  return found;
}

/**
 * @param {PotFigures} one
 * @param {readonly Entry[]} entries
 */
function linesOf({ pot, period }, entries) {
  const from = period?.starts_on ?? pot.opened_on;
  return entries.filter((entry) => entry.pot === pot.id && entry.on >= from);
}

/**
 * @param {readonly Entry[]} lines
 * @param {(kind: string) => number} counts
 */
function total(lines, counts) {
  return lines.reduce((sum, { kind, amount }) => sum + amount * counts(kind), 0);
}

/**
 * A line of what is left. Less than nothing is said in words: a minus before a sum is overlooked.
 * @param {(amount: number | null) => string} said
 * @param {number | null} amount  null where it is not known yet
 * @param {string} left  the name of the line
 * @param {string} over  its name where more was spent
 * @returns {[string, string]}
 */
export function leftLine(said, amount, left, over) {
  return amount !== null && amount < 0 ? [over, said(-amount)] : [left, said(amount)];
}
