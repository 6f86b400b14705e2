/** One whole file of our own server, with word of how much of it is here. It may take long, but not stand still. */

/** @typedef {{bytes: Uint8Array<ArrayBuffer>, type: string}} Downloaded */
/** @typedef {(path: string, onBytes?: (here: number) => void) => Promise<Downloaded | null>} Download */

const STILL_MS = 30_000;

/**
 * @param {(url: string, how: RequestInit) => Promise<Response>} ask
 * @param {number} [stillMs]  how long nothing may come
 * @returns {Download} null when nobody answered, the answer was no file, or it broke off
 */
export function downloader(ask, stillMs = STILL_MS) {
  return async (path, onBytes = () => {}) => {
    const stop = new AbortController();
    let timer = setTimeout(() => stop.abort(), stillMs);
    const moved = (/** @type {number} */ here) => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), stillMs);
      onBytes(here);
    };
    try {
      const response = await ask(path, { credentials: "same-origin", redirect: "error", signal: stop.signal });
      if (!response.ok || !response.body) return null;
      return { bytes: await collect(response.body, moved), type: response.headers.get("Content-Type") ?? "" };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @param {(here: number) => void} moved
 */
async function collect(body, moved) {
  const reader = body.getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let here = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    here += next.value.length;
    moved(here);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
