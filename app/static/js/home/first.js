/**
 * The first sight on a phone that holds nothing yet: what is left is summed up from the server's pages as they come,
 * before anything is stored. The pages then go to the sync, which stores them; nothing is asked for twice.
 */
import { SCHEMA } from "../core/outbox.js";
import { summariseStream } from "./summary.js";
import { glanceOf } from "./seen.js";

/**
 * @import {Net, Reply} from "../core/net.js"
 * @import {Answer, Cursor, Json, Row, Timers, WireChange} from "../core/types.js"
 * @import {Seen} from "./seen.js"
 */

/** @typedef {Parameters<typeof glanceOf>[1]} Facts */
/** @typedef {{cursors: {[stream: string]: Cursor}, reply: Promise<Reply>}} Page  asked for with these cursors */
/** @typedef {{seen: Seen | null, pages: Page[]}} FirstSight  `seen` is null where the pages did not bring it in time */

const MOST_PAGES = 100;
const PATIENCE_MS = 20_000;

/**
 * @param {object} parts
 * @param {Pick<Net, "exchange">} parts.net
 * @param {Timers} parts.timers
 * @param {string} parts.device
 * @param {Facts} parts.facts
 * @returns {Promise<FirstSight>}
 */
export async function firstSight({ net, timers, device, facts }) {
  const rows = new FirstRows();
  const pages = /** @type {Page[]} */ ([]);
  while (pages.length < MOST_PAGES) {
    const cursors = rows.cursors();
    const reply = net.exchange({ account: facts.account, device, schema: SCHEMA, ops: [], cursors }).catch(nothing);
    pages.push({ cursors, reply });
    const got = await soon(reply, timers);
    if (got?.kind !== "ok") break;
    rows.take(got.answer, facts.today);
    const seen = glanceOf(rows.stored(got.answer.time), facts);
    if (seen || !got.answer.more) return { seen, pages };
  }
  return { seen: null, pages };
}

/**
 * @param {Promise<Reply>} reply
 * @param {Timers} timers
 * @returns {Promise<Reply | null>} null when it takes long
 */
function soon(reply, timers) {
  return new Promise((resolve) => {
    const timer = timers.set(() => resolve(null), PATIENCE_MS);
    void reply.then((got) => (timers.clear(timer), resolve(got)));
  });
}

/** @returns {Reply} */
function nothing() {
  return { kind: "retry", sentence: null };
}

/** Rows as they came, in memory alone. It answers what a summary asks of the replica. */
class FirstRows {
  /** @type {Map<string, {cursor: Cursor, known: boolean, kinds: Map<string, Map<string, Row>>}>} */
  #streams = new Map();
  /** @type {Map<string, Json>} */
  #summaries = new Map();

  /** @returns {{[stream: string]: Cursor}} */
  cursors() {
    return Object.fromEntries([...this.#streams].map(([stream, { cursor }]) => [stream, cursor]));
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @returns {ReadonlyMap<string, Row>}
   */
  rows(stream, kind) {
    return this.#streams.get(stream)?.kinds.get(kind) ?? new Map();
  }

  /** @param {string} stream */
  known(stream) {
    return this.#streams.get(stream)?.known ?? false;
  }

  /**
   * @param {Answer} answer
   * @param {string} today
   */
  take(answer, today) {
    for (const change of answer.changes) {
      this.#takeStream(change);
      const summary = change.more ? undefined : summariseStream(change.stream, this, today);
      if (summary !== undefined) this.#summaries.set(change.stream, summary);
    }
  }

  /**
   * The shape in which a store tells what it holds. A stream that is not here whole has no summary.
   * @param {string} contact  the server's time
   */
  stored(contact) {
    const known = new Set([...this.#streams.keys()].filter((stream) => this.known(stream)));
    return { contact, known, outbox: [], files: [], summaries: this.#summaries };
  }

  /** @param {WireChange} change */
  #takeStream({ stream, seq, epoch, more, reset, rows }) {
    const kinds = (reset ? null : this.#streams.get(stream)?.kinds) ?? new Map();
    for (const row of rows) {
      let table = kinds.get(row.kind);
      if (!table) kinds.set(row.kind, (table = new Map()));
      if (row.body) table.set(row.id, /** @type {Row} */ (row));
      else table.delete(row.id);
    }
    this.#streams.set(stream, { cursor: { seq, epoch }, known: !more, kinds });
  }
}
