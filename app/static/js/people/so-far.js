/** What a funder may ask about the money of a pot: what came, what went and what is left, since the period began. Pure. */

/**
 * @import {PotFigures} from "../budgets/figures.js"
 * @import {Entry} from "../budgets/rules.js"
 */

/**
 * Minor units; `spent` counts what somebody paid first too, less refunds. Null while not every line is here.
 * @typedef {{came: number | null, spent: number | null, returned: number | null, left: number | null}} SoFar
 */

const CAME = new Set(["instalment", "contribution", "transfer_in"]);
const SPENT = new Set(["spending", "paid_by_me"]);

/**
 * @param {PotFigures} one
 * @param {readonly Entry[]} entries  those that stand: none that was taken back or put right
 * @returns {SoFar}
 */
export function soFar({ pot, balance, period }, entries) {
  if (!balance.known) return { came: null, spent: null, returned: null, left: null };
  const from = period?.starts_on ?? pot.opened_on;
  const lines = entries.filter((entry) => entry.pot === pot.id && entry.on >= from);
  const sum = (/** @type {(kind: string) => boolean} */ counts) => lines.filter(({ kind }) => counts(kind)).reduce((total, { amount }) => total + amount, 0);
  return {
    came: sum((kind) => CAME.has(kind)),
    spent: sum((kind) => SPENT.has(kind)) - sum((kind) => kind === "refund"),
    returned: sum((kind) => kind === "repayment" || kind === "transfer_out"),
    left: balance.left,
  };
}
