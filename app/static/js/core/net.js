/**
 * The only module that calls fetch. It turns every answer of the server, of a proxy or of nobody into one of a few
 * replies; it decides nothing.
 * @import {Answer, Exchange, Json, Timers, WireChange, WireResult} from "./types.js"
 */

const EXCHANGE_MS = 30_000;
const PIECE_MS = 60_000;
const DEFAULT_WAIT_S = 30;
const OWN = { "X-Inhand-Sync": "1" };

/**
 * Why nothing came of it. `wait`: the server said how long (seconds). `retry`: the same again later.
 * @typedef {{kind: "signin" | "other_account" | "update" | "malformed" | "retry", sentence: string | null}
 *   | {kind: "wait", seconds: number, sentence: string | null}} Trouble
 */
/** @typedef {{kind: "ok", answer: Answer} | Trouble} Reply */
/** @typedef {{have: number, size: number, state: string, sentence: string | null}} FileState */
/** @typedef {{kind: "mismatch", sentence: string | null} | {kind: "missing", sentence: string | null}} Unsent */
/**
 * `offset`: go on from `file.have`. `mismatch`: the bytes were dropped, begin again. `missing`: the server knows no such file.
 * @typedef {{kind: "ok", file: FileState} | {kind: "offset", file: FileState} | Unsent | Trouble} FileReply
 */
/** @typedef {{kind: "ok", bytes: Uint8Array<ArrayBuffer>, type: string} | {kind: "missing", sentence: string | null} | Trouble} PictureReply */
/** @typedef {{person: string, sha256: string}} FileName */
/** @typedef {FileName & {offset: number, size: number, bytes: Uint8Array<ArrayBuffer>}} Piece */

/**
 * What sync.js needs of the network; tests put their own in its place.
 * @typedef {object} Net
 * @property {(body: Exchange) => Promise<Reply>} exchange
 * @property {(name: FileName) => Promise<FileReply>} fileState
 * @property {(piece: Piece) => Promise<FileReply>} putPiece
 * @property {(name: FileName & {size: "picture" | "thumbnail"}) => Promise<PictureReply>} picture
 */

/** @typedef {(url: string, how?: RequestInit) => Promise<Response>} Fetch */
/** @typedef {{status: number, headers: Headers, body: ArrayBuffer}} Got */

/**
 * @param {object} parts
 * @param {Fetch} parts.fetch
 * @param {Timers} parts.timers
 * @param {string} [parts.origin]  in front of every path; empty in the browser
 * @returns {Net}
 */
export function createNet({ fetch, timers, origin = "" }) {
  const ask = asker(fetch, timers, origin);
  return {
    exchange: async (body) => exchangeReply(body, await ask("/sync", EXCHANGE_MS, postOf(body))),
    fileState: async (name) => fileReply(await ask(pathOf(name), EXCHANGE_MS, { headers: OWN })),
    putPiece: async (piece) => fileReply(await ask(pathOf(piece), PIECE_MS, putOf(piece))),
    picture: async (name) => pictureReply(await ask(`${pathOf(name)}/${name.size}`, PIECE_MS, { headers: OWN })),
  };
}

/**
 * A file of our own server that no account owns, for parts that stand apart from the sync. No start needs it.
 * @type {import("./download.js").Download}
 */
export async function download(path, onBytes) {
  const { downloader } = await import("./download.js");
  return downloader((url, how) => fetch(url, how))(path, onBytes);
}

/**
 * A large file for our own server, from a page that the server draws.
 * @type {import("./pieces.js").Send}
 */
export async function sendFile(place, file, onBytes) {
  const { sender } = await import("./pieces.js");
  return sender((url, how) => fetch(url, how))(place, file, onBytes);
}

/**
 * What a device has to answer to make or use a passkey, for the pages that the server draws.
 * @param {Timers} timers
 * @param {string} path
 * @returns {Promise<string | null>} WebAuthn's options as JSON, or null when they did not come
 */
export async function askChallenge(timers, path) {
  const got = await asker(fetch, timers, "")(path, EXCHANGE_MS, { method: "POST", headers: OWN });
  return got?.status === 200 ? textOf(parsed(got.body), "options") : null;
}

/**
 * @param {Fetch} fetch
 * @param {Timers} timers
 * @param {string} origin
 * @returns {(path: string, ms: number, how: RequestInit) => Promise<Got | null>} null when nobody answered in time
 */
function asker(fetch, timers, origin) {
  return async (path, ms, how) => {
    const stop = new AbortController();
    const timer = timers.set(() => stop.abort(), ms);
    const common = { credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal };
    try {
      const response = await fetch(origin + path, /** @type {RequestInit} */ ({ ...common, ...how }));
      return { status: response.status, headers: response.headers, body: await response.arrayBuffer() };
    } catch {
      return null;
    } finally {
      timers.clear(timer);
    }
  };
}

/**
 * @param {Exchange} body
 * @returns {RequestInit}
 */
