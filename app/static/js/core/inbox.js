/**
 * Collects the pages of a stream that must not be shown half: a reset, and news of a stream that was complete before.
 * They lie aside in memory; whoever is killed half-way asks again. The first pull of a stream is stored page by page.
 * @import {Cursor, StoredRow, StreamChange, WireChange} from "./types.js"
 */

/** @typedef {{cursor: Cursor, replace: boolean, rows: StoredRow[][]}} Pages */

export class Inbox {
  /** @type {Map<string, Pages>} */
  #pages = new Map();

  /** @returns {Iterable<[string, Cursor]>} how far the pages aside reach */
  *cursors() {
    for (const [stream, { cursor }] of this.#pages) yield [stream, cursor];
  }

  /**
   * @param {string} stream
   * @returns {boolean} whether a reset of this stream is under way
   */
  isResetting(stream) {
    return this.#pages.get(stream)?.replace ?? false;
  }

  /**
   * @param {WireChange} change
   * @param {{known: boolean} | undefined} here  what the phone has of this stream
   * @returns {StreamChange | null} what to store now; null: it lies aside
   */
  take(change, here) {
    const { stream, seq, epoch, more } = change;
    if (change.reset) this.#pages.delete(stream);
    const before = this.#pages.get(stream);
    const replace = (change.reset && here !== undefined) || (before?.replace ?? false);
    const rows = [...(before?.rows ?? []), change.rows.map((row) => (row.seq === undefined ? { ...row, seq } : /** @type {StoredRow} */ (row)))];
    const cursor = { seq, epoch };
    if (more && (replace || here?.known)) {
      this.#pages.set(stream, { cursor, replace, rows });
      return null;
    }
    this.#pages.delete(stream);
    return { stream, cursor, known: !more, replace, rows: rows.flat() };
  }

  /** @returns {StreamChange[]} all that lies aside, once the server has nothing more */
  rest() {
    const changes = [...this.#pages].map(([stream, { cursor, replace, rows }]) => {
      return { stream, cursor, known: true, replace, rows: rows.flat() };
    });
    this.#pages.clear();
    return changes;
  }

  /** @param {string} stream */
  drop(stream) {
    this.#pages.delete(stream);
  }
}
