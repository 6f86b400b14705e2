import { MAX_OPS, SCHEMA, fits, nextBatch, waitingCount } from "./outbox.js";
import { StoreError } from "./store.js";
import { Uploads } from "./upload.js";

/**
 * @import {Net, Reply, Trouble} from "./net.js"
 * @import {Replica} from "./replica.js"
 * @import {Store} from "./store.js"
 * @import {Answer, Cursor, Locks, Op, Timers} from "./types.js"
 */

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;
const FOREGROUND_MS = 60_000;
const ROUNDS = 10_000;

/** @typedef {"idle" | "sending" | "waiting" | "signin" | "update" | "other_account" | "offline" | "full"} Phase */
/**
 * `waiting`: what a person still has to see sent. `lastContact`: the server's time as ISO text.
 * @typedef {{phase: Phase, waiting: number, lastContact: string | null, sentence: string | null}} SyncStatus
 */
/** @typedef {{[stream: string]: Cursor}} Cursors */
/** @typedef {{cursors: Cursors, ops: Op[], reply: Promise<Reply>}} Asked  an exchange under way; `reply` never fails */
/** A page of news, and the cursors that it was asked for with. @typedef {{cursors: Cursors, reply: Promise<Reply>}} Page */
/** @typedef {"start" | "online" | "visible" | "timer" | "write" | "background" | "tap" | "signin"} Reason */

/**
 * @typedef {object} SyncParts
 * @property {Replica} replica
 * @property {Store} store
 * @property {Net} net
 * @property {Locks} locks
 * @property {{now: () => number}} clock
 * @property {() => number} random  0 to 1
 * @property {Timers} timers
 * @property {number} [schema]
 * @property {Page[]} [pages]  asked for already, in the order in which they will be due
 */

/**
 * @param {SyncParts} parts
 * @returns {Sync}
 */
export function createSync(parts) {
  return new Sync(parts);
}

/**
 * Sends the outbox and fetches news, in one tab at a time. It never believes that there is or is no connection: it
 * tries, and after a failure it waits longer each time.
 */
export class Sync {
  #parts;
  #uploads;
  #schema;
  #limit = MAX_OPS;
  /** @type {Set<string>} operations that wait for the next start */
  #held = new Set();
  #failures = 0;
  /** No request for so many ms, whatever the reason (a server's Retry-After). Counted by the timer, never by a clock. */
  #pauseMs = 0;
  #stopped = false;
  #again = false;
  /** @type {Promise<void> | null} */
  #running = null;
  /** The next exchanges: one is asked for while the one before is stored. @type {Asked[]} */
  #ahead;
  /** @type {unknown} */
  #timer = null;
  /** @type {Phase} */
  #phase = "idle";
  /** @type {string | null} */
  #sentence = null;
  /** @type {Set<(status: SyncStatus) => void>} */
  #listeners = new Set();