function postOf(body) {
  return { method: "POST", headers: { ...OWN, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * @param {Piece} piece
 * @returns {RequestInit}
 */
function putOf({ bytes, offset, size }) {
  const type = { "Content-Type": "application/octet-stream" };
  return { method: "PUT", headers: { ...OWN, ...type, "X-Inhand-Offset": String(offset), "X-Inhand-Size": String(size) }, body: bytes };
}

/**
 * @param {FileName} name
 * @returns {string}
 */
function pathOf({ person, sha256 }) {
  return `/files/${encodeURIComponent(person)}/${encodeURIComponent(sha256)}`;
}

/**
 * @param {Exchange} body
 * @param {Got | null} got
 * @returns {Reply}
 */
function exchangeReply(body, got) {
  if (got?.status !== 200) return trouble(got);
  const answer = parsed(got.body);
  if (!isAnswer(answer)) return { kind: "retry", sentence: null };
  if (answer.account !== body.account) return { kind: "other_account", sentence: null };
  return { kind: "ok", answer };
}

/**
 * @param {Got | null} got
 * @returns {FileReply}
 */
function fileReply(got) {
  const body = got ? parsed(got.body) : null;
  const state = fileOf(body);
  if (got?.status === 200) return state ? { kind: "ok", file: state } : { kind: "retry", sentence: null };
  if (got?.status === 409 && state) return { kind: "offset", file: state };
  if (got?.status === 422) return { kind: "mismatch", sentence: textOf(body, "sentence") };
  if (got?.status === 404) return { kind: "missing", sentence: textOf(body, "sentence") };
  return trouble(got);
}

/**
 * @param {Got | null} got
 * @returns {PictureReply}
 */
function pictureReply(got) {
  const type = got?.headers.get("Content-Type") ?? "";
  if (got?.status === 200 && type.startsWith("image/")) return { kind: "ok", bytes: new Uint8Array(got.body), type };
  if (got?.status === 404) return { kind: "missing", sentence: null };
  return trouble(got?.status === 200 ? null : got);
}

/** @type {{[status: number]: "signin" | "other_account" | "update" | "malformed"}} */
const TROUBLES = { 400: "malformed", 401: "signin", 409: "other_account", 413: "malformed", 426: "update" };

/**
 * A status that is ours comes with our JSON; anything else may be a proxy's and is tried again.
 * @param {Got | null} got
 * @returns {Trouble}
 */
function trouble(got) {
  const body = got ? parsed(got.body) : null;
  const sentence = textOf(body, "sentence");
  if (got?.status === 429 || got?.status === 503) return { kind: "wait", seconds: secondsOf(got.headers), sentence };
  const kind = got ? TROUBLES[got.status] : undefined;
  const ours = sentence !== null || kind === "malformed";
  return { kind: kind && ours && (kind !== "other_account" || textOf(body, "code") === kind) ? kind : "retry", sentence };
}

/**
 * @param {Headers} headers
 * @returns {number}
 */
function secondsOf(headers) {
  const text = headers.get("Retry-After") ?? "";
  return /^\d{1,6}$/.test(text) ? Number(text) : DEFAULT_WAIT_S;
}

/**
 * @param {ArrayBuffer} body
 * @returns {Json}
 */
function parsed(body) {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

/**
 * @param {Json} value
 * @param {string} name
 * @returns {string | null}
 */
function textOf(value, name) {
  const text = isObject(value) ? value[name] : null;
  return typeof text === "string" ? text : null;
}

/**
 * @param {Json} value
 * @returns {FileState | null}
 */
function fileOf(value) {
  if (!isObject(value)) return null;
  const { have, size, state } = value;
  if (!isCount(have) || !isCount(size) || typeof state !== "string") return null;
  return { have, size, state, sentence: textOf(value, "sentence") };
}

/**
 * @param {unknown} value
 * @returns {value is Answer}
 */
function isAnswer(value) {
  if (!isObject(value)) return false;
  const { account, time, results, changes, gone, more } = value;
  if (typeof account !== "string" || typeof time !== "string" || typeof more !== "boolean") return false;
  return isList(gone, isText) && isList(results, isResult) && isList(changes, isChange);
}

/**
 * @param {unknown} value
 * @returns {value is WireResult}
 */
function isResult(value) {
  return isObject(value) && isText(value["id"]) && isText(value["status"]);
}

/**
 * @param {unknown} value
 * @returns {value is WireChange}
 */
function isChange(value) {
  if (!isObject(value)) return false;
  const { stream, epoch, seq, more, reset, rows } = value;
  return isText(stream) && isText(epoch) && isCount(seq) && typeof more === "boolean" && typeof reset === "boolean" && isList(rows, isRow);
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isRow(value) {
  return isObject(value) && isText(value["kind"]) && isText(value["id"]) && isCount(value["rev"]) && typeof value["body"] === "object";
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isText(value) {
  return typeof value === "string";
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isCount(value) {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/**
 * @param {unknown} value
 * @param {(item: unknown) => boolean} fits
 * @returns {boolean}
 */
function isList(value, fits) {
  return Array.isArray(value) && value.every(fits);
}

/**
 * @template T
 * @param {T} value
 * @returns {value is T & {[name: string]: unknown}}
 */
function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
