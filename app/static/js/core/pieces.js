/** One large file on its way to our own server, piece by piece. It goes on where it broke off. */

/** @typedef {{kind: "ok"} | {kind: "refused", sentence: string} | {kind: "broken"}} Sent  `broken`: nobody answered for long */
/** @typedef {(place: string, file: Blob, onBytes?: (there: number) => void) => Promise<Sent>} Send */
/** @typedef {{status: number, told: {id?: string, have?: number, piece?: number, sentence?: string}}} Told */

const PIECE_MS = 60_000;
const TRIES = 5;
const MARKED = 1_048_576;
const OWN = { "X-Inhand-Sync": "1" };

/**
 * @param {(url: string, how: RequestInit) => Promise<Response>} ask
 * @param {(ms: number) => Promise<void>} [wait]  between two tries
 * @returns {Send}
 */
export function sender(ask, wait = (ms) => new Promise((done) => setTimeout(done, ms))) {
  const tried = tries(ask, wait);
  return async (place, file, onBytes = () => {}) => {
    const json = { ...OWN, "Content-Type": "application/json" };
    const first = await tried(place, { method: "POST", headers: json, body: JSON.stringify(await said(file)) });
    if (first?.status !== 200) return unsent(first);
    const { id = "", have = 0, piece = 0 } = first.told;
    let there = have;
    while (there < file.size) {
      onBytes(there);
      const headers = { ...OWN, "Content-Type": "application/octet-stream", "X-Inhand-Offset": String(there) };
      const got = await tried(`${place}/${id}`, { method: "PUT", headers, body: file.slice(there, there + piece) });
      const moved = got?.told.have;
      if (!got || (got.status !== 200 && got.status !== 409) || moved === undefined || moved === there) return unsent(got);
      there = moved;
    }
    onBytes(there);
    return { kind: "ok" };
  };
}

/**
 * The same again where nobody answered, a little later each time.
 * @param {(url: string, how: RequestInit) => Promise<Response>} ask
 * @param {(ms: number) => Promise<void>} wait
 * @returns {(url: string, how: RequestInit) => Promise<Told | null>}
 */
function tries(ask, wait) {
  return async (url, how) => {
    for (let times = 1; times <= TRIES; times += 1) {
      const told = await once(ask, url, how);
      if (told && told.status !== 503) return told;
      if (times < TRIES) await wait(1000 * 2 ** times);
    }
    return null;
  };
}

/**
 * @param {(url: string, how: RequestInit) => Promise<Response>} ask
 * @param {string} url
 * @param {RequestInit} how
 * @returns {Promise<Told | null>}
 */
async function once(ask, url, how) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PIECE_MS);
  try {
    const got = await ask(url, { credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal, ...how });
    return { status: got.status, told: await got.json() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Told | null} got
 * @returns {Sent}
 */
function unsent(got) {
  const sentence = got?.told.sentence;
  return sentence ? { kind: "refused", sentence } : { kind: "broken" };
}

/**
 * How long it is, and a sum over its ends: the same file is known again without reading all of it.
 * @param {Blob} file
 */
async function said(file) {
  const ends = new Blob([file.slice(0, MARKED), file.slice(-MARKED)]);
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await ends.arrayBuffer()));
  return { size: file.size, mark: Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
