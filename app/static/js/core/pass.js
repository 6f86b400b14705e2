/**
 * Going from the open app to a page of the server and back within the time of the lock: it is not asked for again. What
 * opens the copy waits in this tab, sealed with a key that the server alone holds, for as many minutes and once. Closing
 * the tab, starting anew, the lock and signing out all leave nothing that opens it.
 */
import { Seal } from "./seal.js";

/**
 * @import {Asker} from "./session.js"
 * @import {Secret} from "./keys.js"
 */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */
/** @typedef {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, ask: Asker, account: string, tab: Shelf}} Parts */

export const PASS = "inhand.pass";
const KEY_BYTES = 32;
const PATIENCE_MS = 4_000;
const HEADERS = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };

/**
 * @param {Parts} parts
 * @param {Secret} secret  what opened the copy
 * @returns {Promise<(minutes: number) => void>} leaves the pass: called when a page of the server is asked for
 */
export async function makePass({ crypto, ask, account, tab }, secret) {
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const told = secret.kind === "passkey" ? { kind: secret.kind, prf: hex(secret.prf) } : secret;
  const sealed = hex(await new Seal(crypto, await keyOf(crypto, key)).closeText(`${PASS} ${account}`, JSON.stringify(told)));
  return (minutes) => {
    tab.setItem(PASS, sealed);
    void tell(ask, "/session/pass", { key: hex(key), minutes });
  };
}

/**
 * What opens the copy, if it was left here in time. It is used up, whatever comes of it.
 * @param {Parts} parts
 * @returns {Promise<Secret | null>}
 */
export async function takePass({ crypto, ask, account, tab }) {
  const sealed = tab.getItem(PASS);
  tab.removeItem(PASS);
  const key = sealed && (await tell(ask, "/session/pass/take", {}))?.["key"];
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
