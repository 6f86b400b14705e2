// @ts-check
/** What the extractor takes and gives; the same shapes as in `app/receipts/reading/shapes.py`. */

/** @typedef {readonly [number, number]} Corner */
/** @typedef {readonly [Corner, Corner, Corner, Corner]} Box corners clockwise from top left */
/** @typedef {{text: string, box: Box, score: number, page: number, second: string | null}} Line */
/** @typedef {{day_first?: boolean | null, country?: string | null, shops?: readonly string[]}} Hints */
/** @typedef {{value: string | null, confidence: number, reason: string, box: Box | null, page: number}} Field */
/** @typedef {{text: string, amount: string}} Item */
/** @typedef {{merchant: Field, date: Field, total: Field, vat: Field, currency: string | null, items: Item[]}} Reading */
/** @typedef {Record<string, number>} Features */

/** @typedef {{line: Line, left: number, right: number, y: number, height: number}} Placed */
/** @typedef {{parts: Placed[], page: number, y: number, height: number}} Row */

/** @typedef {{pence: number, start: number, end: number, symbol: string, whole: boolean, unit: boolean}} Sum */
/**
 * @typedef {object} Amount
 * @property {number} pence
 * @property {number} row
 * @property {Placed} part
 * @property {Sum} sum
 * @property {string} label
 * @property {ReadonlySet<string>} labels
 * @property {boolean} above
 * @property {boolean} agreed
 */

/** @typedef {{pence: number, best: Amount, features: Features, score: number, share: number}} TotalCandidate */
/** @typedef {{iso: string, other: string | null, start: number, end: number, shape: string}} Written */
/** @typedef {{written: Written, row: number, part: Placed, features: Features, score: number}} DateCandidate */
/** @typedef {{text: string, row: number, box: Box, page: number, features: Features, score: number, share: number}} Name */

/**
 * An empty field with a reason.
 * @param {string} [reason]
 * @param {number} [confidence]
 * @returns {Field}
 */
export function emptyField(reason = "", confidence = 0) {
  return { value: null, confidence, reason, box: null, page: 0 };
}
