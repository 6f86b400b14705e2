/**
 * What somebody had begun to write when they left a form: sealed, on this phone alone, for 7 days, until it is saved or
 * thrown away. Of a plan that is closed to this phone nothing stays.
 */
import { Seal } from "./seal.js";

/** @import {Base, Json} from "./types.js" */
/** @typedef {{[field: string]: unknown}} Fields */
/** @typedef {{values: Fields, first: Fields, base?: Base | undefined}} Begun  `first`: what the form began with; `base`: what its author saw */
/** @typedef {Begun & {form: string, at: number}} Draft  `form`: "STREAM SCREEN" */
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
    const opened = kept && (await this.#seal.open(PLACE, bytesOf(kept)).catch(() => null));
    /** @type {Draft[]} */
    const found = opened ? JSON.parse(new TextDecoder().decode(opened)) : [];
    this.#held = found.filter(({ first }) => first); // an older one does not tell what was changed
    await this.#write(this.#held);
    return this;
  }

  /** @param {string} form @returns {Begun | null} */
  of(form) {
    return this.#held.find((one) => one.form === form) ?? null;
  }

  /** @param {string} form @param {Begun} begun */
  keep(form, { values, first, base }) {
    const at = this.#parts.clock.now();
    return this.#write([{ form, values, first, base, at }, ...this.#held.filter((one) => one.form !== form)]);
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
        storage.setItem(name, textOf(sealed));
      } catch {
        storage.removeItem(name);
      }
      return undefined;
    });
    return this.#last;
  }
}

/**
 * What was begun, over what stands there today: only what was changed then, so that nothing others wrote since is
 * taken back. Null where that changes nothing.
 * @template {Fields} Values
 * @param {Begun | null} begun
 * @param {Values} today
 * @returns {Values | null}
 */
export function wentOn(begun, today) {
  if (!begun) return null;
  const { values, first } = begun;
  const changed = Object.keys(today).filter((field) => !same(values[field], first[field]));
  const found = /** @type {Values} */ ({ ...today, ...Object.fromEntries(changed.map((field) => [field, values[field]])) });
  return same(found, today) ? null : found;
}

/** @param {unknown} one @param {unknown} other */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * The copy has another key now: what was begun goes with it. Where there is no room it is lost, and the lock still changes.
 * @param {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, from: CryptoKey, to: CryptoKey, name: string, storage: Shelf}} parts
 */
export async function carryDrafts({ crypto, from, to, name, storage }) {
  const kept = storage.getItem(name);
  if (!kept) return;
  try {
    storage.setItem(name, textOf(await new Seal(crypto, to).close(PLACE, await new Seal(crypto, from).open(PLACE, bytesOf(kept)))));
  } catch {
    storage.removeItem(name);
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function textOf(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** @param {string} text */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
