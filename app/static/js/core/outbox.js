/**
 * The outbox: what is sent next, and what an answer means for it. It touches nothing of the browser.
 * @import {Answer, Cursor, FileNote, Kept, Mark, Op, OutboxItem, WireResult} from "./types.js"
 */

export const SCHEMA = 1;
export const MAX_OPS = 200;
export const MAX_BYTES = 1_500_000;
export const ANNOUNCE = "file.announce";

const GONE = "You can no longer see this, so it was not sent. You can copy your words for 7 days.";
const NO_REASON = "This was not carried out. You can copy your words for 7 days.";
const encoder = new TextEncoder();

/**
 * @param {OutboxItem[]} items
 * @returns {OutboxItem[]} what the server has not confirmed, in order
 */
export function unsent(items) {
  return items.filter((item) => item.done === null);
}

/**
 * The next operations to send: first in, first out, within the limits of one exchange. One too big alone goes alone.
 * @param {OutboxItem[]} items  in order
 * @param {{held?: ReadonlySet<string>, limit?: number}} [how]  `held`: ids that wait for the next start
 * @returns {Op[]}
 */
export function nextBatch(items, { held = new Set(), limit = MAX_OPS } = {}) {
  /** @type {Op[]} */
  const batch = [];
  let bytes = 0;
  for (const { op, done } of items) {
    if (done !== null || held.has(op.id)) continue;
    bytes += encoder.encode(JSON.stringify(op)).length + 1;
    if (batch.length > 0 && (bytes > MAX_BYTES || batch.length >= limit)) break;
    batch.push(op);
  }
  return batch;
}

/**
 * What a person counts as waiting: operations, but not the announcement of a file apart from what it belongs to.
 * @param {OutboxItem[]} items
 * @returns {number}
 */
export function waitingCount(items) {
  return counted(unsent(items)).length;
}

/**
 * What people count as one thing each: a photo counts by itself only while no line that waits here uses it.
 * @param {OutboxItem[]} items
 * @returns {OutboxItem[]}
 */
export function counted(items) {
  const used = new Set(items.flatMap(({ op }) => (Array.isArray(op.facts["files"]) ? op.facts["files"] : [])));
  return items.filter(({ op }) => op.act !== ANNOUNCE && !(op.act === "receipt.read" && used.has(op.facts["sha256"] ?? null)));
}

/**
 * Files whose operation has been carried out but whose bytes are not there yet.
 * @param {ReadonlyArray<OutboxItem>} items
 * @param {FileNote[]} files
 * @returns {FileNote[]}
 */
export function waitingFiles(items, files) {
  const announced = new Set(items.flatMap(({ op, done }) => (done ? [] : op.id)));
  return files.filter((note) => note.state === "waiting" && !announced.has(note.announce));
}

/**
 * @typedef {object} Outcome
 * @property {OutboxItem[]} items  the outbox afterwards
 * @property {Mark[]} marked
 * @property {string[]} dropped
 * @property {Kept[]} kept
 * @property {string[]} later  ids to hold until the next start
 */

/**
 * What an answer makes of the outbox.
 * @param {OutboxItem[]} items
 * @param {object} news
 * @param {WireResult[]} news.results
 * @param {ReadonlySet<string>} news.gone  streams that are no longer granted
 * @param {ReadonlySet<string>} news.rebuilt  streams that were reset by this answer
 * @param {ReadonlyMap<string, Cursor>} news.cursors  as they will be stored together with this
 * @param {boolean} news.complete  the phone then has everything that it may see
 * @param {number} news.at  phone's time in ms
 * @returns {Outcome}
 */
export function settle(items, { results, gone, rebuilt, cursors, complete, at }) {
  const byId = new Map(results.map((result) => [result.id, result]));
  /** @type {Outcome} */
  const outcome = { items: [], marked: [], dropped: [], kept: [], later: [] };
  for (const item of items) {
    const result = byId.get(item.op.id);
    const fate = fateOf(item, result, gone, at);
    if (fate.kept) outcome.kept.push(fate.kept);
    if (fate.later) outcome.later.push(item.op.id);
    const done = stillDone(fate.done, { gone, rebuilt, cursors, complete });
    if (fate.kept || done === "arrived") outcome.dropped.push(item.op.id);
    else remain(outcome, item, done);
  }
  return outcome;
}

