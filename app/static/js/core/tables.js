/**
 * The rows in memory: one view per stream and kind, with this phone's own operations shown on top. Of each row that an
 * operation shaped, the server's version is kept underneath, so that a replay costs as much as there are operations.
 * @import {Act, Acts, Draft, Facts, Op, Row, StoredRow} from "./types.js"
 */

/** @typedef {{stream: string, kind: string, id: string, body: Facts | null}} DraftWrite */
/** @typedef {Map<string, Map<string, Row>>} Kinds */

/** @type {ReadonlyMap<string, Row>} */
const NO_ROWS = new Map();

export class Tables {
  #acts;
  /** @type {Map<string, Kinds>} */
  #views = new Map();
  /** @type {Map<string, Map<string, StoredRow>>} server's versions of rows that are removed there, by stream */
  #tombs = new Map();
  /** @type {Map<string, {stream: string, kind: string, id: string, row: Row | undefined}>} */
  #under = new Map();
  /** @type {Map<string, string>} by the id of a row that an operation made besides its own: the operation's row */
  #made = new Map();
  /** @type {Set<string>} "STREAM KIND" of what changed since it was last asked */
  #changed = new Set();

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @returns {ReadonlyMap<string, Row>}
   */
  rows(stream, kind) {
    return this.#views.get(stream)?.get(kind) ?? NO_ROWS;
  }

  /** @returns {Set<string>} what changed since the last call */
  takeChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** @returns {Set<string>} streams that changed since takeChanged() */
  changedStreams() {
    return new Set([...this.#changed].map((key) => key.slice(0, key.lastIndexOf(" "))));
  }

  /** @param {Tables} before  whose rows these tables replace */
  replaces(before) {
    for (const stream of [...before.#views.keys()]) before.forget(stream);
    this.#changed = before.takeChanged();
  }

  /**
   * The rev of the server's version of a row, or null where it sent none. Tombstones have one too.
   * @param {string} stream
   * @param {string} row
   * @returns {number | null}
   */
  rev(stream, row) {
    const revs = [];
    for (const [kind, view] of this.#views.get(stream) ?? []) {
      const key = keyOf(stream, kind, row);
      const under = this.#under.get(key);
      const found = under ? under.row : view.get(row);
      const rev = found?.rev ?? this.#tombs.get(stream)?.get(key)?.rev;
      if (rev) revs.push(rev);
    }
    return revs.length ? Math.max(...revs) : null;
  }

  /**
   * The row whose operation made this one: a correction is one line and makes another. Any other row is its own.
   * @param {string} row
   * @returns {string}
   */
  maker(row) {
    return this.#made.get(row) ?? row;
  }

  /**
   * Takes this phone's operations off the view. Rows of the server may then change; replay() follows.
   */
  strip() {
    for (const { stream, kind, id, row } of this.#under.values()) this.#show(stream, kind, id, row);
    this.#under.clear();
    this.#made.clear();
  }

  /**
   * @param {string} stream
   * @param {StoredRow[]} rows  in any order: the highest seq of a row counts
   * @param {boolean} [replace]
   */
  receive(stream, rows, replace = false) {
    if (replace) this.forget(stream);
    /** @type {Map<string, Map<string, Row>>} */
    const views = new Map();
    for (const row of rows) {
      let view = views.get(row.kind);
      if (!view) views.set(row.kind, (view = this.#viewToChange(stream, row.kind)));
      this.#store(stream, row, view);
    }
  }

  /** @param {string} stream */
  forget(stream) {
    for (const kind of this.#views.get(stream)?.keys() ?? []) this.#changed.add(`${stream} ${kind}`);
    this.#views.delete(stream);
    this.#tombs.delete(stream);
  }

  /**
   * Shows one operation. An act that fails shows nothing and stops nothing: the server decides.
   * @param {Op} op
   */
  replay(op) {
    const act = Object.hasOwn(this.#acts, op.act) ? this.#acts[op.act] : undefined;
    for (const write of act ? attempt(act, op, this) : []) {
      if (write.id !== op.row && !this.rows(write.stream, write.kind).has(write.id)) this.#made.set(write.id, op.row);
      this.#overlay(write);
    }
  }

  /**
   * @param {string} stream
   * @param {StoredRow} row
   * @param {Map<string, Row>} view  of its kind
   */
  #store(stream, row, view) {
    const tombs = this.#tombs.get(stream);
    const key = tombs || row.body === null ? keyOf(stream, row.kind, row.id) : "";
    const before = view.get(row.id) ?? tombs?.get(key);
    if (before && before.seq > row.seq) return;
    if (row.body !== null) {
      tombs?.delete(key);
      view.set(row.id, /** @type {Row} */ (row));
      return;
    }
    view.delete(row.id);
    if (tombs) tombs.set(key, row);
    else this.#tombs.set(stream, new Map([[key, row]]));
  }

  /** @param {DraftWrite} write */
  #overlay({ stream, kind, id, body }) {
    const key = keyOf(stream, kind, id);
    const shown = this.rows(stream, kind).get(id);
    if (!this.#under.has(key)) this.#under.set(key, { stream, kind, id, row: shown });
    const { rev, seq } = shown ?? this.#tombs.get(stream)?.get(key) ?? { rev: 0, seq: 0 };
    this.#show(stream, kind, id, body === null ? undefined : { kind, id, rev, seq, body, waits: true });
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @param {string} id
   * @param {Row | undefined} row
   */
  #show(stream, kind, id, row) {
    const view = this.#viewToChange(stream, kind);
    if (row) view.set(id, row);
    else view.delete(id);
  }

  /**
   * @param {string} stream
   * @param {string} kind
   * @returns {Map<string, Row>}
   */
  #viewToChange(stream, kind) {
    this.#changed.add(`${stream} ${kind}`);
    let kinds = this.#views.get(stream);
    if (!kinds) this.#views.set(stream, (kinds = new Map()));
    let view = kinds.get(kind);
    if (!view) kinds.set(kind, (view = new Map()));
    return view;
  }
}

/**
 * @param {string} stream
 * @param {string} kind
 * @param {string} id
 * @returns {string}
 */
function keyOf(stream, kind, id) {
  return `${stream} ${kind} ${id}`;
}

/**
 * What an operation would write, all or nothing.
 * @param {Act} act
 * @param {Op} op
 * @param {Tables} tables
 * @returns {DraftWrite[]}
 */
function attempt(act, op, tables) {
  /** @type {Map<string, DraftWrite>} */
  const writes = new Map();
  try {
    act(draftOf(op.stream, tables, writes), op);
  } catch {
    return [];
  }
  return [...writes.values()];
}

/**
 * @param {string} stream
 * @param {Tables} tables
 * @param {Map<string, DraftWrite>} writes
 * @returns {Draft}
 */
function draftOf(stream, tables, writes) {
  /** @type {Draft["get"]} */
  const get = (kind, id) => {
    const written = writes.get(keyOf(stream, kind, id));
    return written ? (written.body ?? undefined) : tables.rows(stream, kind).get(id)?.body;
  };
  /** @param {string} kind @param {string} id @param {Facts | null} body */
  const write = (kind, id, body) => void writes.set(keyOf(stream, kind, id), { stream, kind, id, body });
  return {
    stream,
    get,
    rows: (kind) => tables.rows(stream, kind),
    put: write,
    patch: (kind, id, fields) => write(kind, id, { ...get(kind, id), ...fields }),
    remove: (kind, id) => write(kind, id, null),
    in: (other) => draftOf(other, tables, writes),
  };
}
