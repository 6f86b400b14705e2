/** The order of goals and of steps. Pure. */

/** @import {Row} from "../core/types.js" */
/** @typedef {{id: string, position: number}} Place */

/** @param {Row} one @param {Row} other */
export function inOrder(one, other) {
  const place = Number(one.body["position"]) - Number(other.body["position"]);
  const weight = Number(other.body["importance"] ?? 0) - Number(one.body["importance"] ?? 0);
  return place || weight || one.id.localeCompare(other.id);
}

/**
 * The ids with one of them moved; a move over the end changes nothing.
 * @param {ReadonlyArray<string>} ids
 * @param {string} id
 * @param {number} by  -1 is one place up
 * @returns {string[]}
 */
export function moved(ids, id, by) {
  const from = ids.indexOf(id);
  const to = from + by;
  const found = [...ids];
  if (from < 0 || to < 0 || to >= ids.length) return found;
  found.splice(to, 0, ...found.splice(from, 1));
  return found;
}

/**
 * The places that have to be written so that the rows stand in this order: only those that differ.
 * @param {ReadonlyArray<Row>} rows
 * @param {ReadonlyArray<string>} ids
 * @returns {Place[]}
 */
export function placesFor(rows, ids) {
  const now = new Map(rows.map((row) => [row.id, Number(row.body["position"])]));
  return ids.map((id, position) => ({ id, position })).filter(({ id, position }) => now.get(id) !== position);
}

/**
 * The place after all others, or null while nobody chose an order: then what matters most comes first.
 * @param {ReadonlyArray<Row>} rows
 * @returns {number | null}
 */
export function lastPlace(rows) {
  const places = rows.map((row) => Number(row.body["position"]));
  return places.some((place) => place !== 0) ? Math.max(...places) + 1 : null;
}
