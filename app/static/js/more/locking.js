/** A copy with a lock, while it is open: it closes again after a while, and the sign-in with it. Nothing typed is lost. */
import { carryDrafts } from "../core/drafts.js";
import { carryGate, closeGate, gateKey, hasGate, openGate, settleGate } from "../core/gate.js";
import { keepHalfway, putBack } from "../core/halfway.js";
import { idleMinutes, watchIdle } from "../core/idle.js";
import { KeyError, createKey, measureCount, unlockKey } from "../core/keys.js";
import { PASS, keepPass, makePass } from "../core/pass.js";
import { secretOf } from "../core/passkey-prf.js";
import { StoreError } from "../core/shelf.js";
import { HERE } from "../parts/place.js";

/**
 * @import {Keyring} from "../core/keyring.js"
 * @import {Secret} from "../core/keys.js"
 * @import {Store} from "../core/store.js"
 * @import {Sync} from "../core/sync.js"
 * @import {Asker} from "../core/session.js"
 * @import {Timers} from "../core/types.js"
 */

/** @typedef {import("../core/passkey-prf.js").Passkeys} Passkeys */
/** @typedef {{kind: "none"} | {kind: "pin", pin: string} | {kind: "passkey"}} Wanted  a lock; a passkey is asked of the device */
/**
 * `drafts`: where they lie in the storage.
 * @typedef {{keyring: Keyring, store: Store, sync: Pick<Sync, "stop" | "goOn">, key: CryptoKey, storage: Storage, tab: Pick<Storage, "removeItem">, drafts: string}} Parts
 */

const NO_LOCK = /** @type {const} */ ({ kind: "none" });
const SALT_BYTES = 32;

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
  keepPass(window, sessionStorage, clock);
  if (secret) leavePass(await makePass({ crypto, ask, account, tab: sessionStorage, clock }, secret), minutes);
  const opening = await gateKey({ crypto, key, account, storage: localStorage });
  // another tab may have taken the lock away: a gate that is told of then would never open
  const open = async (/** @type {number} */ wanted) => hasGate(localStorage, account) && openGate(ask, opening, wanted);
  await keepOpen({ sync, minutes, open });
}

/**
 * The lock was taken away, and the server could not be told to the end: it is told now, or as soon as it answers.
 * @param {{sync: Pick<Sync, "subscribe" | "kick">, key: CryptoKey, account: string, ask: Asker, storage: Storage}} parts
 */
export function goOnEnding({ sync, key, account, ask, storage }) {
  return keepOpen({ sync, minutes: () => 1, open: () => settleGate({ crypto, key, account, storage, ask }) });
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
 * What opens the copy now, asked of whoever wants to change its lock. A passkey is asked of the device.
 * @param {{keyring: Keyring, store: Store}} parts
 * @param {string} pin
 * @param {Passkeys} [passkeys]
 * @returns {Promise<Secret>}
 * @throws {import("../core/keys.js").KeyError}
 */
export async function proveLock({ keyring, store }, pin, passkeys = navigator.credentials) {
  const record = await keyring.record(store.account);
  if (!record || record.kind === "none") return NO_LOCK;
  /** @type {Secret} */
  const present = record.kind === "pin" ? { kind: "pin", pin } : { kind: "passkey", ...(await secretOf(passkeys, crypto, record.salt, record.credential)) };
  await unlockKey(crypto, record, present);
  return present;
}

/**
 * Puts another lock in the place of the one that `present` opens, or takes it away.
 * @param {Parts & {ask: Asker}} parts
 * @param {Secret} present
 * @param {Wanted} to
 * @param {Passkeys} [passkeys]
 * @throws {import("../core/keys.js").KeyError} with a sentence; the lock is as it was
 */
export async function setLock(parts, present, to, passkeys = navigator.credentials) {
  if (to.kind === "none") return endLock(parts, present);
  if (to.kind === "pin") return changeLock(parts, present, to, { count: await measureCount(crypto, performance) });
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  return changeLock(parts, present, { kind: "passkey", ...(await secretOf(passkeys, crypto, salt, null)) }, { salt });
}

/**
 * Takes the lock away. The server has to answer first, and is told last: what breaks in between leaves a copy without a
 * lock whose gate opens with it, and the next start tells the server. The other way round a copy would be locked, and
 * its sign-in open to whoever has the phone.
 * @param {Parts & {ask: Asker}} parts
 * @param {Secret} present
 */
export async function endLock({ ask, ...parts }, present) {
  const { key, storage, store } = parts;
  const { account } = store;
  const opening = await gateKey({ crypto, key, account, storage });
  if (!(await openGate(ask, opening, idleMinutes(storage)))) throw new KeyError("kind", "This needs signal. The lock is as it was. Try again when there is some.");
  const fresh = await changeLock(parts, present, NO_LOCK, undefined);
  await settleGate({ crypto, key: fresh, account, storage, ask });
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
 * what opened the old one: it goes. What fails leaves everything as before.
 * @param {Parts} parts
 * @param {Secret} present  what opens the lock that is there
 * @param {Secret} secret
 * @param {Parameters<typeof createKey>[2]} how
 * @returns {Promise<CryptoKey>} the copy's new key
 */
export async function changeLock({ keyring, store, sync, key, storage, tab, drafts }, present, secret, how) {
  const { account } = store;
  /** @type {{gate: Awaited<ReturnType<typeof carryGate>> | null}} */
  const carried = { gate: null };
  const locked = secret.kind !== "none";
  const carry = async (/** @type {CryptoKey} */ to) => void (carried.gate = await carryGate({ crypto, from: key, to, account, storage, locked }));
  sync.stop();
  const fresh = await replaceKey(keyring, store, { present, secret, how, carry }).catch((error) => {
    carried.gate?.back();
    sync.goOn();
    throw error;
  });
  carried.gate?.done();
  tab.removeItem(PASS);
  await carryDrafts({ crypto, from: key, to: fresh, name: drafts, storage });
  return fresh;
}

/**
 * Replaces the data key and its lock, so that a key that lay open opens nothing any more. Survives a kill at any
 * moment: until the store is sealed anew the old key fits, afterwards the new one.
 * @param {Keyring} keyring
 * @param {Store} store
 * @param {object} change
 * @param {Secret} change.present  what opens the lock that is there: whoever finds the copy open cannot put theirs in its place
 * @param {Secret} change.secret  what opens the new one
 * @param {Parameters<typeof createKey>[2]} [change.how]
 * @param {(fresh: CryptoKey) => Promise<void>} [change.carry]  what else the new key has to open, before anything is sealed with it
 * @returns {Promise<CryptoKey>} the new key; the store is closed then, and is opened again with `Keyring.unlock`
 * @throws {KeyError} wrong, kind: `present` is not right, and nothing was changed
 */
export async function replaceKey(keyring, store, { present, secret, how, carry }) {
  const record = await keyring.record(store.account);
  if (!record) throw new StoreError("key");
  await unlockKey(crypto, record, present);
  const fresh = await createKey(crypto, secret, how);
  await carry?.(fresh.key);
  await keyring.write(store.account, record, fresh.record);
  await store.rekey(fresh.key);
  await keyring.write(store.account, fresh.record).catch(() => {}); // both keys are tried at the next start, which tidies up
  store.close();
  return fresh.key;
}
