/**
 * While the copy is locked the sign-in of this browser opens nothing either: the server wants a key back whose hash it
 * was told. The key lies here sealed with the copy's own, so that only who opens the copy has it.
 */
import { Seal } from "./seal.js";

/** @typedef {import("./session.js").Asker} Asker */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */
/** @typedef {{account: string, hash: string, sealed: string}} Kept */

const GATE = "inhand.gate";
const KEY_BYTES = 32;
const PATIENCE_MS = 10_000;
const HEADERS = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };

/**
 * Makes the key once for each account. Where the copy's key does not open it, a new one is made.
 * @param {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, key: CryptoKey, account: string, storage: Shelf}} parts
 * @returns {Promise<string>} the key, in hex
 */
export async function gateKey({ crypto, key, account, storage }) {
  const seal = new Seal(crypto, key);
  const kept = keptGate(storage, account);
  const found = kept && (await seal.open(GATE, bytesOf(kept.sealed)).catch(() => null));
  if (found) return hex(found);
  const made = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", made)));
  storage.setItem(GATE, JSON.stringify({ account, hash, sealed: hex(await seal.close(GATE, made)) }));
  return hex(made);
}

/**
 * The copy has another key now: the gate's goes with it, so that what the server was told still holds. A gate that
 * cannot be opened is forgotten: its hash must not be told again.
 * @param {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, from: CryptoKey, to: CryptoKey, account: string, storage: Shelf}} parts
 */
export async function carryGate({ crypto, from, to, account, storage }) {
  const kept = keptGate(storage, account);
  const found = kept && (await new Seal(crypto, from).open(GATE, bytesOf(kept.sealed)).catch(() => null));
  if (!kept || !found) return forgetGate(storage);
  storage.setItem(GATE, JSON.stringify({ ...kept, sealed: hex(await new Seal(crypto, to).close(GATE, found)) }));
}

/**
 * The copy has no lock any more: the sign-in no longer closes by itself.
 * @param {Asker} ask
 * @param {string} key  in hex
 */
export function endGate(ask, key) {
  return told(ask, "/session/lock/end", { key });
}

/** @param {Shelf} storage */
export function forgetGate(storage) {
  storage.removeItem(GATE);
}

/**
 * From here on the sign-in opens nothing. Without signal it stays open until the lock is next seen with signal.
 * @param {Asker} ask
 * @param {Shelf} storage
 * @param {string} account
 */
export async function closeGate(ask, storage, account) {
  const kept = keptGate(storage, account);
  return kept ? told(ask, "/session/lock", { hash: kept.hash }) : false;
}

/**
 * @param {Asker} ask
 * @param {string} key  in hex
 * @param {number} minutes  so long after its last use the server closes it by itself, whether this phone runs or not
 * @returns {Promise<boolean>} whether the sign-in opens everything again
 */
export function openGate(ask, key, minutes) {
  return told(ask, "/session/unlock", { key, minutes });
}

/**
 * @param {Asker} ask
 * @param {string} address
 * @param {object} body
 */
async function told(ask, address, body) {
  try {
    const how = { method: "POST", headers: HEADERS, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS), keepalive: true };
    return (await ask(address, how)).ok;
  } catch {
    return false;
  }
}

/**
 * @param {Shelf} storage
 * @param {string} account
 * @returns {Kept | null}
 */
function keptGate(storage, account) {
  try {
    const found = JSON.parse(storage.getItem(GATE) ?? "null");
    return found?.account === account ? found : null;
  } catch {
    return null;
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