  /** @param {SyncParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#schema = parts.schema ?? SCHEMA;
    this.#ahead = (parts.pages ?? []).map((page) => ({ ops: [], ...page }));
    this.#uploads = new Uploads(parts);
    parts.replica.subscribe((change) => change.outbox && this.#tell());
  }

  /** @returns {SyncStatus} */
  status() {
    const { replica } = this.#parts;
    const waiting = waitingCount([...replica.outbox()]) + this.#uploads.waiting().length;
    return { phase: this.#phase, waiting, lastContact: replica.contact(), sentence: this.#sentenceFor(waiting) };
  }

  /**
   * @param {(status: SyncStatus) => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Asks for an exchange. Resolves when this tab has nothing more to do for now.
   * @param {Reason} reason
   * @returns {Promise<void>}
   */
  async kick(reason) {
    if (this.#stopped || !this.#mayTry(reason)) return;
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => (this.#running = null));
    await this.#running;
  }

  /** No more exchanges; one under way ends by itself. */
  stop() {
    this.#stopped = true;
    this.#parts.timers.clear(this.#timer);
  }

  /** After a stop that was for nothing. */
  goOn() {
    this.#stopped = false;
    void this.kick("start");
  }

  /**
   * @param {Reason} reason
   * @returns {boolean}
   */
  #mayTry(reason) {
    if (this.#phase === "update" || this.#pauseMs > 0) return false;
    const locked = this.#phase === "signin" || this.#phase === "other_account";
    return !(locked && (reason === "timer" || reason === "write"));
  }

  async #run() {
    const { locks, store, timers } = this.#parts;
    timers.clear(this.#timer);
    do {
      this.#again = false;
      await locks.request(`inhand-sync-${store.account}`, () => this.#drain()).catch((error) => this.#broken(error));
      this.#ahead = [];
    } while (this.#again && this.#phase === "idle" && !this.#stopped);
    if (!this.#stopped) this.#timer = timers.set(() => this.#wake(), this.#pause());
  }

  #wake() {
    this.#pauseMs = 0;
    void this.kick("timer");
  }

  async #drain() {
    const { replica, store } = this.#parts;
    await replica.refresh();
    this.#enter("sending", null);
    for (let round = 0; round < ROUNDS && this.#phase === "sending" && !this.#stopped; round += 1) {
      if (!(await this.#round())) break;
    }
    replica.tell();
    if (this.#phase === "sending") this.#enter("idle", null);
    if (this.#phase === "idle") await store.compact().catch(postponed);
  }

  /**
   * Operations and news first; then one request of a file, before it looks at operations again.
   * @returns {Promise<boolean>} whether there is more to do
   */
  async #round() {
    const more = await this.#exchange();
    if (this.#phase !== "sending" || more) return this.#phase === "sending";
    let sent = false;
    while (this.#uploads.next() !== null && this.#phase === "sending" && this.#batch().length === 0) {
      const reply = await this.#uploads.step();
      sent = true;
      if (reply.kind !== "ok") this.#trouble(reply, []);
    }
    return sent || this.#batch().length > 0;
  }

  /** @returns {Promise<boolean>} whether another exchange is due at once */
  async #exchange() {
    const { ops, reply: coming } = this.#asked();
    const reply = await coming;
    if (reply.kind === "ok" && fits(reply.answer, ops)) return this.#answered(reply.answer);
    return this.#trouble(reply.kind === "ok" ? { kind: "retry", sentence: null } : reply, ops);
  }

  /** @returns {Asked} what was asked for ahead, where it is still what to ask for */
  #asked() {
    const [ahead, cursors, ops] = [this.#ahead.shift(), this.#parts.replica.cursors(), this.#batch()];
    if (ahead && areSame(ahead.cursors, cursors) && (ahead.ops.length > 0 || ops.length === 0)) return ahead;
    this.#ahead = [];
    return this.#ask(ops, cursors);
  }

  /**
   * @param {Op[]} ops
   * @param {Cursors} cursors
   * @returns {Asked}
   */
  #ask(ops, cursors) {
    const { account, device } = this.#parts.store;
    const body = { account, device, schema: this.#schema, ops, cursors };
    return { cursors, ops, reply: this.#parts.net.exchange(body).catch(() => ({ kind: "retry", sentence: null })) };
  }

  /**
   * Asks for the next exchange before this answer is stored, so that server and phone work at the same time. Where its
   * answer is thrown away, its operations go again and get the answers that they got.
   * @param {Answer} answer
   */
  #askAhead(answer) {
    const answered = new Set(answer.results.map(({ id }) => id));
    const ops = this.#batch(answered);
    if (this.#stopped || this.#ahead.length > 0 || (!answer.more && ops.length === 0)) return;
    const cursors = { ...this.#parts.replica.cursors() };
    for (const { stream, seq, epoch } of answer.changes) cursors[stream] = { seq, epoch };
    for (const stream of answer.gone) delete cursors[stream];
    this.#ahead = [this.#ask(ops, cursors)];
  }

  /**
   * @param {Answer} answer
   * @returns {Promise<boolean>}
   */
  async #answered(answer) {
    this.#askAhead(answer);
    const { later } = await this.#parts.replica.receive(answer);
    for (const id of later) this.#held.add(id);
    this.#failures = 0;
    this.#limit = Math.min(MAX_OPS, this.#limit * 2);
    return answer.more || this.#batch().length > 0;
  }

  /** @param {ReadonlySet<string>} [answered]  ids that go no more, besides those that wait for the next start */
  #batch(answered = new Set()) {
    const held = answered.size > 0 ? new Set([...this.#held, ...answered]) : this.#held;
    return nextBatch([...this.#parts.replica.outbox()], { held, limit: this.#limit });
  }

  /**
   * @param {Trouble} reply
   * @param {Op[]} ops  that were in the exchange
   * @returns {Promise<boolean> | boolean} whether to go on at once
   */
  #trouble(reply, ops) {
    if (reply.kind === "malformed" && ops.length > 0) return this.#halve(ops, reply.sentence);
    if (reply.kind === "wait") this.#waitFor(reply.seconds, reply.sentence);
    else if (reply.kind === "retry" || reply.kind === "malformed") this.#fail("offline", null);
    else this.#enter(reply.kind, reply.sentence);
    return false;
  }

  /**
   * @param {Op[]} ops
   * @param {string | null} sentence
   * @returns {Promise<boolean>}
   */
  async #halve(ops, sentence) {
    const [first] = ops;
    if (ops.length === 1 && first) {
      this.#held.add(first.id);
      await this.#parts.replica.setAside(first.id, sentence ?? "The service could not read this.");
    }
    this.#limit = Math.max(1, Math.floor(ops.length / 2));
    return true;
  }

  /**
   * @param {number} seconds
   * @param {string | null} sentence
   */
  #waitFor(seconds, sentence) {
    const ms = Math.max(1, seconds) * 1000;
    this.#pauseMs = ms + this.#parts.random() * Math.max(1000, ms / 4);
    this.#enter("waiting", sentence);
  }

  /** @param {unknown} error */
  #broken(error) {
    const full = error instanceof StoreError && error.kind === "full";
    this.#fail(full ? "full" : "offline", error instanceof StoreError ? error.sentence : null);
  }

  /**
   * @param {"offline" | "full"} phase
   * @param {string | null} sentence
   */
  #fail(phase, sentence) {
    this.#failures += 1;
    this.#enter(phase, sentence);
  }

  /** @returns {number} ms until the timer tries again */
  #pause() {
    if (this.#pauseMs > 0) return this.#pauseMs;
    if (this.#failures === 0) return FOREGROUND_MS;
    const most = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    return most / 2 + (this.#parts.random() * most) / 2;
  }

  /**
   * @param {Phase} phase
   * @param {string | null} sentence
   */
  #enter(phase, sentence) {
    this.#phase = phase;
    this.#sentence = sentence;
    this.#tell();
  }

  #tell() {
    if (this.#listeners.size === 0) return;
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }

  /**
   * @param {number} waiting
   * @returns {string | null}
   */
  #sentenceFor(waiting) {
    if (this.#phase === "signin") return waiting ? `Sign in to send ${items(waiting)}.` : "Sign in to see news.";
    if (this.#sentence !== null) return this.#sentence;
    if (this.#phase === "update") return `Update the app to send ${items(waiting)}.`;
    if (this.#phase === "other_account") return "Another account is signed in. Nothing was sent.";
    const waits = this.#phase === "offline" || this.#phase === "waiting";
    return waits && waiting ? `Saved on this phone: ${items(waiting)}. ${waiting === 1 ? "It goes as soon as it can." : "They go as soon as they can."}` : null;
  }
}

/**
 * @param {number} count
 * @returns {string}
 */
function items(count) {
  return count === 1 ? "1 item" : `${count} items`;
}

/**
 * @param {Cursors} one
 * @param {Cursors} other
 * @returns {boolean}
 */
function areSame(one, other) {
  const streams = Object.keys(one);
  const same = (/** @type {string} */ stream) => one[stream]?.seq === other[stream]?.seq && one[stream]?.epoch === other[stream]?.epoch;
  return streams.length === Object.keys(other).length && streams.every(same);
}

/** A compaction that found no room or no time loses nothing: the next one does it. */
function postponed() {}
