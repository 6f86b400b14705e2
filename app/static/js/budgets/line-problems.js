/** What has to be mended in a line of money before it is written: a phone that writes it anyway is refused later. Pure. */
import { isDate } from "../core/dates.js";
import { checkEntry } from "./rules.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Entry, Pot} from "./rules.js"
 */

/** What is said of a day that is still to come: most often it is a slip, and the money left does not change by it. */
export const COUNTS_LATER = "It counts from that day on.";

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
