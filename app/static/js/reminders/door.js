/**
 * Messages on this device: asking the browser, and telling the server where the device takes them. The browser is asked
 * only by `turnOn`, after a tap. Without signal the wish is kept: the device is `waiting` until `renew` reaches the server.
 */

/** @import {Asker} from "../core/session.js" */

/** @typedef {"on" | "off" | "waiting" | "blocked" | "impossible"} DeviceState */
/** @typedef {{state: DeviceState, sentence: string | null}} Told */

/**
 * @typedef {object} ReminderDoor
 * @property {() => DeviceState} glimpse  what can be told without waiting; nearly always what `state` says then
 * @property {() => Promise<DeviceState>} state
 * @property {() => Promise<Told>} turnOn
 * @property {() => Promise<Told>} turnOff
 * @property {() => Promise<boolean>} renew  at each start: a lost subscription is made anew, and the server is told
 * @property {() => Promise<Told>} trial
 */

/**
 * The parts of the browser in use; `notifications` and `container` are missing where it has none.
 * @typedef {object} Parts
 * @property {Asker} ask
 * @property {string} account
 * @property {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage
 * @property {{permission: string, requestPermission: () => Promise<string>} | null} notifications
 * @property {{ready: Promise<{pushManager?: PushManager}>} | null} container
 */

const PATIENCE_MS = 15_000;
const NO_SIGNAL = "There is no signal. Try again where there is some.";
const NO_PUSH = "This browser takes no reminders. They show in the app.";

/**
 * @param {Parts} parts
 * @returns {ReminderDoor}
 */
export function reminderDoor(parts) {
  const { notifications, storage, account } = parts;
  const wished = `inhand.reminders ${account}`;
  const glimpse = () => glimpseOf(parts, storage.getItem(wished) === "on");
  /** @returns {Promise<DeviceState>} */
  const state = async () => {
    const manager = await managerOf(parts);
    if (!manager) return "impossible";
    const seen = glimpse();
    return seen !== "on" || (await manager.getSubscription()) ? seen : "waiting";
  };
  const said = async (/** @type {string | null} */ sentence) => ({ state: await state(), sentence });
  return {
    glimpse,
    state,
    turnOn: async () => {
      if (!notifications || !(await managerOf(parts))) return said(NO_PUSH);
      if ((await notifications.requestPermission()) !== "granted") return said(null);
      storage.setItem(wished, "on");
      const sentence = await subscribe(parts);
      if (sentence === NO_SIGNAL) return { state: "waiting", sentence: null };
      if (sentence) storage.removeItem(wished);
      return said(sentence);
    },
    turnOff: async () => {
      storage.removeItem(wished);
      await tell(parts, "DELETE", "/reminders/device");
      const subscription = await (await managerOf(parts))?.getSubscription();
      await subscription?.unsubscribe();
      return said(null);
    },
    renew: async () => {
      if (notifications?.permission !== "granted" || storage.getItem(wished) !== "on") return false;
      return (await subscribe(parts)) === null;
    },
    trial: async () => said((await tell(parts, "POST", "/reminders/trial")).sentence),
  };
}

/**
 * Where the browser never starts our service worker, `ready` never comes.
 * @param {Parts} parts
 * @returns {Promise<PushManager | null>}
 */
async function managerOf({ container }) {
  if (!container) return null;
  const late = new Promise((resolve) => AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => resolve(null)));
  const registration = /** @type {{pushManager?: PushManager} | null} */ (await Promise.race([container.ready, late]));
  return registration?.pushManager ?? null;
}

/**
 * @param {Parts} parts
 * @param {boolean} wished
 * @returns {DeviceState}
 */
function glimpseOf({ notifications, container }, wished) {
  if (!notifications || !container) return "impossible";
  if (notifications.permission === "denied") return "blocked";
  return notifications.permission === "granted" && wished ? "on" : "off";
}

/**
 * A subscription for the server's key of today; another key's is made anew.
 * @param {Parts} parts
 * @returns {Promise<string | null>} what went wrong
 */
async function subscribe(parts) {
  const { body, sentence } = await tell(parts, "GET", "/reminders/device");
  const manager = await managerOf(parts);
  const key = body["key"];
  if (typeof key !== "string" || !manager) return sentence ?? NO_SIGNAL;
  try {
    const subscription = (await fitting(manager, key)) ?? (await manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) }));
    const { endpoint, keys } = subscription.toJSON();
    return (await tell(parts, "PUT", "/reminders/device", { endpoint, keys })).sentence;
  } catch {
    return "This browser could not reach its own message service. Try again later.";
  }
}

/**
 * @param {PushManager} manager
 * @param {string} key
 * @returns {Promise<PushSubscription | null>}
 */
async function fitting(manager, key) {
  const found = await manager.getSubscription();
  const used = found?.options?.applicationServerKey;
  if (!found || (used && textOf(used) === key)) return found;
  await found.unsubscribe();
  return null;
}

/**
 * @param {Parts} parts
 * @param {string} method
 * @param {string} path
 * @param {unknown} [facts]
 * @returns {Promise<{body: {[name: string]: unknown}, sentence: string | null}>}
 */
async function tell({ ask }, method, path, facts) {
  const json = facts === undefined ? {} : { "Content-Type": "application/json" };
  const how = { method, cache: "no-store", headers: { "X-Inhand-Sync": "1", ...json }, signal: AbortSignal.timeout(PATIENCE_MS) };
  try {
    const response = await ask(path, /** @type {RequestInit} */ (facts === undefined ? how : { ...how, body: JSON.stringify(facts) }));
    const body = await response.json();
    return { body, sentence: response.ok ? null : String(body.sentence ?? NO_SIGNAL) };
  } catch {
    return { body: {}, sentence: NO_SIGNAL };
  }
}

/** @param {string} text  base64url */
function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} bytes @returns {string} base64url */
function textOf(bytes) {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
