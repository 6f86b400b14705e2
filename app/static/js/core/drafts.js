/**
 * What somebody had begun to write when they left a form: sealed, on this phone alone, for 7 days, until it is saved or
 * thrown away. Of a plan that is closed to this phone nothing stays.
 */
import { Seal } from "./seal.js";

/** @import {Json} from "./types.js" */
/** @typedef {{form: string, values: Json, at: number}} Draft  `form`: "STREAM SCREEN" */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */

const PLACE = "drafts";
const KEPT_MS = 7 * 86_400_000;
const MOST = 20;

export class Drafts {
  /** @type {Draft[]} */
  #held = [];
  #parts;
  #seal;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {object} parts
   * @param {Pick<Crypto, "subtle" | "getRandomValues">} parts.crypto
   * @param {CryptoKey} parts.key  the copy's own
   * @param {string} parts.name  where they lie in the storage
   * @param {Shelf} parts.storage
   * @param {{now: () => number}} parts.clock
   * @param {() => string[]} parts.streams  those that this phone may hold
   */
  constructor(parts) {
    this.#parts = parts;
    this.#seal = new Seal(parts.crypto, parts.key);
  }

  /** Reads what is kept. What another key sealed is gone. */
  async open() {
    const kept = this.#parts.storage.getItem(this.#parts.name);
    const sealed = kept && Uint8Array.from(atob(kept), (letter) => letter.charCodeAt(0));
    const opened = sealed && (await this.#seal.open(PLACE, sealed).catch(() => null));
    this.#held = opened ? JSON.parse(new TextDecoder().decode(opened)) : [];
    await this.#write(this.#held);
    return this;
  }

  /** @param {string} form @returns {Json | null} */
  of(form) {
    return this.#held.find((one) => one.form === form)?.values ?? null;
  }

  /** @param {string} form @param {Json} values */
  keep(form, values) {
    const at = this.#parts.clock.now();
    return this.#write([{ form, values, at }, ...this.#held.filter((one) => one.form !== form)]);
  }

  /** @param {string} form */
  forget(form) {
    return this.#write(this.#held.filter((one) => one.form !== form));
  }

  /** Lets go of what is old, and of plans that are no longer open here. */
  prune() {
    return this.#write(this.#held);
  }

  /**
   * In memory at once, on the phone in the order of asking. Where there is no room the memory alone has it.
   * @param {Draft[]} wanted
   */
  #write(wanted) {
    const { clock, name, storage, streams } = this.#parts;
    const open = new Set(streams());
    this.#held = wanted.filter(({ form, at }) => at + KEPT_MS > clock.now() && open.has(form.split(" ", 1)[0] ?? "")).slice(0, MOST);
    const held = this.#held;
    this.#last = this.#last.then(async () => {
      if (!held.length) return storage.removeItem(name);
      const sealed = await this.#seal.closeJson(PLACE, /** @type {Json} */ (/** @type {unknown} */ (held)));
      try {
        storage.setItem(name, btoa(Array.from(sealed, (byte) => String.fromCharCode(byte)).join("")));
      } catch {
        storage.removeItem(name);
      }
      return undefined;
    });
    return this.#last;
  }
}