/**
 * @param {OutboxItem} item
 * @param {WireResult | undefined} result
 * @param {ReadonlySet<string>} gone
 * @param {number} at
 * @returns {{done: OutboxItem["done"], kept: Kept | null, later: boolean}}
 */
function fateOf(item, result, gone, at) {
  const { op } = item;
  if (result?.status === "done" || result?.status === "conflict") {
    return { done: { stream: result.stream ?? op.stream, seq: result.seq ?? 0 }, kept: null, later: false };
  }
  if (result?.status === "refused") {
    const { code = "refused", sentence = NO_REASON } = result;
    return { done: null, kept: { id: op.id, op, code, sentence, at }, later: false };
  }
  if (item.done === null && gone.has(op.stream)) {
    return { done: null, kept: { id: op.id, op, code: "gone", sentence: GONE, at }, later: false };
  }
  return { done: item.done, kept: null, later: result !== undefined };
}

/**
 * Whether the rows of a carried out operation are here ("arrived"), are still to come, or whether it must be sent
 * again: a server restored from a backup has not reached the number that it once gave.
 * @param {OutboxItem["done"]} done
 * @param {{gone: ReadonlySet<string>, rebuilt: ReadonlySet<string>, cursors: ReadonlyMap<string, Cursor>, complete: boolean}} news
 * @returns {OutboxItem["done"] | "arrived"}
 */
function stillDone(done, { gone, rebuilt, cursors, complete }) {
  if (done === null) return null;
  const cursor = cursors.get(done.stream);
  if (gone.has(done.stream) || (!cursor && complete)) return "arrived";
  if (cursor && cursor.seq >= done.seq) return "arrived";
  return rebuilt.has(done.stream) ? null : done;
}

/**
 * @param {Outcome} outcome
 * @param {OutboxItem} item
 * @param {OutboxItem["done"]} done
 */
function remain(outcome, item, done) {
  const same = item.done?.seq === done?.seq && item.done?.stream === done?.stream;
  outcome.items.push(same ? item : { ...item, done });
  if (!same) outcome.marked.push({ id: item.op.id, done, aside: item.aside });
}

/**
 * Whether an answer fits the operations that were sent.
 * @param {Answer} answer
 * @param {Op[]} ops
 * @returns {boolean}
 */
export function fits(answer, ops) {
  return answer.results.length === ops.length && answer.results.every((result, at) => result.id === ops[at]?.id);
}

/** What waits on this phone, in memory: the outbox and the kept words, with what screens ask of them. */
export class Waiting {
  /** @type {OutboxItem[]} */
  items = [];
  /** @type {Kept[]} */
  kept = [];
  /** @type {Map<string, string>} the newest operation of each row */
  #latest = new Map();
  /** @type {Map<string, "saved" | "refused"> | null} */
  #statuses = null;

  /**
   * @param {OutboxItem[]} items
   * @param {Kept[]} [kept]
   */
  adopt(items, kept = this.kept) {
    this.items = items;
    this.kept = kept;
    this.#latest = new Map(items.map(({ op }) => [`${op.stream} ${op.row}`, op.id]));
    this.#statuses = null;
  }

  /** @param {OutboxItem[]} items */
  add(items) {
    this.items.push(...items);
    for (const { op } of items) this.#latest.set(`${op.stream} ${op.row}`, op.id);
    this.#statuses = null;
  }

  /**
   * @param {string} stream
   * @param {string} row
   * @returns {string | undefined} the id of the newest operation on that row
   */
  latest(stream, row) {
    return this.#latest.get(`${stream} ${row}`);
  }

  /**
   * @param {string} row
   * @returns {"sent" | "saved" | "refused"}
   */
  status(row) {
    this.#statuses ??= this.#count();
    return this.#statuses.get(row) ?? "sent";
  }

  /** @returns {Map<string, "saved" | "refused">} */
  #count() {
    /** @type {Map<string, "saved" | "refused">} */
    const statuses = new Map(this.kept.map(({ op }) => [op.row, "refused"]));
    for (const { op, done, aside } of this.items) {
      if (done === null) statuses.set(op.row, aside === null ? "saved" : "refused");
    }
    return statuses;
  }
}
