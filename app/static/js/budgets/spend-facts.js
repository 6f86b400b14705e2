/** From what stands in the form of a receipt to the lines of the ledger. Pure. */
import { NotAnAmount, formatAmount, parseAmount } from "../core/money.js";
import { amountOrNull, leftToSplit } from "../receipts/split.js";
import { isLedgerDay } from "./rules.js";

/**
 * @import {EntryRecord} from "../core/operations.js"
 * @import {Problems} from "../parts/fields.js"
 * @import {Part} from "../receipts/split.js"
 * @import {Entry, Pot} from "./rules.js"
 */

/**
 * `what` is where or what for; `merchant` the shop as it was read, where nobody wrote something else; `none` says why
 * there is no receipt.
 * @typedef {{amount: string, on: string, what: string, pot: string, goal: string, who: string, note: string, none: string,
 *   parts: Part[]}} Draft
 */

/**
 * The lines to post, one for each part, or what has to be mended first.
 * @param {Draft} draft
 * @param {{pots: readonly Pot[], files: string[], merchant: string | null}} known
 * @returns {{lines: EntryRecord[], found: Problems}}
 */
export function linesOf(draft, { pots, files, merchant }) {
  /** @type {Problems} */
  const found = {};
  const pot = pots.find((one) => one.id === draft.pot);
  const amount = amountOf(draft.amount, pot, found);
  if (!isLedgerDay(draft.on)) found["on"] = "Choose the day on the receipt.";
  if (!pot) found["pot"] = "Choose a pot.";
  const parts = draft.parts.length ? draft.parts : [{ amount: draft.amount, pot: draft.pot, goal: draft.goal }];
  const shares = parts.map((part) => ({ ...part, of: pots.find((one) => one.id === part.pot) }));
  if (draft.parts.length && pot) checkParts(draft, amount, pot, shares.map((share) => share.of), found);
  if (amount === null || Object.keys(found).length) return { lines: [], found };
  const lines = shares.map((share) => lineOf(draft, share, { files, merchant, currency: pot?.currency ?? "GBP" }));
  return { lines, found };
}

/**
 * @param {Draft} draft
 * @param {Part} share
 * @param {{files: string[], merchant: string | null, currency: import("../core/money.js").Currency}} known
 * @returns {EntryRecord}
 */
function lineOf(draft, { pot, goal, amount }, { files, merchant, currency }) {
  const what = draft.what || (files.length ? "Receipt" : "Spending");
  const kind = draft.who === "me" ? /** @type {const} */ ("paid_by_me") : /** @type {const} */ ("spending");
  const reason = files.length ? null : draft.none || null;
  return { pot, kind, amount: amountOrNull(amount, currency) ?? 0, on: draft.on, what, merchant, goal: goal || null, note: draft.note, reason, files };
}

/**
 * @param {Draft} draft
 * @param {number | null} amount
 * @param {Pot} pot
 * @param {(Pot | undefined)[]} pots  of the parts
 * @param {Problems} found
 */
function checkParts({ parts }, amount, pot, pots, found) {
  if (amount === null) return;
  const left = leftToSplit(amount, parts, pot.currency);
  if (pots.some((one) => one?.currency !== pot.currency)) found["part-0"] = "All parts need pots of one currency.";
  else if (left === null || parts.some((part) => !part.amount.trim())) found["part-0"] = "Write an amount for each part.";
  else if (left !== 0) found["part-0"] = `The parts must add up to ${formatAmount(amount, pot.currency)}.`;
}

/**
 * @param {string} text
 * @param {Pot | undefined} pot
 * @param {Problems} found
 * @returns {number | null}
 */
function amountOf(text, pot, found) {
  try {
    return parseAmount(text, pot?.currency);
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    found["amount"] = error.message;
    return null;
  }
}

/**
 * What the button does, and where.
 * @param {Draft} draft
 * @param {Pot | undefined} pot
 */
export function saveWords(draft, pot) {
  const amount = amountOrNull(draft.amount, pot?.currency ?? "GBP");
  if (amount === null) return "Save";
  const where = draft.parts.length ? `in ${draft.parts.length} parts` : `from ${pot?.name ?? "the pot"}`;
  return `Save ${formatAmount(amount, pot?.currency)} ${where}`;
}

/**
 * The pot that was used last.
 * @param {readonly Entry[]} entries
 */
export function lastPot(entries) {
  const spent = entries.filter((entry) => entry.kind === "spending" && !entry.superseded);
  return [...spent].sort((one, other) => other.on.localeCompare(one.on))[0]?.pot;
}
