/**
 * What was decided at a review and not confirmed yet, while this tab is open: leaving the screen loses nothing, and
 * where another phone is quicker it can be said.
 */

/** @import {Decisions} from "./review-answers.js" */

/** @type {Map<string, Decisions>} */
const begun = new Map();

/** @param {string} id  of the text @returns {Decisions | undefined} */
export function halfwayOf(id) {
  return begun.get(id);
}

/** @param {string} id @param {Decisions} decided */
export function keepHalfway(id, decided) {
  begun.set(id, decided);
  return decided;
}

/** @param {string} id */
export function forgetHalfway(id) {
  begun.delete(id);
}
