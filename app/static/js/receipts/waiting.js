/** Photos of receipts that were kept but not written down yet, and what was read on them. Pure. */

/**
 * @import {Row} from "../core/types.js"
 * @import {Entry} from "../budgets/rules.js"
 * @import {ReadingRow} from "./reading.js"
 */

/**
 * @param {readonly Row[]} rows  of the kind "reading"
 * @returns {ReadingRow[]}
 */
export function readingsOf(rows) {
  return rows.map((row) => /** @type {ReadingRow} */ (/** @type {unknown} */ (row.body)));
}

/**
 * Those that no line of the ledger uses, in the order in which this phone knows them.
 * @param {readonly ReadingRow[]} readings
 * @param {readonly Entry[]} entries
 * @returns {ReadingRow[]}
 */
export function notWrittenDown(readings, entries) {
  const used = new Set(entries.flatMap((entry) => entry.files));
  return readings.filter((reading) => !used.has(reading.sha256));
}
