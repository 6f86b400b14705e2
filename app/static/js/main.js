/**
 * Starts the app: the key, the store, the first sight of Home, then the whole. The network comes last, but on a phone
 * that holds nothing yet: there the first sight is what the server sends first.
 */
import { html } from "htm/preact";
import { render } from "preact";
import { localDay } from "./core/dates.js";
import { KeyError, createKey } from "./core/keys.js";
import { openKeyring } from "./core/keyring.js";
import { endSession, signInState } from "./core/session.js";
import { openStore } from "./core/store.js";
import { Glance, holdTaps } from "./home/glance.js";
import { glanceOf } from "./home/seen.js";
import { placeOf } from "./parts/place.js";

/**
 * @import {KeyRecord, Secret} from "./core/keys.js"
 * @import {Keyring} from "./core/keyring.js"
 * @import {Who} from "./core/session.js"
 * @import {Store} from "./core/store.js"
 * @import {FirstSight} from "./home/first.js"
 * @import {Seen} from "./home/seen.js"
 */

const REMEMBERED = "inhand.who";
const SHOWING = "inhand.showing";
const PASS = "inhand.pass";
const LONGEST_FRAME_MS = 1_000;
const LONGEST_IDLE_MS = 200;
const AT_ONCE = 4;
const clock = { now: () => Date.now() };
const timers = {
  set: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
  clear: (/** @type {unknown} */ id) => clearTimeout(/** @type {number} */ (id)),
};
const ask = fetch;
const place = /** @type {HTMLElement} */ (document.getElementById("app"));

await start();

async function start() {
  if (!isSecureContext) return notSecure();
  const keyring = await openKeyring(indexedDB);
  const who = await whoIsHere(keyring, await keyring.finishEndings());
  if (!who) return;
  let key = /** @type {CryptoKey | null} */ (null);
  const { store, secret } = await unlocked(keyring, who, (found) => open(who, (key = found)));
  if ((await keyring.record(who.account))?.kind !== "none") localStorage.removeItem(SHOWING); // the PIN was right
  const { seen, pages } = await firstSightOf(store);
  clear();
  const taps = holdTaps(place);
  if (seen) render(html`<${Glance} ...${seen} />`, place);
  if (seen) await painted();
  await askForRest();
  const opened = { keyring, store, secret, key: /** @type {CryptoKey} */ (/** @type {unknown} */ (key)), who, place };
  const parts = { ...opened, ask, clock, timers, pages, taps, signOut: () => signOut(keyring, store, who) };
  const whole = import("./whole.js").then(({ startWhole }) => startWhole(parts));
  await whole.finally(() => taps.over.abort());
  bringManifest();
  void meetServer(who);
}

/** A browser keeps nothing sealed and runs no service worker for an address without https, but for this machine's own. */
async function notSecure() {
  const { say } = await import("./parts/start-screens.js");
  say(place, "This address is not safe enough", "Inhand keeps a sealed copy on your phone, and this address cannot. Open the address that starts with https.");
}

/**
 * Home's money from what was summed up, where Home is asked for and the sum still holds; on a phone that holds nothing
 * yet from what the server sends first.
 * @param {Store} store
 * @returns {Promise<FirstSight>}
 */
async function firstSightOf(store) {
  const asked = placeOf(location.pathname, location.search);
  const none = { seen: /** @type {Seen | null} */ (null), pages: [] };
  if (asked.screen !== "home" && (asked.screen !== "" || asked.person)) return none;
  const stored = await store.glance();
  const facts = { account: store.account, place: asked, today: localDay(new Date(clock.now())), now: clock.now() };
  const seen = glanceOf(stored, facts);
  if (seen || stored.contact !== null || stored.known.size + stored.outbox.length > 0) return { ...none, seen };
  const [{ firstSight }, { createNet }] = await Promise.all([import("./home/first.js"), import("./core/net.js")]);
  return firstSight({ net: createNet({ fetch: ask, timers }), timers, device: store.device, facts });
}

/**
 * The modules of a later step, which the page names: asked for together, none waits until another has named it.
 * @param {"inhand-first" | "inhand-rest"} step
 */
function modulesOf(step) {
  return document.querySelector(`meta[name="${step}"]`)?.getAttribute("content")?.split(" ") ?? [];
}

/** @param {string[]} modules */
function askFor(modules) {
  for (const href of modules) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
}

/** Asking takes a slow phone a while: a few at a time, so that a tap is answered in between. Nobody taps in the background. */
async function askForRest() {
  const modules = modulesOf("inhand-rest");
  while (modules.length > 0) {
    askFor(modules.splice(0, document.visibilityState === "hidden" ? modules.length : AT_ONCE));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** What a browser needs to install the app, and its pictures, come after the screen. */
function bringManifest() {
  const href = document.querySelector('meta[name="inhand-manifest"]')?.getAttribute("content");
  if (href) document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href }));
}

