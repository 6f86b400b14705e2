// @ts-check
/**
 * The review clock: when the next review of a plan is due. Pure, and the same as `app/reviews/clock.py`.
 * The rule: the first review within 3 months of the start of the plan, then at most 12 months apart.
 */
import { addDays, addMonths } from "../core/dates.js";

export const MOST_FIRST_WEEKS = 13;
const MOST_FIRST_MONTHS = 3;
export const MOST_MONTHS = 12;

/**
 * `due` is the last day by the rule; `on` is when it is expected: the day agreed, or `due`. `late`: the day agreed lies
 * after `due`.
 * @typedef {{due: string, on: string, agreed: boolean, late: boolean}} Next
 */

/**
 * @param {{starts_on: string, first_weeks: number, every_months: number, held: readonly string[], agreed: string | null}} facts
 * @returns {Next}
 */
export function nextReview({ starts_on, first_weeks, every_months, held, agreed }) {
  const last = held.filter((day) => day >= starts_on).sort().at(-1) ?? null;
  const due = last === null ? firstDue(starts_on, first_weeks) : addMonths(last, within(every_months, MOST_MONTHS));
  if (agreed === null || agreed < starts_on || (last !== null && agreed <= last)) return { due, on: due, agreed: false, late: false };
  return { due, on: agreed, agreed: true, late: agreed > due };
}

/**
 * So many weeks after the start, and never more than 3 months.
 * @param {string} starts_on
 * @param {number} weeks
 */
export function firstDue(starts_on, weeks) {
  const wanted = addDays(starts_on, 7 * within(weeks, MOST_FIRST_WEEKS));
  const latest = addMonths(starts_on, MOST_FIRST_MONTHS);
  return wanted < latest ? wanted : latest;
}

/**
 * @param {number} value
 * @param {number} most
 */
function within(value, most) {
  return Math.min(Math.max(1, value), most);
}
