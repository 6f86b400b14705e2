import { Composer } from "./compose.js";
import { Inbox } from "./inbox.js";
import { Waiting, settle } from "./outbox.js";
import { KEPT_MS, StoreError } from "./store.js";
import { Tables } from "./tables.js";

/**
 * @import {Store} from "./store.js"
 * @import {ActRequest} from "./compose.js"
 * @import {Acts, Answer, Base, Change, Cursor, Json, Kept, Loaded, Op, OutboxItem, QueuedFile} from "./types.js"
 * @import {Refreshed, Row, StreamChange} from "./types.js"
 * @import {Outcome} from "./outbox.js"
 */

const CONTACT_MS = 300_000;

/**
 * Opens the rows in memory over a store.
 * @param {object} parts
 * @param {Store} parts.store
 * @param {Acts} parts.acts  how each act shows on the screen until its rows are here
 * @param {{now: () => number}} parts.clock  ms; for display and for the 7 days of kept words, nothing else
 * @param {() => string} parts.ids  makes UUIDs
 * @param {Pick<Crypto, "subtle">} parts.crypto
 * @param {(stream: string, replica: Replica) => Json | undefined} [parts.summarise]  what a start paints first
 * @returns {Promise<Replica>}
 */
export async function openReplica(parts) {
  const replica = new Replica(parts);
  await replica.open();
  return replica;
}

export class Replica {
  #store;
  #acts;
  #clock;
  #composer;
  #summarise;
  #tables;
  #inbox = new Inbox();
  /** @type {Map<string, {cursor: Cursor, known: boolean}>} */
  #heads = new Map();
  #waiting = new Waiting();
  /** @type {string | null} */
  #contact = null;
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {Parameters<typeof openReplica>[0]} parts */
  constructor({ store, acts, clock, ids, crypto, summarise = () => undefined }) {
    this.#store = store;
    this.#acts = acts;
    this.#clock = clock;
    this.#composer = new Composer({ clock, ids, crypto, saw: (stream, row) => this.saw(stream, row) });
    this.#summarise = summarise;
    this.#tables = new Tables(acts);
  }

  /** Loads the store, forgets kept words after their 7 days, and listens to other tabs. */
  async open() {
    const now = this.#clock.now();
    await this.#load();
    const over = this.#waiting.kept.filter((words) => words.at + KEPT_MS < now).map((words) => words.id);
    if (over.length) await this.discard(over);
    await this.#store.forgetFiles(now);
    this.#store.listen(() => void this.refresh().catch(postponed));
  }

  /**
   * The rows of one kind, as this phone shows them. The map is live: read it again after a change.
   * @param {string} stream
   * @param {string} kind
   * @returns {ReadonlyMap<string, Row>}
   */
  rows(stream, kind) {
    return this.#tables.rows(stream, kind);
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @param {string} id
   * @returns {Row | undefined}
   */
  row(stream, kind, id) {
    return this.#tables.rows(stream, kind).get(id);
  }

  /** @returns {string[]} */
  streams() {
    return [...this.#heads.keys()];
  }

  /**
   * @param {string} stream
   * @returns {boolean} false while its rows have never been here whole: what they sum to is unknown, not 0
   */
  known(stream) {
    return this.#heads.get(stream)?.known ?? false;
  }

  /**
   * @param {string} stream
   * @returns {string | null} the server's time when this phone last had everything of it
   */
  asOf(stream) {
    return this.known(stream) ? this.#contact : null;
  }

  /** @returns {string | null} the server's time when this phone last had everything */
  contact() {
    return this.#contact;
  }

  /** @returns {ReadonlyArray<OutboxItem>} in the order in which they were made */
  outbox() {
    return this.#waiting.items;
  }

  /** @returns {ReadonlyArray<Kept>} words that could not be sent, to be copied within 7 days */
  kept() {
    return this.#waiting.kept;
  }

  /**
   * @param {string} row
   * @returns {"sent" | "saved" | "refused"}
   */
  status(row) {
    return this.#waiting.status(this.#tables.maker(row));
  }

  /**
   * @param {(change: Change) => void} listener
   * @returns {() => void} stops listening
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Makes one operation. When it returns, the operation and its files are safe on this phone and shown.
   * @param {ActRequest} request
   * @returns {Promise<string>} the operation's id
   * @throws {import("./text.js").TextError} a text that can't be kept
   * @throws {StoreError} full: nothing was saved
   */
  async act(request) {
    const [id] = await this.acts([request]);
    return /** @type {string} */ (id);
  }

  /**
   * Makes several operations: all are saved or none.
   * @param {ActRequest[]} requests
   * @returns {Promise<string[]>}
   */
  acts(requests) {
    return this.#turn(async () => {
      const { ops, files, ids } = await this.#composer.compose(requests);
      await this.#queue(ops, files);
      return ids;
    });
  }

