/** A copy with a lock, while it is open: it closes again after a while, and the sign-in with it. Nothing typed is lost. */
import { carryDrafts } from "../core/drafts.js";
import { carryGate, closeGate, endGate, forgetGate, gateKey, openGate } from "../core/gate.js";
import { keepHalfway, putBack } from "../core/halfway.js";
import { idleMinutes, watchIdle } from "../core/idle.js";
import { KeyError, unlockKey } from "../core/keys.js";
import { PASS, makePass } from "../core/pass.js";
import { HERE } from "../parts/place.js";

/**
 * @import {Keyring} from "../core/keyring.js"
 * @import {Secret} from "../core/keys.js"
 * @import {Store} from "../core/store.js"
 * @import {Sync} from "../core/sync.js"
 * @import {Asker} from "../core/session.js"
 * @import {Timers} from "../core/types.js"
 */

/**
 * `secret`: what opened the copy.
 * @param {{store: Store, sync: Sync, key: CryptoKey, secret: Secret | null, account: string, ask: Asker, clock: {now: () => number}, timers: Timers}} parts
 */
export async function guard({ store, sync, key, secret, account, ask, clock, timers }) {
  const here = { crypto, key, storage: sessionStorage, path: location.pathname };
  const lock = async () => {
    sync.stop();
    const kept = keepHalfway({ ...here, path: location.pathname }, document);
    sessionStorage.removeItem(PASS);
    document.body.replaceChildren(); // nothing is to be read, or pressed, while the server is told
    await Promise.allSettled([kept, closeGate(ask, localStorage, account)]);
    store.close();
    location.reload();
  };
  const minutes = () => idleMinutes(localStorage);
  watchIdle({ window, document, clock, timers, minutes, lock: () => void lock() });
  void putBack(here, document);
  if (secret) leavePass(await makePass({ crypto, ask, account, tab: sessionStorage }, secret), minutes);
  const opening = await gateKey({ crypto, key, account, storage: localStorage });
  await keepOpen({ sync, minutes, open: (wanted) => openGate(ask, opening, wanted) });
}

/**
 * A tap on a link to a page of the server leaves a pass for the way back.
 * @param {(minutes: number) => void} leave
 * @param {() => number} minutes
 */
function leavePass(leave, minutes) {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link && link.origin === location.origin && !HERE.test(link.pathname) && !link.hasAttribute("download")) leave(minutes());
  }, true);
}

/**
 * Whether this is the PIN of the copy now: whoever finds the phone open cannot change its lock.
 * @param {{keyring: Keyring, store: Store}} parts
 * @param {string} pin
 * @throws {import("../core/keys.js").KeyError}
 */
export async function checkPin({ keyring, store }, pin) {
  const record = await keyring.record(store.account);
  if (record?.kind === "pin") await unlockKey(crypto, record, { kind: "pin", pin });
}

/**
 * Takes the lock away. The server is told first: it would close the sign-in later, and nothing could open it.
 * @param {Parameters<typeof changeLock>[0] & {ask: Asker}} parts
 */
export async function endLock({ ask, ...parts }) {
  const { key, storage, store } = parts;
  const opening = await gateKey({ crypto, key, account: store.account, storage });
  if (!(await endGate(ask, opening))) throw new KeyError("kind", "This needs signal. The lock is as it was. Try again when there is some.");
  await changeLock(parts, { kind: "none" }, undefined);
  forgetGate(storage);
}

/**
 * Opens the sign-in with the copy, again when the server closed it meanwhile, and tells the server of other minutes.
 * @param {{sync: Pick<Sync, "subscribe" | "kick">, minutes: () => number, open: (minutes: number) => Promise<boolean>}} parts
 */
export async function keepOpen({ sync, minutes, open }) {
  let told = 0;
  let trying = false;
  const tell = async () => {
    const wanted = minutes();
    trying = true;
    const done = await open(wanted).finally(() => (trying = false));
    if (done) told = wanted;
    return done;
  };
  sync.subscribe(({ phase }) => {
    if (trying || (phase !== "signin" && (phase !== "idle" || told === minutes()))) return;
    void tell().then((done) => (done && phase === "signin" ? sync.kick("signin") : null));
  });
  if (await tell()) await sync.kick("signin");
}

/**
 * Seals the copy anew under another lock; the sign-in stays as open as it was, and what was begun is kept. A pass holds
 * what opened the old one: it goes. What fails leaves everything as before. `drafts`: where they lie in the storage.
 * @param {{keyring: Keyring, store: Store, sync: Pick<Sync, "stop" | "goOn">, key: CryptoKey, storage: Storage, tab: Pick<Storage, "removeItem">, drafts: string}} parts
 * @param {Secret} secret
 * @param {Parameters<Keyring["replaceKey"]>[3]} how
 */
export async function changeLock({ keyring, store, sync, key, storage, tab, drafts }, secret, how) {
  sync.stop();
  try {
    const fresh = await keyring.replaceKey(crypto, store, secret, how);
    tab.removeItem(PASS);
    await carryGate({ crypto, from: key, to: fresh, account: store.account, storage });
    await carryDrafts({ crypto, from: key, to: fresh, name: drafts, storage });
  } catch (error) {
    sync.goOn();
    throw error;
  }
}
