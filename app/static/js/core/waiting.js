/**
 * What waits on this phone, in memory: the outbox and the kept words, with what screens ask of them.
 * @import {Kept, OutboxItem} from "./types.js"
 */

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
