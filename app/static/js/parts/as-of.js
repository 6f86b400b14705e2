/** "As of 14:05 today, with 2 things not sent yet." */
import { asOfMoment } from "../core/dates.js";

/** @import {Live} from "./live.js" */

/**
 * @param {Live} live
 * @param {string} stream
 */
export function asOfWords(live, stream) {
  const moment = live.replica.asOf(stream);
  const { waiting } = live.status.value;
  const unsent = waiting ? `, with ${waiting} ${waiting === 1 ? "thing" : "things"} not sent yet` : "";
  if (moment === null) return waiting ? `Only what is on this phone, with ${waiting} not sent yet.` : "Only what is on this phone.";
  const words = asOfMoment(new Date(moment), new Date(live.clock.now()));
  return `${words[0]?.toUpperCase()}${words.slice(1)}${unsent}.`;
}
