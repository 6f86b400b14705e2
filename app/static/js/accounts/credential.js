/**
 * WebAuthn's JSON and the browser's own shapes. Pure. Older browsers cannot do it themselves, so we always do.
 */

/** @typedef {{id: string, type: "public-key", transports?: AuthenticatorTransport[]}} Named */

/**
 * @param {string} text  base64url without padding
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {string} base64url without padding
 */
export function textOf(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * @param {string} json
 * @returns {PublicKeyCredentialCreationOptions}
 */
export function creationOf(json) {
  const { challenge, user, excludeCredentials, ...rest } = JSON.parse(json);
  return {
    ...rest,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: described(excludeCredentials),
    extensions: { ...rest.extensions, prf: {} }, // so that it can lock the copy on the phone later
  };
}

/**
 * @param {string} json
 * @returns {PublicKeyCredentialRequestOptions}
 */
export function requestOf(json) {
  const { challenge, allowCredentials, ...rest } = JSON.parse(json);
  return { ...rest, challenge: bytesOf(challenge), allowCredentials: described(allowCredentials) };
}

/**
 * What a device made, as the server reads it.
 * @param {PublicKeyCredential} made
 * @returns {string}
 */
export function answerOf(made) {
  const { id, rawId, type, response } = made;
  return JSON.stringify({ id, rawId: textOf(rawId), type, clientExtensionResults: {}, response: partsOf(response) });
}

/**
 * @param {AuthenticatorResponse} response
 * @returns {{[name: string]: string | string[] | null}}
 */
function partsOf(response) {
  const clientDataJSON = textOf(response.clientDataJSON);
  if ("attestationObject" in response) {
    const made = /** @type {AuthenticatorAttestationResponse} */ (response);
    const transports = "getTransports" in made ? made.getTransports() : [];
    return { clientDataJSON, attestationObject: textOf(made.attestationObject), transports };
  }
  const used = /** @type {AuthenticatorAssertionResponse} */ (response);
  return {
    clientDataJSON,
    authenticatorData: textOf(used.authenticatorData),
    signature: textOf(used.signature),
    userHandle: used.userHandle ? textOf(used.userHandle) : null,
  };
}

/**
 * @param {Named[] | undefined} named
 * @returns {PublicKeyCredentialDescriptor[]}
 */
function described(named) {
  return (named ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));
}
