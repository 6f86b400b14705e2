/** All that waits in one person's plan, its next review too: what the inbox lists and Home counts. */
import { moneyRows } from "../budgets/figures.js";
import { daysBetween } from "../core/dates.js";
import { comingReviews, whenWords } from "../reviews/coming.js";
import { asksWords, thingsOf } from "./waiting.js";

/**
 * @import {Live} from "../parts/live.js"
 * @import {Thing} from "./waiting.js"
 */

const SOON_DAYS = 28;

/**
 * @param {Live} live
 * @param {string} person
 * @returns {Thing[]}
 */
export function allThings(live, person) {
  const stream = `person:${person}`;
  const today = live.today();
  const holder = live.people().some((one) => one.id === person && one.role === "holder");
  const things = thingsOf((kind) => live.rows(stream, kind), { money: moneyRows(live, stream), today, holder, nameOf: (account) => live.nameOf(stream, account) });
  const asks = asksWords(live, person);
  if (asks) things.unshift({ key: "asks", icon: "user-plus", title: asks, quiet: "Say whether it is the right person.", href: `/people/${person}` });
  const [review] = comingReviews(live, stream);
  if (!review || daysBetween(today, review.next.on) > SOON_DAYS) return things;
  return [...things, { key: "review", icon: "calendar-check", title: "A review is coming up", quiet: `${whenWords(review.next, today)}.`, screen: "reviews" }];
}
