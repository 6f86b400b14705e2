/**
 * What was read on one photo, as screens see it: the same shape from the server's reader (the body of a `reading` row)
 * and from the phone's own. Nothing in it is a fact before the person confirms it. Pure.
 *
 * The phone's reader is `readOnPhone(blob, hints) -> Promise<Reading | null>`: null where it is off or read nothing.
 */
import { cutBox, findAmounts } from "./extract/amounts.js";
import { rankDates } from "./extract/dates.js";
import { written } from "./extract/items.js";
import { buildRows } from "./extract/lines.js";

/**
 * Left, top, right, bottom on the picture as it is shown (its EXIF flag obeyed, not turned further), each from 0 to
 * 10,000 of its width or height.
 * @typedef {[number, number, number, number]} Spot
 */

/**
 * `value` is null where nothing was found or too little is sure. Money is a decimal text, "12.34"; a day is
 * "2026-11-21". `confidence` goes from 0 to 1 and is calibrated; `reason` is a short sentence; `page` counts from 0.
 * @typedef {{value: string | null, confidence: number, reason: string, box: Spot | null, page: number}} ReadField
 */

/** @typedef {{value: string, box: Spot, page: number}} ReadNumber a sum of money on the photo */

/**
 * @typedef {object} Reading
 * @property {ReadField} merchant
 * @property {ReadField} date
 * @property {string | null} date_other  the day that the same figures mean when day and month change places
 * @property {ReadField} total
 * @property {ReadField} vat
 * @property {string | null} currency  ISO, three letters
 * @property {{text: string, amount: string}[]} items
 * @property {ReadNumber[]} numbers  top to bottom, at most 60
 * @property {number[]} turns  of each page: the quarter turns against the clock that set its text upright
 */

/**
 * The body of a `reading` row. `result` is null unless the state is "read"; `reason` is a sentence for the person
 * where the state is "unreadable" or "off", and where reading went wrong and will be tried again.
 * @typedef {object} ReadingRow
 * @property {string} id
 * @property {string} sha256  of the photo
 * @property {"waiting" | "read" | "unreadable" | "off"} state
 * @property {string | null} reason
 * @property {string | null} look  64 hex digits that are alike for photos that look alike; null before the photo was drawn
 * @property {Reading | null} result
 */

/**
 * @import {Box, Hints, Field, Line, Reading as Extracted} from "./extract/shapes.js"
 * @import {Rules} from "./extract/words.js"
 */

/** @typedef {{pages: readonly (readonly [number, number])[], turns: readonly number[]}} Pages width and height upright */

const MOST_NUMBERS = 60;
const WHOLE = 10_000;

/**
 * A reading out of what `extract` answers about some lines.
 * @param {Rules} rules
 * @param {readonly Line[]} lines
 * @param {Extracted} found
 * @param {Pages} pages
 * @param {Hints} [hints]
 * @returns {Reading}
 */
export function asReading(rules, lines, found, pages, hints = {}) {
  const rows = buildRows(lines);
  const field = (/** @type {Field} */ { box, ...rest }) => ({ ...rest, box: box && spotOf(box, rest.page, pages) });
  const numbers = findAmounts(rules, rows).slice(0, MOST_NUMBERS).map(({ pence, sum, part: { line } }) => ({
    value: written(pence), box: spotOf(cutBox(line, sum.start, sum.end), line.page, pages), page: line.page,
  }));
  const dated = rankDates(rules, rows, hints)[0]?.written;
  return {
    merchant: field(found.merchant),
    date: field(found.date),
    date_other: dated && dated.iso === found.date.value ? dated.other : null,
    total: field(found.total),
    vat: field(found.vat),
    currency: found.currency,
    items: found.items,
    numbers,
    turns: [...pages.turns],
  };
}

/**
 * Where four corners on the upright page lie on the picture as it is shown.
 * @param {Box} box
 * @param {number} page
 * @param {Pages} pages
 * @returns {Spot}
 */
export function spotOf(box, page, { pages, turns }) {
  const [width, height] = pages[page] ?? [1, 1];
  const corners = box.map(([x, y]) => turnedBack(within(x / width), within(y / height), turns[page] ?? 0));
  const across = corners.map(([x]) => x);
  const down = corners.map(([, y]) => y);
  return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

/**
 * @param {number} across
 * @param {number} down
 * @param {number} turn
 * @returns {[number, number]}
 */
function turnedBack(across, down, turn) {
  if (turn === 1) return [WHOLE - down, across];
  if (turn === 2) return [WHOLE - across, WHOLE - down];
  if (turn === 3) return [down, WHOLE - across];
  return [across, down];
}

/** @param {number} share */
function within(share) {
  return Math.min(WHOLE, Math.max(0, Math.round(share * WHOLE)));
}

/**
 * A place as it stands once the picture is turned upright.
 * @param {Spot} spot
 * @param {number} turn  quarter turns against the clock
 * @returns {Spot}
 */
export function uprightSpot([left, top, right, bottom], turn) {
  if (turn === 1) return [top, WHOLE - right, bottom, WHOLE - left];
  if (turn === 2) return [WHOLE - right, WHOLE - bottom, WHOLE - left, WHOLE - top];
  if (turn === 3) return [WHOLE - bottom, left, WHOLE - top, right];
  return [left, top, right, bottom];
}
