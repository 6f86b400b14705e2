/** One receipt over several pots or goals. Pure. */
import { NotAnAmount, parseAmount } from "../core/money.js";

/** @import {Currency} from "../core/money.js" */
/** @typedef {{amount: string, pot: string, goal: string}} Part */

/**
 * What is left of a total when the parts are taken off; null while the total or a part is no amount.
 * @param {number | null} total
 * @param {readonly Part[]} parts
 * @param {Currency} currency
 * @returns {number | null}
 */
export function leftToSplit(total, parts, currency) {
  const amounts = parts.map((part) => amountOrNull(part.amount, currency));
  if (total === null || amounts.some((amount, at) => amount === null && parts[at]?.amount.trim())) return null;
  return amounts.reduce((/** @type {number} */ left, amount) => left - (amount ?? 0), total);
}

/**
 * @param {string} text
 * @param {Currency} currency
 * @returns {number | null}
 */
export function amountOrNull(text, currency) {
  try {
    return parseAmount(text, currency);
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    return null;
  }
}
