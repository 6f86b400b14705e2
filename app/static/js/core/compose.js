import { sha256 } from "./ids.js";
import { ANNOUNCE } from "./outbox.js";
import { checkTexts } from "./text.js";

/**
 * @import {ActName, Announce, FactsOf} from "./operations.js"
 * @import {Base, NewFile, Op, QueuedFile} from "./types.js"
 */

/** @typedef {{[Name in ActName]: RequestOf<Name>}[ActName]} ActRequest */

/**
 * @template {ActName} Name
 * @typedef {object} RequestOf
 * @property {Name} act
 * @property {string} stream
 * @property {string} row
 * @property {FactsOf<Name>} [facts]
 * @property {number} [version]  of the act, 1 if left out
 * @property {Base | undefined} [base]  what the author saw; what the phone shows by now where it is left out
 * @property {string} [seen]  the row that `base` is about, where it is not `row`
 * @property {NewFile[]} [files]  saved with the operation and announced before it
 */

/** @typedef {{ops: Op[], files: QueuedFile[], ids: string[]}} Composed  `ids`: one for each request */

/** Makes operations out of what a screen asks for: ids, bases, announcements of files. */
export class Composer {
  #clock;
  #ids;
  #crypto;
  #saw;

  /**
   * @param {object} parts
   * @param {{now: () => number}} parts.clock
   * @param {() => string} parts.ids
   * @param {Pick<Crypto, "subtle">} parts.crypto
   * @param {(stream: string, row: string) => Base} parts.saw  what the phone shows of a row
   */
  constructor({ clock, ids, crypto, saw }) {
    this.#clock = clock;
    this.#ids = ids;
    this.#crypto = crypto;
    this.#saw = saw;
  }

  /**
   * @param {ActRequest[]} requests
   * @returns {Promise<Composed>}
   * @throws {import("./text.js").TextError}
   */
  async compose(requests) {
    /** @type {Composed} */
    const composed = { ops: [], files: [], ids: [] };
    for (const request of requests) {
      for (const file of request.files ?? []) await this.#announce(request.stream, file, composed);
      const op = this.#op(request, composed.ops);
      composed.ops.push(op);
      composed.ids.push(op.id);
    }
    return composed;
  }

  /**
   * @param {ActRequest} request
   * @param {Op[]} before  operations of the same transaction
   * @returns {Op}
   */
  #op({ act, stream, row, facts = {}, version = 1, base, seen = row }, before) {
    checkTexts(facts);
    const own = before.filter((op) => op.stream === stream && op.row === seen).at(-1);
    const saw = own ? { op: own.id } : this.#saw(stream, seen);
    const at = new Date(this.#clock.now()).toISOString();
    return { id: this.#ids(), act, version, stream, row, facts: structuredClone(facts), base: base === undefined ? saw : base, at };
  }

  /**
   * @param {string} stream
   * @param {NewFile} file
   * @param {Composed} composed  added to here
   */
  async #announce(stream, { bytes, type, name, sha256: told }, composed) {
    const sha = await sha256(this.#crypto, bytes);
    if (told !== undefined && told !== sha) throw new TypeError("The file is not the one that was named.");
    const facts = { sha256: sha, size: bytes.length, type: /** @type {Announce["type"]} */ (type), name };
    const op = this.#op({ act: ANNOUNCE, stream, row: this.#ids(), facts, base: null }, []);
    composed.ops.push(op);
    composed.files.push({ sha256: sha, stream, announce: op.id, type, name, bytes });
  }
}
