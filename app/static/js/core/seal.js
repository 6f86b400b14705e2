/** @import {Json} from "./types.js" */

const IV = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Seals what the store writes: AES-GCM with a fresh random IV in front of each record. `place` (the table and the
 * key of a record) is bound in, so that a record moved elsewhere does not open.
 */
export class Seal {
  #crypto;
  #key;

  /**
   * @param {Pick<Crypto, "subtle" | "getRandomValues">} crypto
   * @param {CryptoKey} key  AES-GCM, 256 bits
   */
  constructor(crypto, key) {
    this.#crypto = crypto;
    this.#key = key;
  }

  /**
   * @param {string} place
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async close(place, bytes) {
    const iv = this.#crypto.getRandomValues(new Uint8Array(IV));
    const sealed = await this.#crypto.subtle.encrypt(this.#how(iv, place), this.#key, bytes);
    const record = new Uint8Array(IV + sealed.byteLength);
    record.set(iv);
    record.set(new Uint8Array(sealed), IV);
    return record;
  }

  /**
   * @param {string} place
   * @param {Uint8Array<ArrayBuffer>} record
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async open(place, record) {
    const how = this.#how(record.subarray(0, IV), place);
    return new Uint8Array(await this.#crypto.subtle.decrypt(how, this.#key, record.subarray(IV)));
  }

  /**
   * @param {string} place
   * @param {Json} value
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  closeJson(place, value) {
    return this.closeText(place, JSON.stringify(value));
  }

  /**
   * @param {string} place
   * @param {string} text  JSON
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  closeText(place, text) {
    return this.close(place, encoder.encode(text));
  }

  /**
   * @param {string} place
   * @param {Uint8Array<ArrayBuffer>} record
   * @returns {Promise<Json>}
   */
  async openJson(place, record) {
    return JSON.parse(decoder.decode(await this.open(place, record)));
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} iv
   * @param {string} place
   * @returns {AesGcmParams}
   */
  #how(iv, place) {
    return { name: "AES-GCM", iv, additionalData: encoder.encode(place) };
  }
}
