/**
 * Going from the open app to a page of the server and back within the time of the lock: it is not asked for again. What
 * opens the copy waits in this tab, sealed with a key that the server alone holds, for as many minutes and once. The lock
 * and signing out leave nothing that opens it. A browser opens a closed tab again with all that lay in it, hours later
 * and after a fresh start too: so the pass counts only where one page of ours follows another at once.
 */
import { Seal } from "./seal.js";

/**
 * @import {Asker} from "./session.js"
 * @import {Secret} from "./keys.js"
 */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */
/** @typedef {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, ask: Asker, account: string, tab: Shelf, clock: {now: () => number}}} Parts */

export const PASS = "inhand.pass";
export const LEFT = "inhand.left";
export const AT_ONCE_MS = 30_000;
const KEY_BYTES = 32;
const PATIENCE_MS = 4_000;
const HEADERS = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };

/**
 * @param {Parts} parts
 * @param {Secret} secret  what opened the copy
 * @returns {Promise<(minutes: number) => void>} leaves the pass: called when a page of the server is asked for
 */
export async function makePass({ crypto, ask, account, tab, clock }, secret) {
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const told = secret.kind === "passkey" ? { kind: secret.kind, prf: hex(secret.prf) } : secret;
  const sealed = hex(await new Seal(crypto, await keyOf(crypto, key)).closeText(`${PASS} ${account}`, JSON.stringify(told)));
  return (minutes) => {
    tab.setItem(PASS, sealed);
    tab.setItem(LEFT, String(clock.now()));
    void tell(ask, "/session/pass", { key: hex(key), minutes });
  };
}

/**
 * Notes when this page is left. Pages of the server do the same, and let go of a pass that comes too late (accounts/way-back.js).
 * @param {Pick<Window, "addEventListener">} window
 * @param {Pick<Storage, "setItem">} tab
 * @param {{now: () => number}} clock
 */
export function keepPass(window, tab, clock) {
  window.addEventListener("pagehide", () => tab.setItem(LEFT, String(clock.now())));
}

/**
 * What opens the copy, if it was left here in time. It is used up, whatever comes of it.
 * @param {Parts} parts
 * @returns {Promise<Secret | null>}
 */
export async function takePass({ crypto, ask, account, tab, clock }) {
  const sealed = tab.getItem(PASS);
  const gap = clock.now() - Number(tab.getItem(LEFT) ?? Number.NaN);
  tab.removeItem(PASS);
  const key = sealed && gap >= 0 && gap < AT_ONCE_MS && (await tell(ask, "/session/pass/take", {}))?.["key"];
  if (typeof key !== "string") return null;
  try {
    const opened = await new Seal(crypto, await keyOf(crypto, bytesOf(key))).open(`${PASS} ${account}`, bytesOf(String(sealed)));
    const told = JSON.parse(new TextDecoder().decode(opened));
    return told.kind === "passkey" ? { kind: "passkey", prf: bytesOf(told.prf) } : told;
  } catch {
    return null;
  }
}

/**
 * @param {Asker} ask
 * @param {string} address
 * @param {object} body
 * @returns {Promise<{[name: string]: unknown} | null>}
 */
async function tell(ask, address, body) {
  try {
    const how = { method: "POST", headers: HEADERS, body: JSON.stringify(body), keepalive: true, signal: AbortSignal.timeout(PATIENCE_MS) };
    const answer = await ask(address, how);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {Parts["crypto"]} crypto @param {Uint8Array<ArrayBuffer>} raw */
function keyOf(crypto, raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
