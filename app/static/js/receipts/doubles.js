/** Receipts that may be written down twice. They are asked about, never dropped. Pure. */
import { daysBetween } from "../core/dates.js";

/**
 * @import {Entry} from "../budgets/rules.js"
 * @import {ReadingRow} from "./reading.js"
 */

/** @typedef {{amount: number, on: string, shop: string, files: readonly string[]}} Candidate */
/** @typedef {"photo" | "alike" | "same" | "slip"} Why same photo; a photo that looks alike; same shop, day, sum; same day, sum, other name */
/** @typedef {{entry: Entry, why: Why}} Double */

/** What a line says once a person has looked at it and its double: both are right, and nobody asks again. */
export const BOTH_RIGHT = "Looked at: not counted twice";

const PAID = new Set(["spending", "paid_by_me"]);
/** Of 256 bits: two photos of one receipt differ in fewer, photos of two receipts hardly ever do. */
const ALIKE_BITS = 24;
const ALIKE_DAYS = 31;

/**
 * Lines that may be the same payment, the likeliest first.
 * @param {Candidate} candidate
 * @param {readonly Entry[]} entries
 * @param {readonly ReadingRow[]} readings
 * @returns {Double[]}
 */
export function likelyDoubles(candidate, entries, readings) {
  const looks = new Map(readings.map((reading) => [reading.sha256, reading.look]));
  const order = ["photo", "same", "alike", "slip"];
  return entries
    .filter((entry) => PAID.has(entry.kind) && !entry.superseded)
    .flatMap((entry) => whyDouble(candidate, entry, looks) ?? [])
    .sort((one, other) => order.indexOf(one.why) - order.indexOf(other.why));
}

/** Whether a person said that this line is no double. @param {{reason: string | null}} line */
export function isLookedAt({ reason }) {
  return Boolean(reason?.endsWith(BOTH_RIGHT));
}

/** The same, written down; what stood there before stays. @param {string | null | undefined} reason */
export function lookedAt(reason) {
  return reason ? `${reason}. ${BOTH_RIGHT}` : BOTH_RIGHT;
}

/**
 * @param {Candidate} candidate
 * @param {Entry} entry
 * @param {ReadonlyMap<string, string | null>} looks
 * @returns {Double | null}
 */
function whyDouble(candidate, entry, looks) {
  if (candidate.files.some((sha) => entry.files.includes(sha))) return { entry, why: "photo" };
  const together = entry.amount === candidate.amount && entry.on === candidate.on;
  if (together && sameShop(candidate.shop, entry.merchant ?? entry.what)) return { entry, why: "same" };
  if (photosAlike(candidate, entry, looks)) return { entry, why: "alike" };
  return together && candidate.files.length > 0 && entry.files.length > 0 ? { entry, why: "slip" } : null;
}

/**
 * @param {Candidate} candidate
 * @param {Entry} entry
 * @param {ReadonlyMap<string, string | null>} looks
 */
function photosAlike(candidate, entry, looks) {
  if (Math.abs(daysBetween(candidate.on, entry.on)) > ALIKE_DAYS) return false;
  return candidate.files.some((one) => entry.files.some((other) => bitsApart(looks.get(one), looks.get(other)) <= ALIKE_BITS));
}

/**
 * How many bits two looks differ in; all of them where one is unknown.
 * @param {string | null | undefined} one
 * @param {string | null | undefined} other
 */
export function bitsApart(one, other) {
  if (!one || !other || one.length !== other.length) return Infinity;
  let differing = 0;
  for (let at = 0; at < one.length; at += 1) {
    for (let bits = parseInt(one[at] ?? "0", 16) ^ parseInt(other[at] ?? "0", 16); bits; bits >>= 1) differing += bits & 1;
  }
  return differing;
}

/**
 * Whether two names may mean one shop: the same letters and digits, or one begins with the other.
 * @param {string} one
 * @param {string} other
 */
export function sameShop(one, other) {
  const [short = "", long = ""] = [squashed(one), squashed(other)].sort((a, b) => a.length - b.length);
  return short.length >= 3 && long.startsWith(short);
}

/** @param {string} text */
function squashed(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]/g, "");
}
