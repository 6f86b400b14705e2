/**
 * While the copy is locked the sign-in of this browser opens nothing either: the server wants a key back whose hash it
 * was told. The key lies here sealed with the copy's own, so that only who opens the copy has it.
 */
import { Seal } from "./seal.js";

/** @typedef {import("./session.js").Asker} Asker */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */
/**
 * `next`: the same key under the key that the copy is about to have. `ending`: the copy has no lock any more, and the
 * server has still to hear of it.
 * @typedef {{account: string, hash: string, sealed: string, next?: string, ending?: boolean}} Kept
 */

const GATE = "inhand.gate";
const KEY_BYTES = 32;
const PATIENCE_MS = 10_000;
const HEADERS = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };

/** @typedef {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, key: CryptoKey, account: string, storage: Shelf}} Parts */

/**
 * Makes the key once for each account. Where the copy's key does not open it, a new one is made.
 * @param {Parts} parts
 * @returns {Promise<string>} the key, in hex
 */
export async function gateKey({ crypto, key, account, storage }) {
  const kept = keptGate(storage, account);
  const found = kept && (await opened(crypto, key, kept));
  if (kept && found && !kept.next) return hex(found.raw);
  const raw = found?.raw ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const sealed = found?.sealed ?? (await closed(crypto, key, raw));
  keep(storage, { account, hash: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", raw))), sealed });
  return hex(raw);
}

/**
 * The copy is about to have another key: until that is settled either opens the gate's, so that a kill at any moment
 * leaves one that fits. A gate that cannot be opened is forgotten: its hash must not be told again. A copy that gets
 * its first lock gets its gate with it; one that loses its lock keeps it until the server was told (`settleGate`).
 * @param {Omit<Parts, "key"> & {from: CryptoKey, to: CryptoKey, locked: boolean}} parts  `locked`: whether the copy will have a lock
 * @returns {Promise<{done: () => void, back: () => void}>} to be called when the copy has its new key, or keeps its old one
 */
export async function carryGate({ crypto, from, to, account, storage, locked }) {
  const kept = keptGate(storage, account);
  const found = kept && (await opened(crypto, from, kept));
  if (!kept || !found) {
    forgetGate(storage);
    if (locked) await gateKey({ crypto, key: to, account, storage });
    return { done: () => {}, back: () => forgetGate(storage) };
  }
  const { hash, ending = false } = kept;
  const before = { account, hash, ending, sealed: found.sealed };
  const next = await closed(crypto, to, found.raw);
  keep(storage, { ...before, next });
  return {
    done: () => keep(storage, { account, hash, ending: !locked, sealed: next }),
    back: () => keep(storage, before),
  };
}

/**
 * The copy has no lock any more: the sign-in no longer closes by itself. What cannot be told now is told at a later
 * start. A gate that the copy does not open was another copy's: it is forgotten.
 * @param {Parts & {ask: Asker}} parts
 * @returns {Promise<boolean>} whether the server was told now
 */
export async function settleGate({ crypto, key, account, storage, ask }) {
  const kept = keptGate(storage, account);
  const found = kept && (await opened(crypto, key, kept));
  if (found) {
    const told = { key: hex(found.raw) };
    if (!(await tell(ask, "/session/unlock", told)) || !(await tell(ask, "/session/lock/end", told))) return false;
  }
  forgetGate(storage);
  return Boolean(found);
}

/** @param {Shelf} storage @param {string} account @returns {boolean} whether the copy has a lock whose gate is here */
export function hasGate(storage, account) {
  const kept = keptGate(storage, account);
  return kept !== null && !kept.ending;
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
  return kept && !kept.ending ? tell(ask, "/session/lock", { hash: kept.hash }) : false;
}

/**
 * @param {Asker} ask
 * @param {string} key  in hex
 * @param {number} minutes  so long after its last use the server closes it by itself, whether this phone runs or not
 * @returns {Promise<boolean>} whether the sign-in opens everything again
 */
export function openGate(ask, key, minutes) {
  return tell(ask, "/session/unlock", { key, minutes });
}

/**
 * @param {Asker} ask
 * @param {string} address
 * @param {object} body
 */
async function tell(ask, address, body) {
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

/** @param {Shelf} storage @param {Kept} kept */
function keep(storage, kept) {
  storage.setItem(GATE, JSON.stringify(kept));
}

/**
 * @param {Parts["crypto"]} crypto
 * @param {CryptoKey} key
 * @param {Kept} kept
 * @returns {Promise<{raw: Uint8Array<ArrayBuffer>, sealed: string} | null>} the gate's key, and as what it lies here
 */
async function opened(crypto, key, kept) {
  const seal = new Seal(crypto, key);
  for (const sealed of [kept.sealed, kept.next]) {
    const raw = sealed && (await seal.open(GATE, bytesOf(sealed)).catch(() => null));
    if (raw) return { raw, sealed };
  }
  return null;
}

/**
 * @param {Parts["crypto"]} crypto
 * @param {CryptoKey} key
 * @param {Uint8Array<ArrayBuffer>} raw
 */
async function closed(crypto, key, raw) {
  return hex(await new Seal(crypto, key).close(GATE, raw));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
