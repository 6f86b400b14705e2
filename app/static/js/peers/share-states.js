/** Where a text on its way to a group stands, in words. Pure. */
import { localDay, localTime, sayDay } from "../core/dates.js";

/** @import {Facts} from "../core/types.js" */
/** @typedef {{icon: string, kind: "good" | "check" | "stop" | "", tag: string, says: string}} Standing */
/**
 * `own`: whether it is the holder who looks; `writer`: who wrote it, where that is somebody else; `hidden`: it has shown, and
 * its group does not have it now.
 * @typedef {{now: number, saved: boolean, signal: boolean, own: boolean, name: string, writer?: string | null, hidden?: boolean}} Seen
 */

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** What can be done with it: the rest is over, or moves on its own. */
export const OVER = ["stopped", "ended"];
const KINDS = /** @type {{[about: string]: string}} */ ({ example: "An example", question: "A question", answer: "An answer" });

/** @param {Facts} sharing */
export function kindWords(sharing) {
  return KINDS[String(sharing["about"])] ?? "A text";
}

/**
 * @param {Facts} sharing
 * @param {Seen} seen
 * @returns {Standing}
 */
export function standingOf(sharing, seen) {
  const state = String(sharing["state"]);
  if (seen.saved) return waits(state);
  if (state === "shown" && seen.hidden) return HIDDEN;
  return { ...(STANDING[state] ?? UNKNOWN), ...(state === "ended" ? endedWords(sharing["ending"], seen.now) : special(sharing, state, seen)) };
}

/** Not sent yet. @param {string} state @returns {Standing} */
function waits(state) {
  const says = {
    sending: "Your answer is kept on this phone. It goes on its own when there is signal.",
    stopped: "It is taken back as soon as there is signal. If it was shown, people may read it until then.",
  }[state] ?? "It is kept on this phone. When there is signal we take out names and places. Then you look at it.";
  return { icon: "device-mobile-bold", kind: "check", tag: "Waits for signal", says };
}

/** @type {Standing} */
const UNKNOWN = { icon: "info-bold", kind: "", tag: "On its way", says: "Get the new version of Inhand to see more." };

/** @type {Standing} */
const HIDDEN = { icon: "eye-slash-bold", kind: "check", tag: "Hidden", says: "Somebody told the moderators of it. Nobody can read it until a moderator has looked. You can take it back." };

/** @type {{[state: string]: Standing}} */
const STANDING = {
  checking: { icon: "clock-bold", kind: "", tag: "Being checked", says: "We take out names and places. This takes a minute. Nobody can read it." },
  waiting: { icon: "clock-bold", kind: "check", tag: "Waits for its check", says: "The part that checks texts is not working now. Your text waits, and nobody can read it." },
  review: { icon: "eye-bold", kind: "check", tag: "Look at it", says: "It is checked. Look at it, then say if it may go. Nobody can read it yet." },
  sending: { icon: "clock-bold", kind: "", tag: "On its way", says: "We look at it once more. Nobody can read it yet." },
  reading: { icon: "user", kind: "check", tag: "Needs a second reader", says: "Somebody you trust must read it first. Nobody in the group can read it yet." },
  agreeing: { icon: "hand", kind: "check", tag: "Waits for a yes", says: "" },
  held: { icon: "clock-bold", kind: "", tag: "Held for a day", says: "" },
  ready: { icon: "clock-bold", kind: "", tag: "Shows soon", says: "It shows within a day, together with others. You can still take it back." },
  shown: { icon: "check-bold", kind: "good", tag: "Shown", says: "People in the group can read it. You can take it back at any time." },
  stopped: { icon: "x-bold", kind: "", tag: "Taken back", says: "Nobody can read it. Phones of the group drop it when they next connect." },
  ended: { icon: "x-bold", kind: "", tag: "Does not show", says: "Nobody can read it. A moderator took it out, or the group or the example is gone." },
};

