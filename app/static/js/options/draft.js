/** What a form about a choice holds, and the facts that it makes. Pure. */
import { NotAnAmount, parseAmount, plainAmount } from "../core/money.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Facts, Json} from "../core/types.js"
 * @import {Choice} from "./directory.js"
 * @import {Option} from "./search.js"
 */

/** @typedef {{idea: string, goal: string, amount: string, per: string, pot: string, reason: string}} Draft */

/**
 * @param {Choice | undefined} before
 * @param {Option | undefined} option
 * @param {string} goal
 * @returns {Draft}
 */
export function draftOf(before, option, goal) {
  if (!before) return { idea: "", goal, amount: "", per: option?.cost.per ?? "visit", pot: "", reason: "" };
  return {
    idea: before.idea,
    goal: before.goal ?? "",
    amount: before.amount === null ? "" : plainAmount(before.amount),
    per: before.per ?? "visit",
    pot: before.pot ?? "",
    reason: before.reason,
  };
}

/**
 * @param {Draft} draft
 * @param {{own: boolean, option: string | null}} what
 * @returns {{facts: Facts, found: Problems}}
 */
export function factsOf(draft, { own, option }) {
  /** @type {Problems} */
  const found = {};
  if (own && !draft.idea.trim()) found["idea"] = "Write a few words. A small idea is fine.";
  const amount = amountOf(draft.amount, found);
  const per = amount === null ? null : draft.per;
  return { facts: { option, idea: own ? draft.idea : "", goal: draft.goal || null, amount, per, pot: draft.pot || null, reason: draft.reason }, found };
}

/** @param {string} text @param {Problems} found */
function amountOf(text, found) {
  if (!text.trim()) return null;
  try {
    return parseAmount(text, "GBP", { zero: true });
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    found["amount"] = error.message;
    return null;
  }
}

/**
 * Only what differs, so that two people who change different fields never collide.
 * @param {Choice | undefined} before
 * @param {Facts} facts
 * @returns {Facts}
 */
export function differing(before, facts) {
  if (!before) return facts;
  const old = /** @type {{[name: string]: Json}} */ (/** @type {unknown} */ (before));
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => old[name] !== value));
}
