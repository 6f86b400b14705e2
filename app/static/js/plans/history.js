/** What stood in a field before, and what somebody changed today. Pure. */

/** @import {Facts, Json, OutboxItem, Row} from "../core/types.js" */
/** @typedef {{row: string, kind: string, field: string, value: string, by: string, at: string, waits: boolean}} Written */
/** @typedef {{versions: Row[], outbox: ReadonlyArray<OutboxItem>, me: string, stream: string}} Source */
/** @typedef {{field: string, before: string | null, after: string}} Changed  `before` null: nothing was written yet */
/**
 * `removed`: taken away at the end of the day; `isNew`: it was not there this morning.
 * @typedef {{kind: string, row: string, isNew: boolean, removed: boolean, fields: Changed[], at: string, waits: boolean}} Change
 */

export const REMOVED = "removed";
const KINDS = new Set(["goal", "step", "about", "choice", "check_in"]);
/** @type {{[kind: string]: string}} */
const FIRST_STATES = { goal: "active", step: "open", choice: "wanted" };
const KEPT_APART = new Set(["position", "goal", "option", "pot", "amount", "per", "on"]);

/**
 * All that was written in plans, oldest first: what the server has, then what waits on this phone.
 * @param {Source} source
 * @returns {Written[]}
 */
export function allWritten({ versions, outbox, me, stream }) {
  const sent = [...versions].sort((one, other) => one.seq - other.seq).map(({ body }) => ({
    row: String(body["row"]),
    kind: String(body["row_kind"]),
    field: String(body["field"]),
    value: String(body["value"]),
    by: String(body["by"]),
    at: String(body["at"]),
    waits: false,
  }));
  const waiting = outbox.filter((item) => item.op.stream === stream).flatMap((item) => writtenBy(item, me));
  return [...sent, ...waiting].filter((one) => KINDS.has(one.kind));
}

/** @param {OutboxItem} item @param {string} me @returns {Written[]} */
function writtenBy({ op, done }, me) {
  const [kind = "", verb = ""] = op.act.split(".");
  const common = { row: op.row, kind, by: me, at: op.at, waits: done === null };
  if (verb === "remove") return [{ ...common, field: REMOVED, value: "yes" }];
  if (verb !== "write") return [];
  const fields = Object.entries(op.facts).filter(([field]) => !KEPT_APART.has(field));
  return fields.map(([field, value]) => ({ ...common, field, value: asText(value) }));
}

/**
 * What stood in one field before, newest first: no empty words, nothing twice in a row, not what stands there now.
 * @param {ReadonlyArray<Written>} written
 * @param {{row: string, field: string, now: string}} what
 * @returns {Written[]}
 */
export function earlierWords(written, { row, field, now }) {
  const found = written.filter((one) => one.row === row && one.field === field && one.value !== "");
  const apart = found.filter((one, at) => one.value !== found[at + 1]?.value);
  if (apart.at(-1)?.value === now) apart.pop();
  return apart.reverse();
}

/**
 * What one account changed on a day, each row once, newest first. What was changed back is left out.
 * @param {ReadonlyArray<Written>} written
 * @param {{me: string, isToday: (at: string) => boolean}} when
 * @returns {Change[]}
 */
export function changesOf(written, { me, isToday }) {
  /** @type {Map<string, Written[]>} */
  const rows = new Map();
  for (const one of written) rows.set(one.row, [...(rows.get(one.row) ?? []), one]);
  const changes = [...rows.values()].map((all) => changeOf(all, all.filter((one) => one.by === me && isToday(one.at))));
  return changes.filter((one) => one !== null).sort((one, other) => other.at.localeCompare(one.at));
}

/** @param {Written[]} all @param {Written[]} mine @returns {Change | null} */
function changeOf(all, mine) {
  const last = mine.at(-1);
  if (!last) return null;
  const first = all.indexOf(/** @type {Written} */ (mine[0]));
  const isNew = first === 0;
  const own = mine.filter((one) => one.field !== REMOVED);
  const removed = mine.some((one) => one.field === REMOVED) && last.field === REMOVED;
  const names = [...new Set(own.map((one) => one.field))];
  const fields = names.map((field) => fieldOf(all.filter((one) => one.field === field), mine)).filter((one) => one.before !== one.after);
  if (!fields.length && !removed) return null;
  return { kind: last.kind, row: last.row, isNew, removed, fields, at: last.at, waits: mine.some((one) => one.waits) };
}

/** @param {Written[]} ofField @param {Written[]} mine @returns {Changed} */
function fieldOf(ofField, mine) {
  const start = ofField.findIndex((one) => mine.includes(one));
  const own = ofField.filter((one) => mine.includes(one));
  return { field: ofField[0]?.field ?? "", before: ofField[start - 1]?.value ?? null, after: own.at(-1)?.value ?? "" };
}

/**
 * The facts that put a change back: what stood there before, or the words of what was taken away.
 * @param {Change} change
 * @param {ReadonlyArray<Written>} written
 * @returns {Facts}
 */
export function factsBack({ kind, row, removed, fields }, written) {
  if (!removed) return Object.fromEntries(fields.map(({ field, before }) => [field, asFact(kind, field, before ?? "")]));
  const last = new Map(written.filter((one) => one.row === row && one.field !== REMOVED).map((one) => [one.field, one.value]));
  return Object.fromEntries([...last].map(([field, value]) => [field, asFact(kind, field, value)]));
}

/** @param {string} kind @param {string} field @param {string} value @returns {Json} */
function asFact(kind, field, value) {
  if (field === "importance") return value === "" ? null : Number(value);
  if (field === "state") return value || (FIRST_STATES[kind] ?? "");
  return value === "" && (field === "side" || field === "by_when") ? null : value;
}

/** @param {Json} value */
function asText(value) {
  return value === null ? "" : String(value);
}
