/**
 * Reading receipts on this phone: off until somebody asks for it, then without a connection. The photo goes to a
 * worker of this page that can reach no network, and nowhere else. Nothing here holds up a form.
 */
import { download } from "../../core/net.js";
import { Asking } from "./asking.js";
import { Keeper } from "./keeper.js";

/** @import {Hints} from "../extract/shapes.js" */
/** @import {Reading} from "../reading.js" */
/** @import {Outcome, ReaderState} from "./keeper.js" */

const able = "caches" in globalThis && "OffscreenCanvas" in globalThis && "WebAssembly" in globalThis && "resolve" in import.meta;
const keeper = new Keeper({
  caches: able ? globalThis.caches : null,
  download,
  digest: (bytes) => crypto.subtle.digest("SHA-256", bytes),
});
const asking = new Asking({
  open: () => new Worker(import.meta.resolve("./worker.js"), { type: "module" }),
  kept: () => keeper.contents(),
});
/** @type {Promise<Outcome> | null} */
let fetching = null;
/** @type {Set<(share: number) => void>} */
const listeners = new Set();
let shareHere = 0;

/**
 * Where a photo can be opened and something is read on it, in the shape that the server's reader gives too.
 * @param {Blob} blob  a photo; a PDF is read by the server alone
 * @param {Hints} [hints]
 * @returns {Promise<Reading | null>} null where reading on this phone is off, or nothing was read; it never rejects
 */
export function readOnPhone(blob, hints = {}) {
  return asking.read(blob, hints).catch(() => null);
}

/**
 * Whether this phone reads receipts. While the files come, `share` tells how much is here, 0 to 1.
 * @returns {Promise<ReaderState & {share: number | null}>}
 */
export async function phoneReaderState() {
  return { ...(await keeper.state()), share: fetching && shareHere };
}

/**
 * Fetches the reader, or what is missing of it. A second call joins the first.
 * @param {(share: number) => void} [onProgress]  0 to 1
 * @returns {Promise<Outcome>}
 */
export async function fetchPhoneReader(onProgress = () => {}) {
  listeners.add(onProgress);
  fetching ??= keeper.fetch(tellAll).finally(() => {
    fetching = null;
    shareHere = 0;
  });
  return fetching.finally(() => listeners.delete(onProgress));
}

/** @param {number} share */
function tellAll(share) {
  shareHere = share;
  for (const listener of listeners) listener(share);
}

/**
 * Turns reading on this phone off, or on again where its files are still here.
 * @param {boolean} paused
 */
export async function pausePhoneReader(paused) {
  asking.stop();
  await keeper.pause(paused);
}

/** Takes the reader off this phone and gives the room back. */
export async function removePhoneReader() {
  asking.stop();
  await keeper.remove();
}
