/** Photos of receipts that were kept but not written down yet, and what was read on them. Pure. */

/**
 * @import {Kept, Row} from "../core/types.js"
 * @import {Entry} from "../budgets/rules.js"
 * @import {ReadingRow} from "./reading.js"
 */

export const HERE_ALREADY = "This photo is in the plan already. Somebody else sent the very same one. Ask them if the money is written down, too.";

/** Whether this was not taken because somebody else's photo is the same. @param {Kept} kept */
export function isHereAlready({ code, op }) {
  return code === "here_already" && "sha256" in op.facts;
}

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