  /** @returns {{[stream: string]: Cursor}} how far each stream is here */
  cursors() {
    const here = [...this.#heads].map(([stream, { cursor }]) => /** @type {[string, Cursor]} */ ([stream, cursor]));
    return Object.fromEntries([...here, ...this.#inbox.cursors()]);
  }

  /**
   * Takes in an answer of the server: rows, cursors, outbox and kept words change in one transaction.
   * @param {Answer} answer
   * @returns {Promise<Outcome>}
   */
  receive(answer) {
    return this.#turn(async () => {
      const changes = this.#collect(answer);
      for (;;) {
        try {
          return await this.#takeIn(answer, changes);
        } catch (error) {
          await this.#load();
          if (!(error instanceof StoreError) || error.kind !== "stale") throw error;
        }
      }
    });
  }

  /**
   * Notes why an operation can't be sent, even alone. It stays in the outbox and is tried again at the next start.
   * @param {string} id
   * @param {string} sentence
   */
  setAside(id, sentence) {
    return this.#turn(async () => {
      const items = this.#waiting.items.map((item) => (item.op.id === id ? { ...item, aside: sentence } : item));
      await this.#store.applyAnswer({ marked: [{ id, done: null, aside: sentence }] });
      this.#waiting.adopt(items);
      this.tell(true);
    });
  }

  /**
   * Forgets kept words that their author has copied.
   * @param {string[]} ids
   */
  discard(ids) {
    return this.#turn(async () => {
      await this.#store.forgetKept(ids);
      this.#waiting.adopt(this.#waiting.items, this.#waiting.kept.filter((words) => !ids.includes(words.id)));
      this.tell(true);
    });
  }

  /** Takes in what other tabs changed. */
  refresh() {
    return this.#turn(async () => {
      const news = await this.#store.refresh();
      if (!news) return;
      this.#tables.strip();
      for (const stream of news.wiped) this.#tables.forget(stream);
      this.#adopt(news);
    });
  }

  async #load() {
    const loaded = await this.#store.load();
    const gone = this.#tables;
    this.#tables = new Tables(this.#acts);
    this.#tables.replaces(gone);
    this.#adopt(loaded);
  }

  /** @param {Loaded | Refreshed} news */
  #adopt({ streams, outbox, kept }) {
    for (const [stream, { rows, replaced }] of streams) this.#tables.receive(stream, rows, replaced);
    this.#heads = new Map([...streams].map(([stream, { cursor, known }]) => [stream, { cursor, known }]));
    this.#contact = this.#store.contact;
    this.#waiting.adopt(outbox, kept);
    for (const { op } of outbox) this.#tables.replay(op);
    this.tell(true);
  }

  /**
   * Shows the operations, saves them, and takes them off the view again if that fails.
   * @param {Op[]} ops
   * @param {QueuedFile[]} files
   */
  async #queue(ops, files) {
    for (const op of ops) this.#tables.replay(op);
    try {
      const items = await this.#store.queue(ops, files, this.#summaries());
      this.#waiting.add(items);
    } catch (error) {
      this.#tables.strip();
      for (const { op } of this.#waiting.items) this.#tables.replay(op);
      throw error;
    } finally {
      this.tell(true);
    }
  }

  /**
   * @param {Answer} answer
   * @returns {StreamChange[]} what to store now
   */
  #collect(answer) {
    for (const stream of answer.gone) this.#inbox.drop(stream);
    const taken = answer.changes.flatMap((change) => this.#inbox.take(change, this.#heads.get(change.stream)) ?? []);
    return answer.more ? taken : [...taken, ...this.#inbox.rest()];
  }

  /**
   * @param {Answer} answer
   * @param {StreamChange[]} changes
   * @returns {Promise<Outcome>}
   */
  async #takeIn(answer, changes) {
    const before = this.#heads;
    const heads = this.#headsAfter(answer, changes);
    const outcome = this.#settle(answer, changes, heads);
    const gone = answer.gone.filter((stream) => this.#heads.has(stream) || this.#waiting.items.some(({ op }) => op.stream === stream));
    const contact = answer.more ? null : answer.time;
    const { marked, dropped, kept, items } = outcome;
    this.#heads = heads;
    if (changes.length + gone.length + marked.length + dropped.length > 0 || isOld(this.#store.contact, contact)) {
      this.#show(changes, gone, items);
      const all = { changes, wiped: gone, marked, dropped, kept, contact };
      await this.#store.applyAnswer(all, { at: this.#clock.now(), summaries: this.#summaries() });
      this.#waiting.adopt(items, [...this.#waiting.kept, ...kept]);
    }
    this.#contact = contact ?? this.#contact;
    const outboxToo = marked.length + dropped.length > 0;
    if (outboxToo || !answer.more || changes.some(({ stream, known }) => known || !before.has(stream))) this.tell(outboxToo);
    return outcome;
  }

  /**
   * @param {Answer} answer
   * @param {StreamChange[]} changes
   */
  #headsAfter(answer, changes) {
    const heads = new Map(this.#heads);
    for (const { stream, cursor, known } of changes) {
      heads.set(stream, { cursor, known: known || (heads.get(stream)?.known ?? false) });
    }
    for (const stream of answer.gone) heads.delete(stream);
    return heads;
  }

  /**
   * @param {Answer} answer
   * @param {StreamChange[]} changes
   * @param {ReadonlyMap<string, {cursor: Cursor}>} heads
   * @returns {Outcome}
   */
  #settle(answer, changes, heads) {
    const settled = [...heads].filter(([stream]) => !this.#inbox.isResetting(stream));
    return settle(this.#waiting.items, {
      results: answer.results,
      gone: new Set(answer.gone),
      rebuilt: new Set(changes.filter(({ replace }) => replace).map(({ stream }) => stream)),
      cursors: new Map(settled.map(([stream, { cursor }]) => [stream, cursor])),
      complete: !answer.more,
      at: this.#clock.now(),
    });
  }

  /**
   * @param {StreamChange[]} changes
   * @param {string[]} gone
   * @param {OutboxItem[]} items
   */
  #show(changes, gone, items) {
    this.#tables.strip();
    for (const stream of gone) this.#tables.forget(stream);
    for (const { stream, rows, replace } of changes) this.#tables.receive(stream, rows, replace);
    for (const { op } of items) this.#tables.replay(op);
  }

  /**
   * What this phone shows of a row: the base of what is written over it.
   * @param {string} stream
   * @param {string} row
   * @returns {Base}
   */
  saw(stream, row) {
    const op = this.#waiting.latest(stream, row);
    if (op) return { op };
    const rev = this.#tables.rev(stream, row);
    return rev === null ? null : { rev };
  }

  /** @returns {Map<string, Json>} of the streams that look different now */
  #summaries() {
    const summaries = new Map();
    for (const stream of this.#tables.changedStreams()) {
      const summary = this.known(stream) ? this.#summarise(stream, this) : undefined;
      if (summary !== undefined) summaries.set(stream, summary);
    }
    return summaries;
  }

  /** @param {boolean} [outbox]  also tells what was kept back while the pages of a stream came in */
  tell(outbox = false) {
    const change = { keys: this.#tables.takeChanged(), outbox };
    if (change.keys.size > 0 || outbox) for (const listener of this.#listeners) listener(change);
  }

  /**
   * One change at a time.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #turn(work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/**
 * Whether the time of the last contact is worth writing down by itself. Both are the server's.
 * @param {string | null} stored
 * @param {string | null} now
 * @returns {boolean}
 */
function isOld(stored, now) {
  return now !== null && (stored === null || Date.parse(now) - Date.parse(stored) > CONTACT_MS);
}

/** What fails while listening fails again, with a sentence, when something is saved. */
function postponed() {}
