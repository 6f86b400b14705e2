/** The reviews of a person as screens show them: what is next, and what was held. */
import { daysBetween, fullDay, sayDay } from "../core/dates.js";
import { nextReview } from "./clock.js";

/**
 * @import {Live} from "../parts/live.js"
 * @import {Facts} from "../core/types.js"
 * @import {Next} from "./clock.js"
 */

/** @typedef {{id: string, funder: string, with_whom: string, starts_on: string, first_weeks: number, every_months: number, next_on: string | null, wants: string}} Clock */
/** @typedef {{id: string, clock: string, held_on: string, wanted: string, said: string}} Held */
/** @typedef {{clock: Clock, next: Next, last: Held | null}} Coming */

/**
 * Each clock with its next review, the soonest first.
 * @param {Live} live
 * @param {string} stream
 * @returns {Coming[]}
 */
export function comingReviews(live, stream) {
  const held = heldReviews(live, stream);
  const clocks = live.rows(stream, "review_clock").map((row) => clockOf(row.body));
  return clocks.map((clock) => comingOf(clock, held)).sort((one, other) => one.next.on.localeCompare(other.next.on));
}

/**
 * @param {Live} live
 * @param {string} stream
 * @returns {Held[]} the newest first
 */
export function heldReviews(live, stream) {
  const rows = live.rows(stream, "review").map((row) => heldOf(row.body));
  return rows.sort((one, other) => other.held_on.localeCompare(one.held_on));
}

/**
 * @param {Clock} clock
 * @param {Held[]} held  the newest first
 * @returns {Coming}
 */
function comingOf(clock, held) {
  const own = held.filter((one) => one.clock === clock.id);
  const next = nextReview({ ...clock, held: own.map((one) => one.held_on), agreed: clock.next_on });
  return { clock, next, last: own[0] ?? null };
}

/**
 * When it is, in words: "Tuesday 1 December, in 9 days".
 * @param {Next} next
 * @param {string} today
 */
export function whenWords({ on, agreed }, today) {
  const away = daysBetween(today, on);
  if (away < 0) return agreed ? `It was set for ${fullDay(on)}` : `It was due by ${fullDay(on)}`;
  const day = away > 1 ? `${sayDay(on, today)}, ${inWords(away)}` : sayDay(on, today);
  return agreed ? capital(day) : `Due by ${day}`;
}

/** @param {number} days */
function inWords(days) {
  if (days < 14) return `in ${days} days`;
  if (days < 90) return `in ${Math.round(days / 7)} weeks`;
  return `in ${Math.round(days / 30.4)} months`;
}

/** @param {string} words */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {Facts} body @returns {Clock} */
export function clockOf(body) {
  const day = body["next_on"];
  return {
    id: String(body["id"]),
    funder: String(body["funder"]),
    with_whom: String(body["with_whom"] ?? ""),
    starts_on: String(body["starts_on"]),
    first_weeks: Number(body["first_weeks"]),
    every_months: Number(body["every_months"]),
    next_on: typeof day === "string" ? day : null,
    wants: String(body["wants"] ?? ""),
  };
}

/** @param {Facts} body @returns {Held} */
export function heldOf(body) {
  return {
    id: String(body["id"]),
    clock: String(body["clock"]),
    held_on: String(body["held_on"]),
    wanted: String(body["wanted"] ?? ""),
    said: String(body["said"] ?? ""),
  };
}
