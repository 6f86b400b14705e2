/** @import {Timers} from "./types.js" */

const QUIET_MS = 700;

/**
 * The one polite live region: what happens within a moment is read out once, counted together ("2 receipts sent").
 */
export class Announcer {
  #region;
  #timers;
  /** @type {Map<string, {one: string, many: string, count: number}>} */
  #counted = new Map();
  /** @type {Set<string>} */
  #said = new Set();
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {object} parts
   * @param {{textContent: string | null}} parts.region  an element with aria-live="polite"
   * @param {Timers} parts.timers
   */
  constructor({ region, timers }) {
    this.#region = region;
    this.#timers = timers;
  }

  /** @param {string} sentence */
  say(sentence) {
    this.#said.add(sentence);
    this.#soon();
  }

  /**
   * @param {string} one  "receipt sent"
   * @param {string} many  "receipts sent"
   * @param {number} [count]
   */
  count(one, many, count = 1) {
    const before = this.#counted.get(one)?.count ?? 0;
    this.#counted.set(one, { one, many, count: before + count });
    this.#soon();
  }

  #soon() {
    this.#timers.clear(this.#timer);
    this.#region.textContent = "";
    this.#timer = this.#timers.set(() => this.#speak(), QUIET_MS);
  }

  #speak() {
    const counted = [...this.#counted.values()].map(({ one, many, count }) => `${count} ${count === 1 ? one : many}.`);
    this.#region.textContent = [...counted, ...this.#said].join(" ");
    this.#counted.clear();
    this.#said.clear();
  }
}
