/** What two sides of a question are called and how a value is said. Pure. */
import { fullDay, isDate } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { questionWords } from "../home/waiting.js";
import { goingOf } from "../plans/going.js";
import { HEADINGS } from "../plans/headings.js";

/** @import {Facts, Json} from "../core/types.js" */

/** Fields in which a person speaks: they are shown as they were written. */
export const OWN_WORDS = new Set(["words", "why", "closing_words", "note", "idea", "reason", "said", "wants", ...HEADINGS.map(({ field }) => field)]);

/** @type {{[name: string]: string}} */
const LABELS = {
  why: "Why it matters", closing_words: "How it is now", note: "Note", reason: "Why", said: "What was said", wants: "What you want to say",
  amount: "How much", agreed: "What was agreed", agreed_visits: "How many visits", on: "When", held_on: "When it was", next_on: "When it is",
  by_when: "By when", starts_on: "Starts", ends_on: "Ends", opened_on: "Opened", closed_on: "Closed", due_on: "Due", what: "What for", merchant: "Where",
  going: "How it is going", funder: "Who pays", with_whom: "With whom", currency: "Currency",
};

/**
 * The question over both sides.
 * @param {string} kind  of the row that two people changed
 * @param {Facts} accepted
 * @param {Facts} other
 */
export function titleOf(kind, accepted, other) {
  const amounts = kind === "entry" && accepted["amount"] !== other["amount"];
  return amounts ? "Two amounts for one payment" : questionWords(kind);
}

/**
 * What a field is called over its value; nothing where the value speaks for itself.
 * @param {string} kind
 * @param {string} name
 */
export function labelOf(kind, name) {
  if (kind === "about") return HEADINGS.find(({ field }) => field === name)?.title ?? "";
  return LABELS[name] ?? "";
}

/**
 * A value in words, or null where there is none.
 * @param {string} name
 * @param {Json | undefined} value
 * @returns {string | null}
 */
export function sayValue(name, value) {
  if (value === null || value === undefined || value === "") return null;
  if ((name === "amount" || name === "agreed") && typeof value === "number") return formatAmount(value);
  if (name === "going") return goingOf(value)?.words ?? null;
  if (name === "goal") return "For a goal";
  if (name === "files" && Array.isArray(value)) return value.length === 1 ? "1 photo" : `${value.length} photos`;
  if (typeof value === "string" && isDate(value) && !OWN_WORDS.has(name)) return fullDay(value);
  return String(value);
}
