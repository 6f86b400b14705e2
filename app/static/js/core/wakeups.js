/**
 * When the phone should try to synchronise: it starts, a network appears, the app is looked at again, the browser
 * says that it may (Background Sync). None of these is believed to mean that there is a connection.
 * @import {Reason} from "./sync.js"
 */

const TAG = "inhand-outbox";

/** @typedef {{sync: {register: (tag: string) => Promise<void>}}} WithSync */

/**
 * @param {object} parts
 * @param {EventTarget} parts.window
 * @param {EventTarget & {visibilityState: string}} parts.document
 * @param {EventTarget | null} parts.worker  navigator.serviceWorker
 * @param {(reason: Reason) => unknown} parts.kick
 * @returns {() => void} stops watching
 */
export function watchWakeups({ window, document, worker, kick }) {
  const visible = () => void (document.visibilityState === "visible" && kick("visible"));
  const told = (/** @type {Event} */ event) => void (event instanceof MessageEvent && event.data === "drain" && kick("background"));
  /** @type {[EventTarget | null, string, (event: Event) => void][]} */
  const watched = [
    [window, "online", () => void kick("online")],
    [window, "pageshow", visible],
    [document, "visibilitychange", visible],
    [worker, "message", told],
  ];
  for (const [target, name, listener] of watched) target?.addEventListener(name, listener);
  kick("start");
  return () => watched.forEach(([target, name, listener]) => target?.removeEventListener(name, listener));
}

/**
 * Asks for a wake-up once there is a connection, in browsers that know how.
 * @param {object} registration  of the service worker
 * @returns {Promise<boolean>}
 */
export async function askForWakeup(registration) {
  if (!("sync" in registration)) return false;
  try {
    await /** @type {WithSync} */ (registration).sync.register(TAG);
    return true;
  } catch {
    return false;
  }
}