/** @param {Facts} sharing @param {string} state @param {Seen} seen @returns {Partial<Standing>} */
function special(sharing, state, { now, signal, own, name, writer = null }) {
  if (state === "checking" && !signal) return { says: "We take out names and places. You see it when there is signal. Nobody can read it." };
  if (state === "review" && writer) return { tag: "Waits for its writer", says: `It is checked. Now ${writer} looks at it. Nobody can read it yet.` };
  if (state === "review" && sharing["recognised"]) return { tag: "Look at it again", says: "Your second reader could tell who it is. Hide more, then ask somebody again." };
  if (state === "agreeing") return { says: own ? "Somebody wants to share this from your plan. You decide." : `${name} has to say yes first, on their own phone. Nobody can read it yet.` };
  if (state === "held") return { says: holdWords(String(sharing["shows_at"]), now, sharing["about"] === "example") };
  return {};
}

/** Why somebody told the moderators, said to the author: never who it was. @type {{[reason: string]: string}} */
const TOLD = {
  recognise: "Somebody thought they knew who it is about.",
  harm: "Somebody was worried that a person is not safe.",
  unkind: "Somebody found it unkind.",
  advert: "Somebody thought that it sells something.",
  other: "Somebody thought that it breaks another rule of the group.",
};

/**
 * Who ended a text, when and why, and what can be done. One that ended before this was kept does not tell.
 * @param {unknown} ending
 * @param {number} now
 * @returns {Partial<Standing>}
 */
function endedWords(ending, now) {
  const { by = "", on = "", why = "" } = /** @type {{[name: string]: string}} */ (ending ?? {});
  const day = on && sayDay(on, localDay(new Date(now)));
  const when = day.includes(" ") ? `on ${day}` : day;
  const ways = by === "check" || why === "recognise" ? "You can write a new one that tells less of who it is." : "You can write a new one.";
  if (by === "moderator") return { tag: "Taken out", says: [`A moderator of the group took it out ${when}. Nobody can read it.`, TOLD[why], ways].filter(Boolean).join(" ") };
  if (by === "check") return { tag: "Not shown", says: `Our last look ${when} found something that may tell who it is. So it did not show. ${ways}` };
  if (by === "example") return { says: `What it was about went ${when}, and it went with it. Nobody can read it.` };
  if (by === "seat") return { says: `This plan left the group, or the group ended, ${when}. Nobody can read it.` };
  return {};
}

/**
 * How long it is held, in words.
 * @param {string} until  ISO time
 * @param {number} now  ms
 * @param {boolean} batched  examples wait for others after it
 */
export function holdWords(until, now, batched) {
  const moment = new Date(until);
  const day = sayDay(localDay(moment), localDay(new Date(now)));
  const when = `${day} at ${localTime(moment)}, ${leftWords(moment.getTime() - now)}`;
  return batched ? `It is held until ${when}. It shows within a day after that. You can take it back.` : `It shows ${when}. Until then you can take it back unseen.`;
}

/** "in 23 hours". @param {number} ms */
export function leftWords(ms) {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 1) return "in a moment";
  if (minutes < MINUTES) return `in ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  const hours = Math.round(minutes / MINUTES);
  return `in ${hours} ${hours === 1 ? "hour" : "hours"}`;
}

/** The words of a text, whatever stands of them on this phone, part by part. @param {Facts} sharing @returns {{[part: string]: string}} */
export function textsOf(sharing) {
  const of = (/** @type {string} */ name) => /** @type {{[part: string]: string}} */ (sharing[name] ?? {});
  const checked = /** @type {{[part: string]: Array<{t: string}>}} */ (sharing["checked"] ?? {});
  const read = Object.fromEntries(Object.entries(checked).map(([part, runs]) => [part, runs.map((run) => run.t).join("")]));
  return [of("final"), of("written"), read].find((texts) => Object.keys(texts).length > 0) ?? {};
}
