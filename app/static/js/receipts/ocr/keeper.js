/**
 * The files of the phone's reader: fetched once when somebody asks, kept in Cache Storage, taken away again. They
 * stay through new versions of the app. A fetch that broke off goes on where it was, file by file.
 * @import {Download} from "../../core/download.js"
 */

/** @typedef {{name: string, url: string, size: number, version: string}} Listed */
/** @typedef {{format: number, files: Listed[], letters: string[]}} List */
/**
 * `none`: not on this phone. `ready`: it reads. `paused`: it is here, but was turned off. `old`: it has to be fetched
 * anew. `unable`: this browser cannot. `bytes`: the room it takes.
 * @typedef {{kind: "none" | "ready" | "paused" | "old" | "unable", bytes: number}} ReaderState
 */
/**
 * `off`: the server has none to give, and says so in a sentence. `line`: the line broke. `full`: no room on the phone.
 * `damaged`: what came is not what was sent.
 * @typedef {{kind: "ready"} | {kind: "off", sentence: string} | {kind: "line" | "full" | "damaged" | "unable"}} Outcome
 */
/** @typedef {{list: List, contents: {[name: string]: ArrayBuffer}}} Kept */
/** @typedef {Pick<CacheStorage, "open" | "delete" | "has">} Caches */

/** Raised together with `FORMAT` in app/receipts/phone_models.py. */
const FORMAT = 1;
/** Not named like the app's own caches, which go with each version. */
const NAME = "reader-files";
const LIST = "/reader";
const PAUSED = "/reader/paused";

export class Keeper {
  #caches;
  #download;
  #digest;

  /**
   * @param {object} parts
   * @param {Caches | null} parts.caches  null where the browser lacks what reading needs
   * @param {Download} parts.download
   * @param {(bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>} parts.digest  SHA-256
   */
  constructor({ caches, download, digest }) {
    this.#caches = caches;
    this.#download = download;
    this.#digest = digest;
  }

  /** @returns {Promise<ReaderState>} */
  async state() {
    if (!this.#caches) return { kind: "unable", bytes: 0 };
    if (!(await this.#caches.has(NAME))) return { kind: "none", bytes: 0 };
    const cache = await this.#caches.open(NAME);
    const list = await keptList(cache);
    if (!list) return { kind: "none", bytes: 0 };
    const bytes = list.files.reduce((sum, { size }) => sum + size, 0);
    if (list.format !== FORMAT || !(await isWhole(cache, list))) return { kind: "old", bytes };
    return { kind: (await cache.match(PAUSED)) ? "paused" : "ready", bytes };
  }

  /**
   * Fetches what is missing; the list is kept last, so that a half fetch is never taken for a whole one.
   * @param {(share: number) => void} onProgress  0 to 1
   * @returns {Promise<Outcome>}
   */
  async fetch(onProgress) {
    if (!this.#caches) return { kind: "unable" };
    const told = await this.#download(LIST);
    const list = told && parsed(told.bytes);
    if (!list) return { kind: "line" };
    if ("off" in list) return { kind: "off", sentence: list.off };
    if (list.format !== FORMAT) return { kind: "line" };
    try {
      const cache = await this.#caches.open(NAME);
      return await this.#fetchInto(cache, list, onProgress);
    } catch {
      return { kind: "full" };
    }
  }

  /**
   * @param {Cache} cache
   * @param {List} list
   * @param {(share: number) => void} onProgress
   * @returns {Promise<Outcome>}
   */
  async #fetchInto(cache, list, onProgress) {
    const all = list.files.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const { url, size, version } of list.files) {
      if (!(await cache.match(url))) {
        const got = await this.#download(url, (here) => onProgress(Math.min(1, (done + here) / all)));
        if (!got) return { kind: "line" };
        if (!(await this.#isRight(got.bytes, version))) return { kind: "damaged" };
        await cache.put(url, new Response(got.bytes, { headers: { "Content-Type": got.type } }));
      }
      done += size;
      onProgress(done / all);
    }
    await cache.put(LIST, Response.json(list));
    await cache.delete(PAUSED);
    await removeOthers(cache, list);
    return { kind: "ready" };
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {string} version
   */
  async #isRight(bytes, version) {
    const digest = new Uint8Array(await this.#digest(bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(version);
  }

  /**
   * What the worker is given; null where the reader is not ready.
   * @returns {Promise<Kept | null>}
   */
  async contents() {
    if (!this.#caches || (await this.state()).kind !== "ready") return null;
    const cache = await this.#caches.open(NAME);
    const list = await keptList(cache);
    if (!list) return null;
    /** @type {{[name: string]: ArrayBuffer}} */
    const contents = {};
    for (const { name, url } of list.files) contents[name] = (await (await cache.match(url))?.arrayBuffer()) ?? new ArrayBuffer(0);
    return { list, contents };
  }

  /**
   * Turns reading off or on again without fetching anything.
   * @param {boolean} paused
   */
  async pause(paused) {
    const cache = await this.#caches?.open(NAME);
    await (paused ? cache?.put(PAUSED, new Response("")) : cache?.delete(PAUSED));
  }

  /** Takes everything away and gives the room back. */
  async remove() {
    await this.#caches?.delete(NAME);
  }
}

/**
 * @param {Cache} cache
 * @returns {Promise<List | null>}
 */
async function keptList(cache) {
  const found = await cache.match(LIST);
  const list = found && parsed(new Uint8Array(await found.arrayBuffer()));
  return list && "files" in list ? list : null;
}

/**
 * A browser that is short of room may have dropped some.
 * @param {Cache} cache
 * @param {List} list
 */
async function isWhole(cache, list) {
  const found = await Promise.all(list.files.map(({ url }) => cache.match(url)));
  return found.every(Boolean);
}

/**
 * @param {Cache} cache
 * @param {List} list
 */
async function removeOthers(cache, list) {
  const wanted = new Set([LIST, ...list.files.map(({ url }) => url)]);
  const kept = await cache.keys();
  const others = kept.filter(({ url }) => !wanted.has(pathOf(url)));
  await Promise.all(others.map((request) => cache.delete(request)));
}

/** @param {string} url */
function pathOf(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/**
 * @param {Uint8Array} bytes
 * @returns {List | {off: string} | null}
 */
function parsed(bytes) {
  try {
    const found = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found?.off === "string") return { off: found.off };
    return Array.isArray(found?.files) && Array.isArray(found.letters) ? found : null;
  } catch {
    return null;
  }
}
