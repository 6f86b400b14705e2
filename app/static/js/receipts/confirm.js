/** What the readings of a receipt's photos mean for a form that a person confirms. Pure. */
import { daysBetween, isDate } from "../core/dates.js";
import { isLedgerDay } from "../budgets/rules.js";

/** @import {ReadField, Reading, Spot} from "./reading.js" */
/** @typedef {"amount" | "on" | "what"} Place a field of the form */

/**
 * A value for one field, as the field shows it. `clear`: "Read clearly", else "Please check". `photo` counts the photos
 * of the receipt from 0; `spot` is null where the photo that the person sees does not show it.
 * @typedef {object} Found
 * @property {string} text
 * @property {boolean} clear
 * @property {string} reason
 * @property {number} photo
 * @property {Spot | null} spot
 * @property {number} turn
 * @property {string | null} other  for a day: the other day that the figures may mean, where both are possible
 */

/** @typedef {{[Name in Place]: Found | null}} Suggested */

/** From here on a value is marked as read clearly; docs/receipts.md says how often such values were right. */
export const CLEAR = 0.95;
const RECENT_DAYS = 31;
const LONG_AGO_DAYS = 90;

/** @type {Suggested} */
export const NOTHING_READ = { amount: null, on: null, what: null };

/**
 * What to suggest from the readings of the photos of one receipt, in the order of the photos; null where one is not read.
 * @param {(Reading | null)[]} readings
 * @param {{currency: string, today: string}} known
 * @returns {Suggested}
 */
export function suggest(readings, { currency, today }) {
  return {
    amount: asAmount(readings, surest(readings, "total"), currency),
    on: asDay(readings, surest(readings, "date"), today),
    what: plainly(readings, surest(readings, "merchant")),
  };
}

/**
 * What the photos say beside a line: what differs, or whether they bear it out. A doubtful reading bears out nothing,
 * all the more as it may be what was taken over into the form.
 * @param {Suggested} found
 * @param {{amount: number, on: string}} line
 * @param {number | null} sum  what `found.amount` comes to; null where it says nothing about this line
 * @returns {{differs: Found[], same: "clear" | "unsure" | null}}
 */
export function beside({ amount, on }, line, sum) {
  const differs = [sum !== null && sum !== line.amount && amount, on && on.text !== line.on && on.other !== line.on && on].filter((one) => one !== false && one !== null);
  const same = sum === null ? null : amount?.clear ? "clear" : "unsure";
  return { differs, same: differs.length ? null : same };
}

/** @typedef {{field: ReadField, photo: number}} Chosen */

/**
 * The surest value of a field; of equals the one on the earlier photo, for a total the later.
 * @param {(Reading | null)[]} readings
 * @param {"total" | "date" | "merchant"} name
 * @returns {Chosen | null}
 */
function surest(readings, name) {
  const given = readings.flatMap((reading, photo) => (reading && reading[name].value !== null ? [{ field: reading[name], photo }] : []));
  const ordered = name === "total" ? given.reverse() : given;
  return ordered.reduce((/** @type {Chosen | null} */ best, one) => (best && best.field.confidence >= one.field.confidence ? best : one), null);
}

/**
 * @param {(Reading | null)[]} readings
 * @param {Chosen | null} chosen
 * @returns {Found | null}
 */
function plainly(readings, chosen) {
  if (!chosen) return null;
  const { field, photo } = chosen;
  const turn = readings[photo]?.turns[field.page] ?? 0;
  const spot = field.page === 0 ? field.box : null;
  return { text: field.value ?? "", clear: field.confidence >= CLEAR, reason: field.reason, photo, spot, turn, other: null };
}

/**
 * @param {(Reading | null)[]} readings
 * @param {Chosen | null} chosen
 * @param {string} currency
 * @returns {Found | null}
 */
function asAmount(readings, chosen, currency) {
  const found = plainly(readings, chosen);
  if (!found || !chosen) return null;
  if (found.text.startsWith("-")) {
    return { ...found, text: found.text.slice(1), clear: false, reason: "This looks like money back, not money spent." };
  }
  const printed = readings[chosen.photo]?.currency ?? currency;
  return printed === currency ? found : { ...found, clear: false, reason: `The receipt says ${printed}. Your pot is kept in ${currency}.` };
}

/**
 * @param {(Reading | null)[]} readings
 * @param {Chosen | null} chosen
 * @param {string} today
 * @returns {Found | null}
 */
function asDay(readings, chosen, today) {
  const found = plainly(readings, chosen);
  if (!found || !chosen || !isDate(found.text) || !isLedgerDay(found.text)) return null;
  const other = otherDay(found.text, readings[chosen.photo]?.date_other ?? null, today);
  if (other === null && found.text > today) return { ...found, clear: false, reason: "This day is still to come." };
  if (other === null) return found;
  const first = found.text > today ? { text: other, other: null } : { text: found.text, other };
  return { ...found, ...first, clear: found.clear && first.other === null, reason: first.other ? "The day and the month could change places." : found.reason };
}

/**
 * The other day that the same figures may mean, where it cannot be ruled out: no receipt is from tomorrow, and one
 * that is either from this month or from long ago is from this month.
 * @param {string} day
 * @param {string | null} other
 * @param {string} today
 * @returns {string | null}
 */
export function otherDay(day, other, today) {
  if (other === null || other === day || !isLedgerDay(other)) return null;
  if (day > today) return other > today ? null : other;
  if (other > today) return null;
  return daysBetween(day, today) <= RECENT_DAYS && daysBetween(other, today) > LONG_AGO_DAYS ? null : other;
}

/**
 * The fields of a form after something was read: only those that nobody has touched are filled.
 * @template {{[Name in Place]: string}} Draft
 * @param {Draft} draft
 * @param {ReadonlySet<string>} touched
 * @param {Suggested} found
 * @returns {Draft}
 */
export function fillUntouched(draft, touched, found) {
  const given = /** @type {[Place, Found | null][]} */ (Object.entries(found)).filter(([name, one]) => one !== null && !touched.has(name));
  if (given.every(([name, one]) => draft[name] === one?.text)) return draft;
  return { ...draft, ...Object.fromEntries(given.map(([name, one]) => [name, one?.text])) };
}

/**
 * What a field says of itself: read clearly, please check, or something else was typed than we read.
 * @param {string} value
 * @param {Found | null} found
 * @param {boolean} typed  the person wrote or chose this value
 * @returns {"clear" | "check" | "differs" | null}
 */
export function stateOf(value, found, typed) {
  if (!found) return null;
  if (typed && (value === found.text || value === found.other)) return null;
  if (value !== found.text) return "differs";
  return found.clear ? "clear" : "check";
}
