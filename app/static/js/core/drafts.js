/**
 * What somebody had begun to write when they left a form: sealed, on this phone alone, for 7 days, until it is saved or
 * thrown away. Of a plan that is closed to this phone nothing stays.
 */
import { Seal } from "./seal.js";

/** @import {Json} from "./types.js" */
/** @typedef {{[field: string]: unknown}} Fields */
/** @typedef {{values: Fields, first: Fields, base?: unknown}} Begun  `first`: what the form began with; `base`: what its author saw */
/** @typedef {Begun & {form: string, at: number}} Draft  `form`: "STREAM SCREEN" */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */

const PLACE = "drafts";
const KEPT_MS = 7 * 86_400_000;
const MOST = 20;

/** Other tabs keep theirs in the same place: each asking is over what lies there by then. */
export class Drafts {
  /** What this tab knows of, for a phone that has no room. @type {Draft[]} */
  #held = [];
  #fits = true;
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

  /** Lets go of what is old, and of what another key sealed. */
  async open() {
    const { name, storage } = this.#parts;
    const kept = storage.getItem(name);
    if (kept && !(await this.#opened(kept))) storage.removeItem(name);
    await this.prune();
    return this;
  }

  /** @param {string} form @returns {Promise<Begun | null>} */
  async of(form) {
    await this.#last;
    return (await this.#all()).find((one) => one.form === form) ?? null;
  }

  /** @param {string} form @param {Begun} begun */
  keep(form, { values, first, base }) {
    const at = this.#parts.clock.now();
    return this.#change((all) => [{ form, values, first, base, at }, ...all.filter((one) => one.form !== form)]);
  }

  /** @param {string} form */
  forget(form) {
    return this.#change((all) => all.filter((one) => one.form !== form));
  }

  /** Lets go of what is old, and of plans that are no longer open here. */
  prune() {
    return this.#change((all) => all);
  }

  /**
   * On the phone in the order of asking. Where there is no room the memory alone has it.
   * @param {(all: Draft[]) => Draft[]} change
   */
  #change(change) {
    this.#last = this.#last.then(() => this.#write(change));
    return this.#last;
  }

  /**
   * Once more where another tab wrote meanwhile. What another key sealed is the new lock's: this tab's copy is closed.
   * @param {(all: Draft[]) => Draft[]} change
   * @returns {Promise<void>}
   */
  async #write(change) {
    const { name, storage } = this.#parts;
    const before = storage.getItem(name);
    this.#held = this.#lasting(change(await this.#all()));
    if (before && !(await this.#opened(before))) return undefined;
    const sealed = this.#held.length ? textOf(await this.#seal.closeJson(PLACE, /** @type {Json} */ (/** @type {unknown} */ (this.#held)))) : null;
    if (storage.getItem(name) !== before) return this.#write(change);
    this.#fits = put(storage, name, sealed);
    return undefined;
  }

  async #all() {
    const kept = this.#parts.storage.getItem(this.#parts.name);
    if (!this.#fits) return this.#held;
    return kept ? ((await this.#opened(kept)) ?? this.#held) : [];
  }

  /** An older one does not tell what was changed. @param {string} kept @returns {Promise<Draft[] | null>} */
  async #opened(kept) {
    const opened = await this.#seal.open(PLACE, bytesOf(kept)).catch(() => null);
    if (!opened) return null;
    const found = /** @type {Draft[]} */ (JSON.parse(new TextDecoder().decode(opened)));
    return found.filter(({ first }) => first);
  }

  /** @param {Draft[]} wanted */
  #lasting(wanted) {
    const { clock, streams } = this.#parts;
    const open = new Set(streams());
    return wanted.filter(({ form, at }) => at + KEPT_MS > clock.now() && open.has(form.split(" ", 1)[0] ?? "")).slice(0, MOST);
  }
}

/** @param {Shelf} storage @param {string} name @param {string | null} text @returns {boolean} whether there is room for it */
function put(storage, name, text) {
  try {
    if (text) storage.setItem(name, text);
    else storage.removeItem(name);
    return true;
  } catch {
    storage.removeItem(name);
    return false;
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
