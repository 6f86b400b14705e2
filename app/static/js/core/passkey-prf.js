/**
 * 32 secret bytes that only a passkey of this device gives back (the PRF extension of WebAuthn level 3). Nothing goes to
 * the server: the bytes open the phone's copy, and whoever cannot make them cannot open it.
 */
import { KeyError } from "./keys.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {Pick<CredentialsContainer, "get">} Passkeys */

const SECRET_BYTES = 32;
const NOT_DONE = "That was stopped, or took too long. Try again, or go another way.";
const CANNOT = "This passkey or this browser cannot lock the copy. Make a new passkey in your account, or use a PIN.";

/**
 * Whether this browser says that it can. Some say nothing: there only a try shows it.
 * @param {{PublicKeyCredential?: unknown}} window
 * @returns {Promise<boolean | "unknown">}
 */
export async function canLockWithPasskey({ PublicKeyCredential: known }) {
  if (typeof known !== "function") return false;
  const ask = /** @type {{getClientCapabilities?: () => Promise<{[name: string]: boolean}>}} */ (/** @type {unknown} */ (known)).getClientCapabilities;
  if (!ask) return "unknown";
  const told = await ask.call(known).catch(() => /** @type {{[name: string]: boolean}} */ ({}));
  return told["extension:prf"] ?? "unknown";
}

/**
 * Asks the device for the bytes; the person shows who they are there.
 * @param {Passkeys} passkeys  navigator.credentials
 * @param {Pick<Crypto, "getRandomValues">} crypto
 * @param {Bytes} salt  the same salt gives the same bytes
 * @param {string | null} credential  which passkey, in base64url; null: the person chooses one of theirs
 * @returns {Promise<{prf: Bytes, credential: string}>}
 * @throws {KeyError} wrong: stopped, or nobody there; kind: it gives no bytes
 */
export async function secretOf(passkeys, crypto, salt, credential) {
  const made = await passkeys.get({ publicKey: asked(crypto, salt, credential) }).catch(stopped);
  if (!made) return stopped();
  const { prf } = /** @type {PublicKeyCredential} */ (made).getClientExtensionResults();
  const found = prf?.results?.first;
  if (!found || found.byteLength < SECRET_BYTES) throw new KeyError("kind", CANNOT);
  return { prf: bytesOf(found), credential: made.id };
}

/**
 * @param {Pick<Crypto, "getRandomValues">} crypto
 * @param {Bytes} salt
 * @param {string | null} credential
 * @returns {PublicKeyCredentialRequestOptions}
 */
function asked(crypto, salt, credential) {
  return {
    challenge: crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), // nobody checks the answer: the bytes are the proof
    userVerification: "required",
    allowCredentials: credential ? [{ type: "public-key", id: decoded(credential) }] : [],
    extensions: { prf: { eval: { first: salt } } },
  };
}

/** @returns {never} */
function stopped() {
  throw new KeyError("wrong", NOT_DONE);
}

/** @param {BufferSource} source @returns {Bytes} */
function bytesOf(source) {
  return source instanceof ArrayBuffer ? new Uint8Array(source) : Uint8Array.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
}

/** @param {string} text  base64url without padding @returns {Bytes} */
function decoded(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}
