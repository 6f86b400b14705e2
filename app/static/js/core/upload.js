import { PIECE } from "./filebox.js";
import { waitingFiles } from "./outbox.js";
import { KEPT_MS } from "./store.js";

/**
 * @import {FileReply, FileState, Net, Trouble} from "./net.js"
 * @import {Replica} from "./replica.js"
 * @import {Store} from "./store.js"
 * @import {FileNote} from "./types.js"
 */

const TRIES = 3;
const HELD = "This file could not be sent. It stays on this phone and is tried again at the next start.";

/**
 * Sends files piece by piece, oldest first, each after the operation that announced it.
 */
export class Uploads {
  #store;
  #replica;
  #net;
  #clock;
  /** @type {Map<string, number>} how far the server is with a file that is under way */
  #have = new Map();
  /** @type {Map<string, number>} */
  #failures = new Map();

  /**
   * @param {object} parts
   * @param {Store} parts.store
   * @param {Replica} parts.replica
   * @param {Net} parts.net
   * @param {{now: () => number}} parts.clock
   */
  constructor({ store, replica, net, clock }) {
    this.#store = store;
    this.#replica = replica;
    this.#net = net;
    this.#clock = clock;
  }

  /** @returns {FileNote[]} files whose operation has been carried out but whose bytes are not there yet */
  waiting() {
    return waitingFiles(this.#replica.outbox(), this.#store.files());
  }

  /** @returns {string | null} the next file with something to send */
  next() {
    return this.#nextNote()?.sha256 ?? null;
  }

  /**
   * One request for the next file.
   * @returns {Promise<Trouble | {kind: "ok"}>}
   */
  async step() {
    const note = this.#nextNote();
    if (!note) return { kind: "ok" };
    const have = this.#have.get(note.sha256);
    const name = { person: note.stream.slice(note.stream.indexOf(":") + 1), sha256: note.sha256 };
    const reply = have === undefined ? await this.#net.fileState(name) : await this.#put(note, name, have);
    return this.#follow(note, reply);
  }

  #nextNote() {
    return this.waiting().find((note) => (this.#failures.get(note.sha256) ?? 0) < TRIES);
  }

  /**
   * @param {FileNote} note
   * @param {{person: string, sha256: string}} name
   * @param {number} offset
   * @returns {Promise<FileReply>}
   */
  async #put(note, name, offset) {
    const bytes = await this.#store.filePiece(note.sha256, Math.floor(offset / PIECE));
    if (!bytes) return { kind: "missing", sentence: HELD };
    return this.#net.putPiece({ ...name, offset, size: note.size, bytes: bytes.subarray(offset % PIECE) });
  }

  /**
   * @param {FileNote} note
   * @param {FileReply} reply
   * @returns {Promise<Trouble | {kind: "ok"}>}
   */
  async #follow({ sha256, size }, reply) {
    if (reply.kind === "ok" || reply.kind === "offset") {
      await this.#advance(sha256, size, reply.file);
      return { kind: "ok" };
    }
    this.#have.delete(sha256);
    if (reply.kind !== "mismatch" && reply.kind !== "missing") return reply;
    this.#failures.set(sha256, (this.#failures.get(sha256) ?? 0) + (reply.kind === "mismatch" ? 1 : TRIES));
    return { kind: "ok" };
  }

  /**
   * @param {string} sha256
   * @param {number} size
   * @param {FileState} file
   */
  async #advance(sha256, size, file) {
    const whole = file.state === "received" || file.state === "ready";
    const before = this.#have.get(sha256);
    if (whole || file.state === "refused") this.#have.delete(sha256);
    if (whole) await this.#store.fileDone(sha256);
    else if (file.state === "refused") await this.#store.fileKept(sha256, file.sentence ?? HELD, this.#clock.now() + KEPT_MS);
    else if ((file.have >= size && size > 0) || file.have === before) this.#stall(sha256);
    else this.#have.set(sha256, file.have);
  }

  /** @param {string} sha256  the server did not move on: look again, but not for ever */
  #stall(sha256) {
    this.#have.delete(sha256);
    this.#failures.set(sha256, (this.#failures.get(sha256) ?? 0) + 1);
  }
}
