/** Who is signed in on the server, and ending that. */

/** @typedef {{account: string, name: string}} Who */
/** @typedef {{kind: "in", who: Who} | {kind: "out"} | {kind: "unknown"}} SignInState */
/** @typedef {(url: string, how?: RequestInit) => Promise<Response>} Asker */

const PATIENCE_MS = 10_000;

/**
 * @param {Asker} ask  the browser's fetch
 * @returns {Promise<SignInState>} unknown when nobody answered: nothing may be concluded from that
 */
export async function signInState(ask) {
  try {
    const response = await ask("/session", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { kind: "unknown" };
    const body = await response.json();
    return typeof body.account === "string" ? { kind: "in", who: { account: body.account, name: String(body.name) } } : { kind: "out" };
  } catch {
    return { kind: "unknown" };
  }
}

/**
 * Ends the sign-in of this device. False when the server could not be told: the sign-in then ends by itself later.
 * @param {Asker} ask
 * @param {{wipe: boolean}} how  wipe: the browser also clears what it kept, for all accounts
 */
export async function endSession(ask, { wipe }) {
  try {
    const address = `/session/end${wipe ? "?wipe=1" : ""}`;
    const response = await ask(address, { method: "POST", headers: { "X-Inhand-Sync": "1" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok;
  } catch {
    return false;
  }
}
