// @ts-check
/**
 * What a row of money may be: shapes, kinds and their effects, bounds, and the sentence for each fault.
 * Rows are the JSON objects that travel in sync; amounts are minor units. The server has the same in `budgets/rules.py`.
 */

import { isDate } from "../core/dates.js";
import { BIGGEST_AMOUNT, formatAmount } from "../core/money.js";

/** @typedef {import("../core/money.js").Currency} Currency */
/** @typedef {"notional" | "third_party" | "direct_payment" | "managed_account" | "prepaid_card" | "own_money"} Holding */
/**
 * @typedef {"instalment" | "contribution" | "refund" | "spending" | "repayment" | "transfer_in" | "transfer_out"
 *   | "paid_by_me" | "payback" | "service_received" | "service_missed"} CountedKind
 */
/** @typedef {CountedKind | "reversal"} Kind */
/**
 * @typedef {{id: string, person: string, name: string, funder: string, holding: Holding, currency: Currency,
 *   opened_on: string, closed_on: string | null, rev: number}} Pot
 */
/**
 * @typedef {{id: string, pot: string, starts_on: string, ends_on: string, agreed: number | null,
 *   agreed_visits: number | null, ended: boolean, rev: number}} Period
 */
/**
 * @typedef {{id: string, pot: string, kind: Kind, amount: number, on: string, what: string, merchant: string | null,
 *   goal: string | null, note: string, reverses: string | null, replaces: string | null, transfer: string | null,
 *   reason: string | null, author: string, state: "posted" | "reconciled", superseded: boolean, files: string[],
 *   rev: number}} Entry
 */
/**
 * @typedef {{id: string, pot: string, amount: number, what: string, goal: string | null, due_on: string | null,
 *   state: "planned" | "committed" | "met" | "dropped", rev: number}} Commitment
 */
/** One thing wrong with a row: its field and a sentence to show. @typedef {{where: string, sentence: string}} Fault */

export const FIRST_DAY = "2000-01-01";
export const LAST_DAY = "2099-12-31";

/**
 * What one unit of a kind does to the cash of its pot; a reversal does the opposite of what it reverses.
 * @type {Readonly<Record<CountedKind, -1 | 0 | 1>>}
 */
export const CASH = Object.freeze({
  __proto__: null,
  instalment: 1, contribution: 1, refund: 1, transfer_in: 1,
  spending: -1, repayment: -1, transfer_out: -1, payback: -1,
  paid_by_me: 0, service_received: 0, service_missed: 0,
});

export const COUNTED_KINDS = /** @type {CountedKind[]} */ (Object.keys(CASH));

/**
 * What one unit does to the sum that the pot owes to the person; nothing for the kinds left out.
 * @type {Readonly<Partial<Record<Kind, -1 | 1>>>}
 */
export const OWED = { paid_by_me: 1, payback: -1 };

/**
 * What one unit adds to the money spent for a goal.
 * @type {Readonly<Partial<Record<Kind, -1 | 1>>>}
 */
export const GOAL = { spending: 1, paid_by_me: 1, refund: -1 };

/** An act on the ledger that cannot be; `message` is one sentence, `field` the field it is about. */
export class LedgerProblem extends Error {
  /** @override */
  name = "LedgerProblem";

  /** @param {string} field @param {string} sentence */
  constructor(field, sentence) {
    super(sentence);
    this.field = field;
  }
}

/**
 * Whether a kind counts by itself: no reversal, and not one that a newer server has and we do not know.
 * @param {string} kind
 * @returns {kind is CountedKind}
 */
export function isCounted(kind) {
  return kind in CASH;
}

/** @param {string} kind */
export function isService(kind) {
  return kind === "service_received" || kind === "service_missed";
}

/** @param {string} kind */
export function isTransfer(kind) {
  return kind === "transfer_in" || kind === "transfer_out";
}

/**
 * Whether this is a real day between FIRST_DAY and LAST_DAY.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isLedgerDay(value) {
  return isDate(value) && value >= FIRST_DAY && value <= LAST_DAY;
}

/**
 * The sentence for an amount that cannot stand in an entry of this kind, or null when it can.
 * @param {string} kind
 * @param {unknown} amount
 * @param {Currency} [currency]
 * @returns {string | null}
 */
export function checkAmount(kind, amount, currency = "GBP") {
  if (typeof amount !== "number" || !Number.isInteger(amount)) return "Write the amount as a whole number.";
  if (amount < 0 || (amount === 0 && !isService(kind))) return `Write an amount above ${formatAmount(0, currency)}.`;
  if (amount > BIGGEST_AMOUNT) {
    return `The biggest amount you can write is ${formatAmount(BIGGEST_AMOUNT, currency)}.`;
  }
  return null;
}

/**
 * The first fault of a new entry in this pot, or null.
 * @param {Pick<Entry, "kind" | "amount" | "on">} entry
 * @param {Pot} pot
 * @returns {Fault | null}
 */
export function checkEntry(entry, pot) {
  const { kind, on } = entry;
  if (!isCounted(kind)) return { where: "kind", sentence: "This kind of entry cannot be written by hand." };
  if ((pot.holding === "notional") !== isService(kind)) return { where: "kind", sentence: wrongKind(pot) };
  const sentence = checkAmount(kind, entry.amount, pot.currency);
  if (sentence) return { where: "amount", sentence };
  if (!isLedgerDay(on)) {
    return { where: "on", sentence: "Check the date. It must be a real day from 2000 to 2099." };
  }
  if (pot.closed_on !== null && on > pot.closed_on) {
    return { where: "on", sentence: "This pot was closed before that day. Choose another pot or day." };
  }
  return null;
}

/**
 * The sentence for paying back more than the pot owes, or before that sum is known; else null.
 * @param {number} amount
 * @param {number | null} owed
 * @param {Currency} [currency]
 * @returns {string | null}
 */
export function checkPayback(amount, owed, currency = "GBP") {
  if (owed === null) return "We do not know yet what this pot owes you. Wait until everything has arrived.";
  if (amount > owed) {
    return `This pot owes you ${formatAmount(Math.max(0, owed), currency)}. You cannot take more than that.`;
  }
  return null;
}

/** @param {Pot} pot */
function wrongKind(pot) {
  if (pot.holding === "notional") {
    return "You hold no money in this pot. Write down a service that you received or missed.";
  }
  return "This pot holds money. Write down what came in or went out.";
}
