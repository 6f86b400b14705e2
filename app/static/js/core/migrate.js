/**
 * Local migrations. Two kinds, both numbered and only ever added to:
 * STRUCTURE creates tables, inside IndexedDB's own upgrade transaction (all or nothing).
 * STEPS change what is sealed in a record. Each record carries the number of the format it was written in, so a record
 * that an older tab writes late is still read right; a whole store is written anew in one transaction.
 * @import {Json} from "./types.js"
 */

/** @typedef {{[name: string]: Json}} Payload */
/** @typedef {{[table: string]: (payload: Payload) => Payload}} Step */

/** @type {ReadonlyArray<(db: IDBDatabase) => void>} */
export const STRUCTURE = [
  (db) => {
    for (const table of ["meta", "heads", "blocks", "summaries", "kept", "files", "pieces"]) db.createObjectStore(table);
    db.createObjectStore("outbox", { autoIncrement: true });
  },
];

/** @type {ReadonlyArray<Step>} */
export const STEPS = [];

/**
 * Runs the structure steps that this database has not seen, however many.
 * @param {IDBDatabase} db
 * @param {number} from  the version found (0: new)
 * @param {ReadonlyArray<(db: IDBDatabase) => void>} structure
 */
export function restructure(db, from, structure) {
  for (const step of structure.slice(from)) step(db);
}

/**
 * The format that records are written in.
 * @param {ReadonlyArray<Step>} steps
 * @returns {number}
 */
export function formatOf(steps) {
  return steps.length + 1;
}

/**
 * Brings one record to the present format.
 * @param {string} table
 * @param {Payload} payload  with its format in `f`
 * @param {ReadonlyArray<Step>} steps
 * @returns {Payload | null} null when a newer version of the app wrote it
 */
export function upcast(table, payload, steps) {
  const written = Number(payload["f"]);
  if (written > formatOf(steps)) return null;
  let current = payload;
  for (const step of steps.slice(written - 1)) current = step[table]?.(current) ?? current;
  return current === payload ? payload : { ...current, f: formatOf(steps) };
}
