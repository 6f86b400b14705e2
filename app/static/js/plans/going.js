/** How a goal is going: the check-ins of one goal, in words. Pure. */

/** @import {CheckInWrite} from "../core/operations.js" */
/** @import {Row} from "../core/types.js" */
/** @typedef {"closer" | "same" | "harder"} Code */
/** @typedef {{code: Code, words: string, icon: string, kind: "" | "good" | "check"}} Going */

/** @type {Going[]} */
export const GOING = [
  { code: "closer", words: "Getting closer", icon: "smiley", kind: "good" },
  { code: "same", words: "About the same", icon: "smiley-meh", kind: "" },
  { code: "harder", words: "Harder just now", icon: "smiley-sad", kind: "check" },
];

/** One from a newer version has no words here yet. @param {unknown} code @returns {Going | undefined} */
export function goingOf(code) {
  return GOING.find((one) => one.code === code);
}

/**
 * The check-ins of a goal from a day on, the newest first.
 * @param {ReadonlyArray<Row>} rows
 * @param {string} goal
 * @param {string} [since]
 * @returns {Row[]}
 */
export function checkInsOf(rows, goal, since = "") {
  const own = rows.filter(({ body }) => body["goal"] === goal && String(body["on"]) >= since);
  return own.sort((one, other) => String(other.body["on"]).localeCompare(String(one.body["on"])) || other.seq - one.seq);
}

/**
 * The check-in that a tap of today changes: one's own of today. Somebody else's stays as they wrote it.
 * @param {ReadonlyArray<Row>} found  check-ins of a goal
 * @param {{today: string, account: string}} who
 */
export function ofToday(found, { today, account }) {
  return found.find(({ body }) => body["on"] === today && (body["written_by"] === account || body["written_by"] === null));
}

/** What a form says of a check-in. @typedef {{words: string, going: Code | undefined, on: string}} Draft */

/**
 * Only what differs.
 * @param {Draft} before
 * @param {Draft} after
 * @returns {CheckInWrite}
 */
export function differing(before, after) {
  return {
    ...(after.words !== before.words && { words: after.words }),
    ...(after.going && after.going !== before.going && { going: after.going }),
    ...(after.on !== before.on && { on: after.on }),
  };
}
