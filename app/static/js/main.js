/** Starts the app: the key, the store, the rows, then the screen. The network comes last. */
import { html, render } from "htm/preact";
import { acts } from "./acts.js";
import { Root } from "./app.js";
import { uuid } from "./core/ids.js";
import { createKey, measureCount } from "./core/keys.js";
import { openKeyring } from "./core/keyring.js";
import { pageLocks, tabLocks } from "./core/locks.js";
import { createNet } from "./core/net.js";
import { browserTools } from "./core/photo.js";
import { openReplica } from "./core/replica.js";
import { endSession, signInState } from "./core/session.js";
import { openStore } from "./core/store.js";
import { createSync } from "./core/sync.js";
import { askForWakeup, watchWakeups } from "./core/wakeups.js";
import { WorkerUpdate } from "./core/worker-update.js";
import { AppContext } from "./parts/context.js";
import { pictureDoor } from "./parts/doors.js";
import { Live } from "./parts/live.js";
import { Router } from "./parts/router.js";
import { NewVersion } from "./parts/new-version.js";
import { Undo } from "./parts/undo.js";
import { askForPin, say } from "./parts/start-screens.js";

/**
 * @import {Keyring} from "./core/keyring.js"
 * @import {Who} from "./core/session.js"
 * @import {Store} from "./core/store.js"
 * @import {Sync} from "./core/sync.js"
 */

const REMEMBERED = "inhand.who";
const clock = { now: () => Date.now() };
const timers = {
  set: (/** @type {() => void} */ work, /** @type {number} */ ms) => setTimeout(work, ms),
  clear: (/** @type {unknown} */ id) => clearTimeout(/** @type {number} */ (id)),
};
const ask = (/** @type {string} */ url, /** @type {RequestInit | undefined} */ how) => globalThis.fetch(url, how);
const place = /** @type {HTMLElement} */ (document.getElementById("app"));

await start();

async function start() {
  const keyring = await openKeyring(indexedDB);
  await keyring.finishEndings();
  const who = await whoIsHere(keyring);
  if (!who) return;
  const store = await keyring.unlock(crypto, who.account, (record) => askForPin(place, record), (key) => open(who, key));
  const net = createNet({ fetch: ask, timers });
  const replica = await openReplica({ store, acts, clock, ids: () => uuid(crypto), crypto });
  const locks = navigator.locks ? tabLocks(navigator.locks) : pageLocks();
  const sync = createSync({ replica, store, net, locks, clock, random: Math.random, timers });
  const app = {
    live: new Live({ replica, sync, who, clock }),
    router: new Router(window),
    undo: new Undo(),
    ids: () => uuid(crypto),
    photos: browserTools(window),
    version: new NewVersion(startWorker()),
    doors: {
      picture: pictureDoor({ store, net }),
      lockKind: async () => (await keyring.record(who.account))?.kind ?? "none",
      lockWithPin: (/** @type {string} */ pin) => lockWithPin(keyring, store, sync, pin),
      signOut: () => signOut(keyring, store, sync, who),
    },
  };
  place.replaceChildren();
  render(html`<${AppContext.Provider} value=${app}><${Root} /><//>`, place);
  watchWakeups({ window, document, worker: navigator.serviceWorker ?? null, kick: (reason) => sync.kick(reason) });
  void meetServer(who);
}

/**
 * The account of this phone's copy, or of the server's sign-in when there is no copy yet.
 * @param {Keyring} keyring
 * @returns {Promise<Who | null>}
 */
async function whoIsHere(keyring) {
  const known = await keyring.accounts();
  const remembered = recall();
  if (remembered && known.includes(remembered.account)) return remembered;
  const state = await signInState(ask);
  if (state.kind === "out") return leave(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  if (state.kind === "unknown") {
    say(place, "There is no signal", "Inhand needs signal once on this phone, to sign in. After that it works without.");
    return null;
  }
  if (!known.includes(state.who.account)) {
    const { record } = await createKey(crypto, { kind: "none" });
    await keyring.write(state.who.account, record);
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
 * The service worker; nothing waits for it. A new version waits for a tap.
 * @returns {WorkerUpdate}
 */
function startWorker() {
  const update = new WorkerUpdate({ container: navigator.serviceWorker, reload: () => location.reload() });
  if (navigator.serviceWorker) void update.start().then((registration) => registration && askForWakeup(registration));
  return update;
}

/**
 * @param {Keyring} keyring
 * @param {Store} store
 * @param {Sync} sync
 * @param {string} pin
 */
async function lockWithPin(keyring, store, sync, pin) {
  sync.stop();
  await keyring.replaceKey(crypto, store, { kind: "pin", pin }, { count: await measureCount(crypto, performance) });
  location.assign("/app/");
}

/**
 * The key first, then the copy, then the sign-in. The browser clears the rest when nobody else's things wait here.
 * @param {Keyring} keyring
 * @param {Store} store
 * @param {Sync} sync
 * @param {Who} who
 */
async function signOut(keyring, store, sync, who) {
  sync.stop();
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
