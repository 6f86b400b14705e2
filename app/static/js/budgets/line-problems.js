/** What has to be mended in a line of money before it is written: a phone that writes it anyway is refused later. Pure. */
import { fullDay, isDate } from "../core/dates.js";
import { checkEntry } from "./rules.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Entry, Period, Pot} from "./rules.js"
 */

/** What is said of a day that is still to come: most often it is a slip, and the money left does not change by it. */
export const COUNTS_LATER = "It counts from that day on.";

/**
 * What is said of a day before the first that was agreed for its pot: the return shows such money as from before, not
 * line by line. Most often the first day of the pot is the slip.
 * @param {string} on
 * @param {Pick<Pot, "id" | "name"> | undefined} pot
 * @param {ReadonlyArray<Pick<Period, "pot" | "starts_on">>} periods
 * @returns {string} "" where there is nothing to say
 */
export function earlyWords(on, pot, periods) {
  const starts = periods.filter((one) => one.pot === pot?.id).map((one) => one.starts_on);
  const first = starts.sort()[0];
  if (!pot || !first || !isDate(on) || on >= first) return "";
  return `The first day of ${pot.name} is ${fullDay(first)}. This was before it. If that day is wrong, change it in the pot.`;
}

/**
 * The first thing to mend by the field that it is in, or nothing.
 * @param {Pick<Entry, "kind" | "amount" | "on">} line  `on` is "" where no day was chosen
 * @param {Pot | undefined} pot
 * @returns {Problems}
 */
export function lineProblems(line, pot) {
  if (!pot) return { pot: "Choose a pot." };
  if (!isDate(line.on)) return { on: "Choose the day on which it was." };
  const fault = checkEntry(line, pot);
  return fault ? { [fault.where]: fault.sentence } : {};
}
