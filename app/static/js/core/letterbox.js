/**
 * Photos that were shared into the app while it was closed, locked or without signal. The service worker drops each in,
 * sealed for a key whose other half only the open app has (ECDH P-256, then AES-GCM): the box itself tells nothing.
 * Three kinds of entries: the lock that is in the door now, each account's own key, and the letters.
 */
import { Seal } from "./seal.js";

/** @typedef {{account: string, lock: string}} Door  `lock`: the public key in base64, as sw.js reads it */

export const BOX = "letterbox";
export const DOOR = "/letterbox/door";
const KEYS = "/letterbox/keys/";
const LETTERS = "/letterbox/letters/";
const CURVE = /** @type {const} */ ({ name: "ECDH", namedCurve: "P-256" });
const PUBLIC_BYTES = 65;

export class Letterbox {
  #caches;
  #crypto;
  #seal;
  #account;

  /**
   * @param {object} parts
   * @param {Pick<CacheStorage, "open">} parts.caches
   * @param {Pick<Crypto, "subtle" | "getRandomValues">} parts.crypto
   * @param {CryptoKey} parts.key  the account's data key
   * @param {string} parts.account
   */
  constructor({ caches, crypto, key, account }) {
    this.#caches = caches;
    this.#crypto = crypto;
    this.#seal = new Seal(crypto, key);
    this.#account = account;
  }

  /** Puts this account's lock into the door, so that what is shared from now on is for it. */
  async prepare() {
    const box = await this.#caches.open(BOX);
    const lock = (await this.#opened(box))?.lock ?? (await this.#newKey(box));
    await box.put(DOOR, Response.json({ account: this.#account, lock }));
  }

  /** @returns {Promise<number>} how many letters wait for this account */
  async waiting() {
    return (await this.#letters(await this.#caches.open(BOX))).length;
  }

  /**
   * Takes the letters out. What can't be opened (the PIN was changed since) is gone with the rest.
   * @returns {Promise<File[]>}
   */
  async take() {
    const box = await this.#caches.open(BOX);
    const own = await this.#opened(box);
    const files = [];
    for (const request of await this.#letters(box)) {
      const sealed = await (await box.match(request))?.arrayBuffer();
      const file = own && sealed && (await this.#read(own.key, new Uint8Array(sealed)));
      if (file) files.push(file);
      await box.delete(request);
    }
    return files;
  }

  /** Takes the lock out of the door and throws this account's letters and key away. */
  async forget() {
    const box = await this.#caches.open(BOX);
    const door = /** @type {Door | undefined} */ (await (await box.match(DOOR))?.json());
    if (door?.account === this.#account) await box.delete(DOOR);
    await box.delete(KEYS + this.#account);
    for (const request of await this.#letters(box)) await box.delete(request);
  }

  /** @param {Cache} box */
  async #letters(box) {
    const found = await box.keys();
    return found.filter(({ url }) => new URL(url, "https://box").pathname.startsWith(`${LETTERS}${this.#account}/`));
  }

  /**
   * This account's key pair, where there is one that the present data key opens.
   * @param {Cache} box
   * @returns {Promise<{key: CryptoKey, lock: string} | null>}
   */
  async #opened(box) {
    const kept = await box.match(KEYS + this.#account);
    if (!kept) return null;
    try {
      const found = /** @type {{key: JsonWebKey, lock: string}} */ (JSON.parse(decode(await this.#seal.open(BOX, new Uint8Array(await kept.arrayBuffer())))));
      return { key: await this.#crypto.subtle.importKey("jwk", found.key, CURVE, false, ["deriveKey"]), lock: found.lock };
    } catch {
      return null;
    }
  }

  /** @param {Cache} box @returns {Promise<string>} the lock */
  async #newKey(box) {
    const pair = await this.#crypto.subtle.generateKey(CURVE, true, ["deriveKey"]);
    const lock = btoa(String.fromCharCode(...new Uint8Array(await this.#crypto.subtle.exportKey("raw", pair.publicKey))));
    const key = await this.#crypto.subtle.exportKey("jwk", pair.privateKey);
    const sealed = await this.#seal.close(BOX, new TextEncoder().encode(JSON.stringify({ key, lock })));
    await box.put(KEYS + this.#account, new Response(sealed));
    return lock;
  }

  /**
   * A letter: the sender's public key, an IV, then what was sealed: a line of JSON and the bytes.
   * @param {CryptoKey} own
   * @param {Uint8Array<ArrayBuffer>} letter
   * @returns {Promise<File | null>}
   */
  async #read(own, letter) {
    try {
      const subtle = this.#crypto.subtle;
      const sender = await subtle.importKey("raw", letter.subarray(0, PUBLIC_BYTES), CURVE, false, []);
      const key = await subtle.deriveKey({ name: "ECDH", public: sender }, own, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
      const bytes = await new Seal(this.#crypto, key).open(BOX, letter.subarray(PUBLIC_BYTES));
      const end = bytes.indexOf(10);
      const { name, type } = JSON.parse(decode(bytes.subarray(0, end)));
      return new File([bytes.subarray(end + 1)], String(name), { type: String(type) });
    } catch {
      return null;
    }
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function decode(bytes) {
  return new TextDecoder().decode(bytes);
}
