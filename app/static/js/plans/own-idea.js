/** An idea that was borrowed in a group and is said in own words now: what a goal or a choice may start with. */

/**
 * Its words; "" for one that still holds somebody else's.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @param {string | null} id
 */
export function ownIdea(live, stream, id) {
  const body = id ? live.row(stream, "borrowed", id)?.body : undefined;
  return body?.["rewritten"] === true ? String(body["words"]) : "";
}