/** The browser has painted, or has no time to. A tab in the background gets no frames, and is not waited for. */
function painted() {
  if (document.visibilityState === "hidden") return null;
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => whenIdle(() => resolve(null))));
    setTimeout(resolve, LONGEST_FRAME_MS);
  });
}

/** @param {() => void} work  Not every browser tells when it has nothing to do: there it is at once. */
function whenIdle(work) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: LONGEST_IDLE_MS });
  else work();
}

/** What stood there before, ours or the page's, goes. */
function clear() {
  render(null, place);
  place.replaceChildren();
}

/**
 * Asks for the PIN or the passkey until it is right, but for who comes back from a page of ours in time. A copy without
 * a lock opens by itself.
 * @param {Keyring} keyring
 * @param {Who} who
 * @param {(key: CryptoKey) => Promise<Store>} openWith
 * @returns {Promise<{store: Store, secret: Secret | null}>}
 */
async function unlocked(keyring, who, openWith) {
  let wrong = "";
  let passed = /** @type {Secret | null} */ (null);
  /** @type {Secret[]} */
  const given = [];
  const askFor = async (/** @type {KeyRecord} */ record) => {
    const left = wrong || localStorage.getItem(SHOWING) || !sessionStorage.getItem(PASS) ? null : await import("./core/pass.js");
    passed = left && (await left.takePass({ crypto, ask, account: who.account, tab: sessionStorage, clock }));
    given.push(passed ?? (await askPerson(record)));
    return /** @type {Secret} */ (given.at(-1));
  };
  const askPerson = async (/** @type {KeyRecord} */ record) => {
    const [screens, { closeGate }] = await Promise.all([import("./parts/start-screens.js"), import("./core/gate.js")]);
    if (!wrong) void closeGate(ask, localStorage, who.account);
    render(null, place);
    return screens.askToUnlock(place, record, wrong, () => forget(keyring, who));
  };
  for (;;) {
    try {
      const store = await keyring.unlock(crypto, who.account, askFor, openWith);
      return { store, secret: given.at(-1) ?? null };
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      wrong = passed ? "" : error.sentence; // nobody has typed anything yet
    }
  }
}

/**
 * Whoever cannot open the copy starts anew. The sign-in ends first: else a stranger would get a fresh copy that way.
 * @param {Keyring} keyring
 * @param {Who} who
 * @returns {Promise<string>} why it could not be done
 */
async function forget(keyring, who) {
  if (!(await endSession(ask, { wipe: false }))) return "This needs signal. Try again when there is some.";
  await keyring.destroy(who.account);
  (await import("./core/gate.js")).forgetGate(localStorage);
  localStorage.removeItem(REMEMBERED);
  leave("/sign-in?next=/app/");
  return "";
}

/**
 * The account of this phone's copy, or of the server's sign-in when there is no copy yet.
 * @param {Keyring} keyring
 * @param {string[]} known  accounts whose copy is here
 * @returns {Promise<Who | null>}
 */
async function whoIsHere(keyring, known) {
  const remembered = recall();
  if (remembered && known.includes(remembered.account)) return remembered;
  askFor(modulesOf("inhand-first"));
  const state = await signInState(ask);
  if (state.kind === "out") return leave(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  if (state.kind === "unknown") {
    const { say } = await import("./parts/start-screens.js");
    say(place, "There is no signal", "Inhand needs signal once on this phone, to sign in. After that it works without.");
    return null;
  }
  if (!known.includes(state.who.account)) {
    const { record } = await createKey(crypto, { kind: "none" });
    await keyring.begin(state.who.account, record);
  }
  localStorage.setItem(REMEMBERED, JSON.stringify(state.who));
  return state.who;
}

/**
 * @param {Who} who
 * @param {CryptoKey} key
 * @returns {Promise<Store>}
 */
function open(who, key) {
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`inhand ${who.account}`) : null;
  return openStore({ indexedDB, crypto, account: who.account, key, channel });
}

/**
 * Somebody else signed in on the server since: this phone then opens that account's copy. This one's stays, sealed.
 * @param {Who} who
 */
async function meetServer(who) {
  const state = await signInState(ask);
  if (state.kind !== "in" || state.who.account === who.account) return;
  localStorage.removeItem(REMEMBERED);
  leave("/app/");
}

/**
 * The key first, then the copy, then the sign-in. The browser clears the rest when nobody else's things wait here.
 * @param {Keyring} keyring
 * @param {Store} store
 * @param {Who} who
 */
async function signOut(keyring, store, who) {
  store.close();
  await keyring.destroy(who.account);
  localStorage.removeItem(REMEMBERED);
  const others = await keyring.accounts();
  await endSession(ask, { wipe: others.length === 0 });
  leave("/");
}

/** @returns {Who | null} */
function recall() {
  try {
    const found = JSON.parse(localStorage.getItem(REMEMBERED) ?? "null");
    return typeof found?.account === "string" ? { account: found.account, name: String(found.name) } : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @returns {null}
 */
function leave(path) {
  location.assign(path);
  return null;
}
