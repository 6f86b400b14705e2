/** Groups as this phone has them: the seats of the open plan, and what stands in each group. */
import { optionOf } from "../options/directory.js";

/**
 * @import {Facts, Row} from "../core/types.js"
 * @import {Live} from "../parts/live.js"
 * @import {Option} from "../options/search.js"
 */

/** The place of a plan in a group, under a name that is used nowhere else. */
/** @typedef {{id: string, group: string, pseudonym: string, role: string}} Seat */
/** `name` is null while it is checked, or while nothing of the group has come yet. */
/** @typedef {{id: string, name: string | null, about: string, open: boolean, seat: Seat, seats: Seat[]}} Group */
/**
 * What stands in a group, as it travels. `helped` is a band: so many or more; `on`: the example of a question, the
 * question of an answer; `said`: what the writer chose to say of the person, as codes.
 * @typedef {{id: string, about: string, texts: {[part: string]: string}, codes: {[name: string]: string}, said: {[name: string]: string},
 *   helped: number, shown_on: string, seat: string, on: string | null}} Post
 */
/** An idea from an example, as a draft in a plan; `source` is what this phone still has of the example. */
/** @typedef {{id: string, words: string, option: Option | undefined, rewritten: boolean, lost: boolean, source: {post: Post, group: Group} | null}} Idea */

/** @param {string} group */
export function groupStream(group) {
  return `group:${group}`;
}

/**
 * The seats of a plan, live.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @returns {Seat[]}
 */
export function seatsOf(live, stream) {
  return live.rows(stream, "own_seat").map((row) => asSeat(row.body));
}

/**
 * A group in which this plan has a seat, live; null for every other.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @param {string} id
 * @returns {Group | null}
 */
export function groupOf(live, stream, id) {
  const seat = seatsOf(live, stream).find((one) => one.group === id);
  if (!seat) return null;
  const body = live.row(groupStream(id), "group", id)?.body;
  const seats = live.rows(groupStream(id), "seat").map((row) => asSeat(row.body));
  return { id, name: body ? String(body["name"]) : null, about: String(body?.["about"] ?? ""), open: body?.["is_open"] === true, seat, seats };
}

/**
 * All groups of a plan, by name; those without a name last.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @returns {Group[]}
 */
export function groupsOf(live, stream) {
  const found = seatsOf(live, stream).map((seat) => groupOf(live, stream, seat.group)).filter((one) => one !== null);
  return found.sort((one, other) => Number(one.name === null) - Number(other.name === null) || (one.name ?? "").localeCompare(other.name ?? ""));
}

/**
 * What this plan reads in a group, the newest first: nothing by members it blocked, nothing it has just had hidden.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @param {string} group
 * @returns {Post[]}
 */
export function readIn(live, stream, group) {
  const blocked = blockedBy(live, stream);
  const hidden = new Set(live.rows(stream, "report").filter((row) => row.body["reason"] === "recognise").map((row) => row.body["post"]));
  const posts = live.rows(groupStream(group), "post").map((row) => asPost(row.body));
  return posts.filter((one) => !blocked.has(one.seat) && !hidden.has(one.id)).sort(newestFirst);
}

/**
 * Seats whose texts this plan does not want to read.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @returns {Set<string>}
 */
export function blockedBy(live, stream) {
  return new Set(live.rows(stream, "mark").filter((row) => row.body["kind"] === "blocked").map((row) => String(row.body["about"])));
}

/**
 * A post in any group of this plan, with its group.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @param {string} id
 * @returns {{post: Post, group: Group} | null}
 */
export function findPost(live, stream, id) {
  for (const { group } of seatsOf(live, stream)) {
    const post = readIn(live, stream, group).find((one) => one.id === id);
    const found = post ? groupOf(live, stream, group) : null;
    if (post && found) return { post, group: found };
  }
  return null;
}

/**
 * What hangs on a post, the oldest first.
 * @param {Post[]} posts
 * @param {string} id
 */
export function hangingOn(posts, id) {
  return posts.filter((one) => one.on === id).reverse();
}

/**
 * Under which name somebody writes.
 * @param {Group} group
 * @param {string} seat
 */
export function nameIn(group, seat) {
  return group.seats.find((one) => one.id === seat)?.pseudonym ?? "somebody who left";
}

/**
 * Ideas that a plan has borrowed, in the order of their ids.
 * @param {Live} live
 * @param {string} stream  of the plan
 * @returns {Idea[]}
 */
export function ideasOf(live, stream) {
  return live.rows(stream, "borrowed").sort((one, other) => one.id.localeCompare(other.id)).map((row) => asIdea(live, stream, row));
}

/**
 * Until the server's row is here, its words are those of the example on this phone.
 * @param {Live} live
 * @param {string} stream
 * @param {Row} row
 * @returns {Idea}
 */
function asIdea(live, stream, { id, body }) {
  const source = body["post"] ? findPost(live, stream, String(body["post"])) : null;
  const part = String(body["part"]);
  const waits = body["words"] === null;
  const words = waits ? (source?.post.texts[part] ?? "") : String(body["words"]);
  const option = waits && part === "option" ? source?.post.codes["option"] : body["option"];
  return {
    id,
    words,
    option: option ? optionOf(live, String(option)) : undefined,
    rewritten: body["rewritten"] === true,
    lost: body["lost"] === true || (waits && !source),
    source,
  };
}

/** @param {Post} one @param {Post} other */
function newestFirst(one, other) {
  return other.shown_on.localeCompare(one.shown_on) || one.id.localeCompare(other.id);
}

/** @param {Facts} body */
function asSeat(body) {
  return /** @type {Seat} */ (/** @type {unknown} */ (body));
}

/** @param {Facts} body */
function asPost(body) {
  return /** @type {Post} */ (/** @type {unknown} */ (body));
}
