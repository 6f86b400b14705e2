/** Talks to the worker that reads: opens it when the first photo comes, ends it when nothing came for a while. */

/** @import {Hints} from "../extract/shapes.js" */
/** @import {Reading} from "../reading.js" */
/** @import {Kept} from "./keeper.js" */
/** @import {Asked, Told} from "./worker.js" */

/** @typedef {Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">} Door */

const MOST_MS = 120_000;
const IDLE_MS = 60_000;

export class Asking {
  #open;
  #kept;
  #mostMs;
  /** @type {Door | null} */
  #door = null;
  #count = 0;
  /** @type {Map<number, (reading: Reading | null) => void>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} parts
   * @param {() => Door} parts.open  starts a worker
   * @param {() => Promise<Kept | null>} parts.kept  what the worker needs; null where reading is off
   * @param {number} [parts.mostMs]  how long a photo may take
   */
  constructor({ open, kept, mostMs = MOST_MS }) {
    this.#open = open;
    this.#kept = kept;
    this.#mostMs = mostMs;
  }

  /**
   * @param {Blob} photo
   * @param {Hints} hints
   * @returns {Promise<Reading | null>} null where reading is off, nothing was read, or it took too long
   */
  async read(photo, hints) {
    const door = this.#door ?? (await this.#start());
    if (!door) return null;
    const id = (this.#count += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#watch(this.#mostMs);
      this.#tell(door, { kind: "read", id, photo, hints });
    });
  }

  /** Ends the worker; whoever waits gets nothing. */
  stop() {
    clearTimeout(this.#timer);
    this.#door?.terminate();
    this.#door = null;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  async #start() {
    const kept = await this.#kept();
    if (!kept) return null;
    if (this.#door) return this.#door; // another photo opened it meanwhile
    const door = this.#open();
    this.#door = door;
    door.onmessage = (/** @type {MessageEvent<Told>} */ { data }) => this.#hear(data);
    door.onerror = () => this.stop();
    const { "ort.wasm": wasm, detector, recogniser } = kept.contents;
    const runtime = kept.list.files.find(({ name }) => name === "ort.js")?.url;
    if (!wasm || !detector || !recogniser || !runtime) return this.stop() ?? null;
    const files = { runtime, wasm, detector, recogniser, letters: kept.list.letters };
    this.#tell(door, { kind: "open", files }, [wasm, detector, recogniser]);
    return door;
  }

  /** @param {Told} told */
  #hear(told) {
    if (told.kind === "opened") {
      if (!told.good) this.stop();
      return;
    }
    this.#waiting.get(told.id)?.(told.reading);
    this.#waiting.delete(told.id);
    this.#watch(this.#waiting.size ? this.#mostMs : IDLE_MS);
  }

  /** @param {number} ms  ends the worker when nothing is heard for so long */
  #watch(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), ms);
  }

  /**
   * @param {Door} door
   * @param {Asked} asked
   * @param {Transferable[]} [handed]
   */
  #tell(door, asked, handed = []) {
    door.postMessage(asked, handed);
  }
}
