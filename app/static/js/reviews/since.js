/** What went on since the last review: money by pot and by goal. Pure. */
import { byGoal } from "../budgets/balance.js";
import { summarise } from "../budgets/ledger.js";

/**
 * @import {MoneyRows} from "../budgets/figures.js"
 * @import {Currency} from "../core/money.js"
 */

/** @typedef {{name: string, spent: number | null, currency: Currency, visits: number, missed: number, notional: boolean}} PotSince */

const OUT = new Set(["spending", "paid_by_me"]);

/**
 * Each pot with what was spent from it since a day, or what was received and missed.
 * @param {MoneyRows} rows
 * @param {string} since
 * @returns {PotSince[]}
 */
export function potsSince({ pots, entries, known }, since) {
  return pots.map((pot) => {
    const own = entries.filter((entry) => entry.pot === pot.id && entry.on >= since && entry.kind !== "reversal" && !entry.superseded);
    const count = (/** @type {string} */ kind) => own.filter((entry) => entry.kind === kind).length;
    const spent = own.reduce((sum, { kind, amount }) => sum + (OUT.has(kind) ? amount : kind === "refund" ? -amount : 0), 0);
    const facts = { visits: count("service_received"), missed: count("service_missed"), notional: pot.holding === "notional" };
    return { name: pot.name, currency: pot.currency, spent: known ? spent : null, ...facts };
  });
}

/**
 * What went to each goal since a day, by the goal's id.
 * @param {MoneyRows} rows
 * @param {string} since
 * @returns {Map<string, number>}
 */
export function goalsSince({ pots, entries }, since) {
  const lines = entries.filter((entry) => entry.on >= since);
  const found = new Map();
  for (const { goal, spent } of byGoal(summarise(lines, { originals: entries }), pots)) {
    if (goal !== null && spent !== null) found.set(goal, (found.get(goal) ?? 0) + spent);
  }
  return found;
}
