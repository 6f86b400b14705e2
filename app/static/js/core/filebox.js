/**
 * Files of the store: photos that wait to be sent, and pictures kept for looking at without a connection.
 * Bytes lie sealed in pieces of 1 MB, beside a sealed note.
 * @import {Records, Write} from "./records.js"
 * @import {FileNote, FileState, QueuedFile} from "./types.js"
 */

export const PIECE = 1_048_576;
const PICTURES_MAX = 60 * PIECE;

/** @typedef {{key: IDBValidKey, note: FileNote}} Shelved */

export class FileBox {
  /** @type {Records} */
  #records;
  /** @type {Map<string, Shelved>} */
  #notes = new Map();
  #order = 0;

  /** @param {Records} records */
  constructor(records) {
    this.#records = records;
  }

  /**
   * Takes over what was read from the store.
   * @param {{key: IDBValidKey, payload: {[name: string]: unknown}}[]} opened
   */
  adopt(opened) {
    this.#notes = new Map();
    for (const { key, payload } of opened) this.#keep(key, /** @type {FileNote} */ (payload["note"]));
  }

  /** @returns {FileNote[]} in the order in which they were queued */
  list() {
    return [...this.#notes.values()].map(({ note }) => note).sort((a, b) => a.since - b.since);
  }

  /**
   * @param {string} sha256
   * @returns {FileNote | null}
   */
  note(sha256) {
    return this.#notes.get(sha256)?.note ?? null;
  }

  /**
   * The writes that put a file into the store, and how to remember it once they are done. A file that is there
   * already is only set to wait again.
   * @param {QueuedFile} file
   * @param {FileState} [state]
   * @returns {Promise<{writes: Write[], done: () => void}>}
   */
  async shelve(file, state = "waiting") {
    const before = this.#notes.get(file.sha256);
    if (before?.note.state === "waiting") return { writes: [], done: () => {} };
    const pieces = await Promise.all(cut(file.bytes).map((bytes) => this.#records.putBytes(bytes)));
    const { sha256, stream, announce, type, name } = file;
    const since = this.#order + 1;
    this.#order = since;
    const kept = { sha256, stream, announce, type, name, since, size: file.bytes.length, state, until: null, sentence: null };
    const note = { ...kept, pieces: pieces.map((piece) => piece.key) };
    const write = await this.#records.put("files", { note }, before?.key);
    const old = before ? this.#deletePieces(before.note) : [];
    return { writes: [...old, ...pieces, write], done: () => this.#keep(write.key, note) };
  }

  /**
   * @param {string} sha256
   * @param {number} index  of the piece
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
   */
  async piece(sha256, index) {
    const key = this.#notes.get(sha256)?.note.pieces[index];
    return key === undefined ? null : this.#records.bytes(key);
  }

  /**
   * @param {string} sha256
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
   */
  async bytes(sha256) {
    const note = this.note(sha256);
    if (!note) return null;
    const whole = new Uint8Array(note.size);
    for (const index of note.pieces.keys()) {
      const part = await this.piece(sha256, index);
      if (!part) return null;
      whole.set(part, index * PIECE);
    }
    return whole;
  }

  /**
   * @param {string} sha256
   * @param {Pick<FileNote, "state"> & Partial<Pick<FileNote, "until" | "sentence">>} change
   * @returns {Promise<{writes: Write[], done: () => void}>}
   */
  async change(sha256, change) {
    const shelved = this.#notes.get(sha256);
    if (!shelved) return { writes: [], done: () => {} };
    const note = { ...shelved.note, ...change };
    return { writes: [await this.#records.put("files", { note }, shelved.key)], done: () => this.#keep(shelved.key, note) };
  }

  /**
   * @param {string[]} names
   * @returns {{writes: Write[], done: () => void}}
   */
  drop(names) {
    const gone = names.flatMap((name) => this.#notes.get(name) ?? []);
    const writes = gone.flatMap(({ key, note }) => [{ table: "files", key }, ...this.#deletePieces(note)]);
    return { writes, done: () => names.forEach((name) => this.#notes.delete(name)) };
  }

  /**
   * Names that may go when space is needed: nothing that waits to be sent or that its author may still copy.
   * @param {number} [most]  bytes of pictures that may stay
   * @returns {string[]}
   */
  spare(most = PICTURES_MAX) {
    const pictures = this.list().filter((note) => note.state === "sent" || note.state === "picture").reverse();
    let sum = 0;
    return pictures.filter((note) => (sum += note.size) > most).map((note) => note.sha256);
  }

  /**
   * @param {FileNote} note
   * @returns {Write[]}
   */
  #deletePieces(note) {
    return note.pieces.map((key) => ({ table: "pieces", key }));
  }

  /**
   * @param {IDBValidKey} key
   * @param {FileNote} note
   */
  #keep(key, note) {
    this.#notes.set(note.sha256, { key, note });
    this.#order = Math.max(this.#order, note.since);
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Uint8Array<ArrayBuffer>[]}
 */
function cut(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length || at === 0; at += PIECE) parts.push(bytes.subarray(at, at + PIECE));
  return parts;
}
