/**
 * The key that opens the phone's copy, and the locks that wrap it. Three kinds of lock:
 * `none`: the data key lies beside the data. This is no lock, and the app says so.
 * `pin`: a key made slowly from a PIN wraps the data key. It slows somebody who has the phone's files; it does not stop them.
 * `passkey`: 32 secret bytes of a passkey (PRF) wrap the data key.
 * Pure but for WebCrypto; keyring.js keeps the records.
 */

/** @typedef {Pick<Crypto, "subtle" | "getRandomValues">} Webcrypto */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{kind: "none"} | {kind: "pin", pin: string} | {kind: "passkey", prf: Bytes, credential?: string}} Secret */
/**
 * What lies on the phone. `salt` of a passkey is what its PRF is asked with.
 * @typedef {{kind: "none", key: Bytes}
 *   | {kind: "pin", salt: Bytes, count: number, wrapped: Bytes}
 *   | {kind: "passkey", salt: Bytes, credential: string | null, wrapped: Bytes}} KeyRecord
 */
/** @typedef {{record: KeyRecord, key: CryptoKey}} Opened */

export const LEAST_COUNT = 600_000;
export const SHORTEST_PIN = 6;
const MOST_COUNT = 20_000_000;
const WANTED_MS = 500;
const SAMPLE = 100_000;
const IV = 12;
const encoder = new TextEncoder();

/** What is wrong with a secret, with a sentence for the screen. */
export class KeyError extends Error {
  /**
   * @param {"wrong" | "short" | "kind"} kind
   * @param {string} sentence
   */
  constructor(kind, sentence) {
    super(sentence);
    this.name = "KeyError";
    this.kind = kind;
    this.sentence = sentence;
  }
}

/**
 * How often the PIN is hashed on this phone: what takes about half a second, and never less than the least.
 * @param {Webcrypto} crypto
 * @param {{now: () => number}} clock  ms, finer than whole ones if possible
 * @returns {Promise<number>}
 */
export async function measureCount(crypto, clock) {
  const started = clock.now();
  await slowKey(crypto, "000000", new Uint8Array(16), SAMPLE);
  const took = Math.max(1, clock.now() - started);
  return Math.min(MOST_COUNT, Math.max(LEAST_COUNT, Math.round((SAMPLE * WANTED_MS) / took)));
}

/**
 * Makes a data key and locks it.
 * @param {Webcrypto} crypto
 * @param {Secret} secret
 * @param {{count?: number, salt?: Bytes}} [how]  `salt`: what the passkey's PRF was asked with
 * @returns {Promise<Opened>}
 * @throws {KeyError} short
 */
export async function createKey(crypto, secret, how = {}) {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const record = await lock(crypto, raw, secret, how);
  return { record, key: await dataKey(crypto, raw) };
}

/**
 * @param {Webcrypto} crypto
 * @param {KeyRecord} record
 * @param {Secret} secret
 * @returns {Promise<CryptoKey>}
 * @throws {KeyError} wrong
 */
export async function unlockKey(crypto, record, secret) {
  return dataKey(crypto, await unlock(crypto, record, secret));
}

/**
 * @param {Webcrypto} crypto
 * @param {Bytes} raw
 * @param {Secret} secret
 * @param {{count?: number, salt?: Bytes}} how
 * @returns {Promise<KeyRecord>}
 */
async function lock(crypto, raw, secret, { count = LEAST_COUNT, salt = crypto.getRandomValues(new Uint8Array(16)) }) {
  if (secret.kind === "none") return { kind: "none", key: raw };
  if (secret.kind === "pin") {
    if ([...secret.pin].length < SHORTEST_PIN) throw new KeyError("short", `Use at least ${SHORTEST_PIN} digits or letters.`);
    if (count < LEAST_COUNT) throw new KeyError("kind", "This lock would be too weak.");
    const wrapped = await wrap(crypto, await slowKey(crypto, secret.pin, salt, count), raw);
    return { kind: "pin", salt, count, wrapped };
  }
  const wrapped = await wrap(crypto, await passkeyKey(crypto, secret.prf, salt), raw);
  return { kind: "passkey", salt, credential: secret.credential ?? null, wrapped };
}

/**
 * @param {Webcrypto} crypto
 * @param {KeyRecord} record
 * @param {Secret} secret
 * @returns {Promise<Bytes>}
 */
async function unlock(crypto, record, secret) {
  if (record.kind === "none") return record.key;
  if (record.kind === "pin" && secret.kind === "pin") {
    return unwrap(crypto, await slowKey(crypto, secret.pin, record.salt, record.count), record.wrapped, "This PIN is not right.");
  }
  if (record.kind === "passkey" && secret.kind === "passkey") {
    return unwrap(crypto, await passkeyKey(crypto, secret.prf, record.salt), record.wrapped, "This passkey is not the right one.");
  }
  throw new KeyError("kind", "This phone has another kind of lock.");
}

/**
 * @param {Webcrypto} crypto
 * @param {Bytes} raw
 */
function dataKey(crypto, raw) {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * @param {Webcrypto} crypto
 * @param {string} pin
 * @param {Bytes} salt
 * @param {number} count
 * @returns {Promise<CryptoKey>}
 */
async function slowKey(crypto, pin, salt, count) {
  const base = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: count };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {Webcrypto} crypto
 * @param {Bytes} prf
 * @param {Bytes} salt
 * @returns {Promise<CryptoKey>}
 */
async function passkeyKey(crypto, prf, salt) {
  if (prf.length < 32) throw new KeyError("short", "This passkey can't lock the phone's copy.");
  const base = await crypto.subtle.importKey("raw", prf, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: encoder.encode("inhand data key") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {Webcrypto} crypto
 * @param {CryptoKey} key
 * @param {Bytes} raw
 * @returns {Promise<Bytes>}
 */
async function wrap(crypto, key, raw) {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, raw);
  return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
}

/**
 * @param {Webcrypto} crypto
 * @param {CryptoKey} key
 * @param {Bytes} wrapped
 * @param {string} sentence  when it does not open
 * @returns {Promise<Bytes>}
 */
async function unwrap(crypto, key, wrapped, sentence) {
  try {
    const how = { name: "AES-GCM", iv: wrapped.subarray(0, IV) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, wrapped.subarray(IV)));
  } catch {
    throw new KeyError("wrong", sentence);
  }
}
