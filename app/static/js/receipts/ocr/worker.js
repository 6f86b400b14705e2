/**
 * The worker that reads photos. It runs under a policy of its own (`app/receipts/routes.py`): it alone may compile
 * WebAssembly, and it can reach no network. Everything it needs is handed to it; only a reading goes back.
 */
import data from "../../../built/reading.js";
import { extract, makeRules } from "../extract/extract.js";
import { asReading } from "../reading.js";
import { openModels } from "./models.js";
import { openPhoto } from "./photo.js";
import { readPicture } from "./page.js";

/** @import {Hints} from "../extract/shapes.js" */
/** @import {Data} from "../extract/words.js" */
/** @import {Reading} from "../reading.js" */
/** @import {Models} from "./page.js" */
/** @import {Files} from "./models.js" */

/** @typedef {{kind: "open", files: Files} | {kind: "read", id: number, photo: Blob, hints: Hints}} Asked */
/** @typedef {{kind: "opened", good: boolean} | {kind: "read", id: number, reading: Reading | null}} Told */

const rules = makeRules(/** @type {Data} */ (/** @type {unknown} */ (data)));
/** @type {Promise<Models> | null} */
let models = null;
/** One photo at a time: each waits for the one before. */
let before = Promise.resolve();

self.onmessage = (/** @type {MessageEvent<Asked>} */ { data: asked }) => {
  before = before.then(() => answer(asked));
};

/** @param {Asked} asked */
async function answer(asked) {
  if (asked.kind === "open") {
    models = openModels(asked.files);
    tell({ kind: "opened", good: await models.then(() => true, () => false) });
  } else {
    const reading = await read(asked.photo, asked.hints).catch(() => null);
    tell({ kind: "read", id: asked.id, reading });
  }
}

/**
 * @param {Blob} photo
 * @param {Hints} hints
 * @returns {Promise<Reading | null>} null where nothing was read
 */
async function read(photo, hints) {
  if (!models) return null;
  const { lines, turn, size } = await readPicture(await models, await openPhoto(photo));
  if (!lines.length) return null;
  return asReading(rules, lines, extract(rules, lines, hints), { pages: [size], turns: [turn] }, hints);
}

/** @param {Told} told */
function tell(told) {
  self.postMessage(told);
}
