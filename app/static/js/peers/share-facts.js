/** What a form for sharing holds, what it takes over from a goal, and the facts that it makes. Pure. */

/**
 * @import {SharingWrite} from "../core/operations.js"
 * @import {Problems} from "../parts/fields.js"
 * @import {Facts, Row} from "../core/types.js"
 * @import {Choice} from "../options/directory.js"
 */

export const PARTS = ["goal", "tried", "worked", "worked_not"];
const CODES = ["side", "outcome", "band", "option", "refused_why", "waited", "age", "area", "condition", "money"];
/** @typedef {{[field: string]: string}} Draft  every part and code, "" where nothing goes */

const LONGEST = 2000;
const POUND = 100;
/** Up to how many pounds a year each band goes; the last has no end. @type {Array<[string, number]>} */
const UP_TO = [["none", 0], ["under_500", 500], ["500_1000", 1000], ["1000_2000", 2000], ["2000_5000", 5000], ["5000_10000", 10_000], ["over_10000", Infinity]];
/** How often a price comes in a year, where that is known. @type {{[per: string]: number}} */
const A_YEAR = { week: 52, month: 12, year: 1, once: 1 };

/**
 * The band of a sum in a year, "" where it is not known.
 * @param {number | null} pence
 */
export function bandOf(pence) {
  if (pence === null) return "";
  return UP_TO.find(([, pounds]) => pence <= pounds * POUND)?.[0] ?? "";
}

/**
 * What the choices of a goal cost in a year, in pence; null where one of them does not say.
 * @param {Array<Pick<Choice, "amount" | "per">>} choices
 */
export function costOf(choices) {
  const sums = choices.map(({ amount, per }) => (amount === null ? null : amount * (A_YEAR[per ?? ""] ?? Number.NaN)));
  const known = sums.every((sum) => sum !== null && Number.isFinite(sum));
  return choices.length && known ? sums.reduce((sum, one) => Number(sum) + Number(one), 0) : null;
}

/** A form with nothing in it. @returns {Draft} */
export function emptyDraft() {
  return Object.fromEntries([...PARTS, ...CODES].map((name) => [name, ""]));
}

/**
 * What a goal says already: nothing is typed twice. Attributes are never taken over.
 * @param {Facts} goal
 * @param {Array<Choice & {name: string}>} choices  those of this goal, with the option's name or the own idea
 * @returns {Draft}
 */
export function draftFrom(goal, choices) {
  const options = choices.map((one) => one.option).filter((one) => one !== null);
  return {
    ...emptyDraft(),
    goal: String(goal["words"] ?? ""),
    tried: choices.map((one) => one.name).filter(Boolean).join("\n"),
    worked: String(goal["closing_words"] ?? ""),
    side: String(goal["side"] ?? ""),
    outcome: goal["state"] === "reached" ? "better" : "",
    band: bandOf(costOf(choices)),
    option: options.length === 1 ? String(options[0]) : "",
  };
}

/**
 * @param {Draft} draft
 * @param {string} group
 * @returns {{facts: SharingWrite, found: Problems}}
 */
export function factsOf(draft, group) {
  /** @type {Problems} */
  const found = {};
  const said = PARTS.filter((part) => (draft[part] ?? "").trim());
  for (const part of said) if (tooLong(draft[part] ?? "")) found[part] = LONG_WORDS;
  if (!said.length) found["goal"] = "Write a few words. One thing that helped is enough.";
  if (!group) found["group-0"] = "Choose a group.";
  const codes = CODES.filter((code) => draft[code] && (code !== "refused_why" || draft["outcome"] === "refused"));
  const filled = [...said, ...codes].map((name) => [name, draft[name] ?? ""]);
  return { facts: /** @type {SharingWrite} */ ({ group, about: "example", on: null, ...Object.fromEntries(filled) }), found };
}

export const LONG_WORDS = "Use at most 2,000 letters here. Nothing you wrote is lost.";

/** Counted as the server counts. @param {string} text */
export function tooLong(text) {
  return [...text].length > LONGEST;
}

/**
 * The facts that hand the same words to the door again, after they were taken back.
 * @param {Facts} sharing
 * @param {{[part: string]: string}} texts
 * @returns {SharingWrite}
 */
export function againOf(sharing, texts) {
  const { attributes = {}, ...codes } = /** @type {{attributes?: {[name: string]: string}, [name: string]: unknown}} */ (sharing["codes"] ?? {});
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
  return /** @type {SharingWrite} */ ({ group: sharing["group"], about: sharing["about"], on: sharing["on"] ?? null, ...said, ...codes, ...attributes });
}

/** This plan's texts in a group, or in all; what is over stands last. @param {Row[]} rows @param {string | null} group @returns {Row[]} */
export function textsIn(rows, group) {
  const rank = (/** @type {Row} */ row) => ORDER.indexOf(String(row.body["state"]));
  const found = rows.filter((row) => !group || row.body["group"] === group);
  return found.sort((one, other) => rank(one) - rank(other) || one.id.localeCompare(other.id));
}

/** What asks for something comes first. */
const ORDER = ["review", "agreeing", "reading", "checking", "waiting", "sending", "held", "ready", "shown", "ended", "stopped"];
