/** "As of 14:05 today, with 2 things not sent yet." */
import { asOfMoment } from "../core/dates.js";
import { deviceWord } from "./device.js";

/** @import {Live} from "./live.js" */

/**
 * @param {Live} live
 * @param {string} stream
 */
export function asOfWords(live, stream) {
  return asOfSentence({ moment: live.replica.asOf(stream), waiting: live.status.value.waiting, now: live.clock.now() });
}

/**
 * @param {{moment: string | null, waiting: number, now: number}} facts  moment: the server's time, null while not known
 * @returns {string}
 */
export function asOfSentence({ moment, waiting, now }) {
  const unsent = waiting ? `, with ${waiting} ${waiting === 1 ? "thing" : "things"} not sent yet` : "";
  if (moment === null) return waiting ? `Only what is on this ${deviceWord()}, with ${waiting} not sent yet.` : `Only what is on this ${deviceWord()}.`;
  const words = asOfMoment(new Date(moment), new Date(now));
  return `${words[0]?.toUpperCase()}${words.slice(1)}${unsent}.`;
}
