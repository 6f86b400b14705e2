/** How somebody wants to be reminded, as the phone knows it. Times of day are minutes after midnight. */

/** @import {Live} from "../parts/live.js" */

/** @typedef {{on: boolean, days: number[], at: number, quiet_from: number, quiet_until: number, zone: string, email: boolean}} Wish */

/** What counts until somebody says otherwise; the server has the same. @type {Wish} */
export const USUAL = { on: true, days: [28, 7, 1], at: 570, quiet_from: 1260, quiet_until: 480, zone: "Europe/London", email: true };

/**
 * @param {Live} live
 * @returns {{wish: Wish, said: boolean}}  said: whether its owner ever said so
 */
export function wishOf(live) {
  const body = live.row(`account:${live.who.account}`, "reminder_wish", live.who.account)?.body;
  if (!body) return { wish: USUAL, said: false };
  return { wish: /** @type {Wish} */ (/** @type {unknown} */ ({ ...USUAL, ...body })), said: true };
}

/** Where this phone is, by the name of its time zone. */
export function zoneHere() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || USUAL.zone;
}

/** "9:30 am". @param {number} minute */
export function timeWords(minute) {
  const hour = Math.floor(minute / 60);
  const rest = minute % 60;
  if (minute === 0) return "midnight";
  if (minute === 720) return "noon";
  const clock = `${hour % 12 || 12}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
  return `${clock} ${hour < 12 ? "am" : "pm"}`;
}

/**
 * Whether a time of day lies in the quiet hours, which may go over midnight; as `app/reminders/times.py` has it.
 * @param {number} minute
 * @param {Pick<Wish, "quiet_from" | "quiet_until">} wish
 */
export function isQuiet(minute, { quiet_from, quiet_until }) {
  if (quiet_from <= quiet_until) return quiet_from <= minute && minute < quiet_until;
  return minute >= quiet_from || minute < quiet_until;
}
