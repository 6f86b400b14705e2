/** What a form that corrects a line holds, and what it makes of the line as it stands by then. Pure. */
import { NotAnAmount, parseAmount, plainAmount } from "../core/money.js";
import { isLedgerDay, isService } from "./rules.js";

/** @import {Currency} from "../core/money.js" */
/** @import {Facts, Json} from "../core/types.js" */
/** @import {Problems} from "../parts/fields.js" */
/** @import {Entry} from "./rules.js" */
/** @typedef {{amount: string, on: string, what: string, merchant: string, goal: string, note: string, reason: string}} Draft */

/** @param {Entry} entry @param {Currency} currency @returns {Draft} */
export function draftOf(entry, currency) {
  const { amount, on, what, merchant, goal, note, reason } = entry;
  return { amount: plainAmount(amount, currency), on, what, merchant: merchant ?? "", goal: goal ?? "", note, reason: reason ?? "" };
}

/**
 * Only what differs from the line as it was when the form opened.
 * @param {Entry} entry
 * @param {Draft} draft
 * @param {Currency} currency
 * @returns {{changes: Facts, found: Problems}}
 */
export function changesOf(entry, draft, currency) {
  /** @type {Problems} */
  const found = {};
  /** @type {Facts} */
  const after = { on: draft.on, what: draft.what, merchant: draft.merchant || null, goal: draft.goal || null, note: draft.note, reason: draft.reason || null };
  try {
    after["amount"] = parseAmount(draft.amount, currency, { zero: isService(entry.kind) });
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    found["amount"] = error.message;
  }
  if (!isLedgerDay(draft.on)) found["on"] = "Choose a real day.";
  return { changes: pick(after, (name, value) => value !== factsOf(entry)[name]), found };
}

/**
 * Where the changes go if somebody corrected the line while the form was open. Other fields than theirs go onto their
 * line. Over the same field, or a line that was taken back, nobody decides alone: the change goes to the line that its
 * author saw, and the server asks.
 * @param {Entry} opened
 * @param {Entry} now  the newest line that stands for it
 * @param {Facts} changes
 * @returns {{to: Entry, wanted: Facts, asks: boolean}}
 */
export function meet(opened, now, changes) {
  const wanted = pick(changes, (name, value) => now.superseded || value !== factsOf(now)[name]);
  const same = Object.keys(wanted).some((name) => factsOf(now)[name] !== factsOf(opened)[name]);
  const asks = Object.keys(wanted).length > 0 && (same || (now.superseded && !opened.superseded));
  return { to: asks ? opened : now, wanted, asks };
}

/**
 * The line that a correction or a taking back goes to. An own correction that is not sent yet may wait for a choice when
 * it arrives: then this changes the side that waits, which the server finds by what was seen of the line before it.
 * @param {{statusOf: (row: string) => string}} live
 * @param {string} stream
 * @param {Pick<Entry, "id" | "replaces">} entry
 * @returns {{stream: string, row: string, seen?: string}}
 */
export function aimAt(live, stream, { id, replaces }) {
  const waits = replaces !== null && live.statusOf(id) !== "sent";
  return { stream, row: id, ...(waits ? { seen: replaces } : {}) };
}

/** @param {Facts} facts @param {(name: string, value: Json | undefined) => boolean} keeps @returns {Facts} */
function pick(facts, keeps) {
  return Object.fromEntries(Object.entries(facts).filter(([name, value]) => keeps(name, value)));
}

/** @param {Entry} entry @returns {Facts} */
function factsOf(entry) {
  return /** @type {Facts} */ (/** @type {unknown} */ (entry));
}
