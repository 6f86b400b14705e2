/** The whole app over an open store: the rows, the screens, then the network. Loaded after the first sight of Home. */
import { html, render } from "htm/preact";
import { acts } from "./acts.js";
import { Root } from "./app.js";
import { localDay } from "./core/dates.js";
import { Letterbox } from "./core/letterbox.js";
import { uuid } from "./core/ids.js";
import { pageLocks, tabLocks } from "./core/locks.js";
import { createNet } from "./core/net.js";
import { browserTools } from "./core/photo.js";
import { openReplica } from "./core/replica.js";
import { createSync } from "./core/sync.js";
import { askForWakeup, watchWakeups } from "./core/wakeups.js";
import { WorkerUpdate } from "./core/worker-update.js";
import { summariseStream } from "./home/summary.js";
import { lifted, tapAgain } from "./home/taps.js";
import { SHOWING, showingDoor } from "./people/showing.js";
import { reminderDoor } from "./reminders/door.js";
import { AppContext } from "./parts/context.js";
import { pictureDoor } from "./parts/doors.js";
import { Live } from "./parts/live.js";
import { NewVersion } from "./parts/new-version.js";
import { Router } from "./parts/router.js";
import { Undo } from "./parts/undo.js";

/**
 * @import {Keyring} from "./core/keyring.js"
 * @import {Asker, Who} from "./core/session.js"
 * @import {Held} from "./home/glance.js"
 * @import {Store} from "./core/store.js"
 * @import {Page, Sync} from "./core/sync.js"
 * @import {Timers} from "./core/types.js"
 */

/**
 * `ask` is the browser's fetch; `signOut` destroys the key and the copy. `pages`: what a first sight has asked for already.
 * @typedef {object} Parts
 * @property {Keyring} keyring
 * @property {Store} store
 * @property {CryptoKey} key  the account's data key
 * @property {import("./core/keys.js").Secret | null} secret  what opened it, null where there is no lock
 * @property {Who} who
 * @property {HTMLElement} place
 * @property {Asker} ask
 * @property {{now: () => number}} clock
 * @property {Timers} timers
 * @property {Page[]} pages
 * @property {Held} taps  in the first sight
 * @property {() => Promise<void>} signOut
 */

const LONGEST_EXCHANGE_MS = 10_000;

/** @param {Parts} parts */
export async function startWhole({ keyring, store, secret, key, who, place, ask, clock, timers, pages, taps, signOut }) {
  const summarise = (/** @type {string} */ stream, /** @type {import("./core/replica.js").Replica} */ rows) =>
    summariseStream(stream, rows, localDay(new Date(clock.now())));
  const ids = () => uuid(crypto);
  const net = createNet({ fetch: ask, timers });
  const replica = await openReplica({ store, acts, clock, ids, crypto, summarise });
  const locks = navigator.locks ? tabLocks(navigator.locks) : pageLocks();
  const sync = createSync({ replica, store, net, locks, clock, random: Math.random, timers, pages });
  const letterbox = new Letterbox({ caches, crypto, key, account: who.account });
  const { localStorage: storage, Notification: notifications = null } = window;
  const reminders = reminderDoor({ ask, account: who.account, storage, notifications, container: navigator.serviceWorker ?? null });
  const showing = showingDoor({ storage, tab: sessionStorage, ask, account: who.account, leave: (path) => location.assign(path) });
  const app = {
    live: new Live({ replica, sync, who, clock }),
    router: new Router(window),
    undo: new Undo(),
    ids,
    letterbox,
    photos: browserTools(window),
    version: new NewVersion(startWorker(sync, timers)),
    doors: {
      picture: pictureDoor({ store, net }),
      drafts: draftDoor(sync, { crypto, key, name: draftsOf(who.account), storage, clock, streams: () => replica.streams() }),
      ...lockDoor({ keyring, store, sync, key, storage, tab: sessionStorage, drafts: draftsOf(who.account), ask }),
      reminders,
      showing,
      signOut: () => stopWhole({ sync, letterbox, storage, account: who.account, signOut }),
    },
  };
  if (!pages.length) await draw(app, { place, taps, timers });
  void letterbox.prepare();
  void reminders.renew();
  handInClosed({ sync, replica, ask, account: who.account, storage, clock });
  void watchLock(keyring, { storage, store, sync, key, secret, account: who.account, ask, clock, timers });
  watchWindow(sync, showing);
  if (pages.length) await arrived(app.live, timers).then(() => draw(app, { place, taps, timers }));
}

/**
 * The first sight goes, and what was tapped in it counts.
 * @param {import("./parts/context.js").App} app
 * @param {Pick<Parts, "place" | "taps" | "timers">} parts
 */
async function draw(app, { place, taps, timers }) {
  await lifted(taps, place, timers);
  render(html`<${AppContext.Provider} value=${app}><${Root} /><//>`, place);
  tapAgain(taps, place, (path) => location.assign(path));
}

/**
 * The plan behind a first sight of a new phone is here, or does not come now.
 * @param {Live} live
 * @param {Timers} timers
 */
function arrived(live, timers) {
  const here = () => live.people().some((one) => live.replica.known(`person:${one.id}`));
  const taken = new Promise((resolve) => {
    const stop = live.replica.subscribe(() => here() && resolve(stop()));
  });
  return Promise.race([taken, exchanged(live.sync, timers)]);
}

/**
 * Signing out: what lies outside the store goes first.
 * @param {{sync: Sync, letterbox: Letterbox, storage: Storage, account: string, signOut: () => Promise<void>}} parts
 */
async function stopWhole({ sync, letterbox, storage, account, signOut }) {
  sync.stop();
  await Promise.allSettled([letterbox.forget()]);
  storage.removeItem(draftsOf(account));
  return signOut();
}

/** Where the drafts of an account lie. @param {string} account */
function draftsOf(account) {
  return `inhand.drafts ${account}`;
}

/**
 * What was begun and not saved: read when a form first asks for it, let go of with the plan that it belongs to.
 * @param {Sync} sync
 * @param {ConstructorParameters<typeof import("./core/drafts.js").Drafts>[0]} parts
 */
function draftDoor(sync, parts) {
  /** @type {Promise<import("./core/drafts.js").Drafts> | null} */
  let opened = null;
  const drafts = () => (opened ??= import("./core/drafts.js").then(({ Drafts }) => new Drafts(parts).open()));
  sync.subscribe(({ phase }) => {
    if (phase === "idle" && parts.storage.getItem(parts.name)) void drafts().then((one) => one.prune());
  });
  return drafts;
}

/**
 * A copy without a lock may have lost it a moment ago: the server has still to be told then.
 * @param {Keyring} keyring
 * @param {Parameters<typeof import("./more/locking.js").guard>[0] & {storage: Storage}} parts
 */
async function watchLock(keyring, parts) {
  const locked = ((await keyring.record(parts.account))?.kind ?? "none") !== "none";
  if (!locked && !parts.storage.getItem("inhand.gate")) return;
  const { goOnEnding, guard } = await import("./more/locking.js");
  await (locked ? guard : goOnEnding)(parts);
}

/**
 * @param {Sync} sync
 * @param {ReturnType<typeof showingDoor>} showing
 */
function watchWindow(sync, showing) {
  watchShowing(showing);
  watchWakeups({ window, document, worker: navigator.serviceWorker ?? null, kick: (reason) => sync.kick(reason) });
}

/**
 * The service worker; nothing waits for it. A new version waits for a tap. On a new phone the plan comes before the
 * app's own files.
 * @param {Sync} sync
 * @param {Timers} timers
 * @returns {WorkerUpdate}
 */
function startWorker(sync, timers) {
  const container = navigator.serviceWorker;
  const update = new WorkerUpdate({ container, reload: () => location.reload() });
  const start = async () => {
    const registration = await update.start();
    if (registration) await askForWakeup(registration);
  };
  if (container) void (container.controller ? start() : exchanged(sync, timers).then(start));
  return update;
}

/**
 * The first exchange is over, or takes long.
 * @param {Sync} sync
 * @param {Timers} timers
 * @returns {Promise<void>}
 */
function exchanged(sync, timers) {
  return new Promise((resolve) => {
    let began = false;
    const stop = sync.subscribe(({ phase }) => {
      if (began && phase !== "sending") resolve(stop());
      began ||= phase === "sending";
    });
    timers.set(resolve, LONGEST_EXCHANGE_MS);
  });
}

/**
 * After each exchange what was written for plans that are closed now goes to its author's account; once each start.
 * @param {{sync: Sync, replica: import("./core/replica.js").Replica, ask: Asker, account: string, storage: Storage, clock: {now: () => number}}} parts
 */
function handInClosed({ sync, replica, ...parts }) {
  /** @type {Set<string>} */
  const tried = new Set();
  sync.subscribe(({ phase }) => {
    const open = new Set(replica.streams());
    const wanted = phase === "idle" ? replica.kept().filter(({ id, op }) => op.stream.startsWith("person:") && !open.has(op.stream) && !tried.has(id)) : [];
    for (const { id } of wanted) tried.add(id);
    if (wanted.length) void import("./people/untaken.js").then(({ handIn }) => handIn({ replica, ...parts }, wanted));
  });
}

/**
 * The lock of this phone's copy: which one there is, and another in its place. The copy opens again under it at once.
 * @param {Parameters<typeof import("./more/locking.js").setLock>[0]} parts
 */
function lockDoor(parts) {
  const locking = () => import("./more/locking.js");
  return {
    lockKind: async () => (await parts.keyring.record(parts.store.account))?.kind ?? "none",
    proveLock: async (/** @type {string} */ pin) => (await locking()).proveLock(parts, pin),
    /** @type {import("./parts/doors.js").Doors["setLock"]} */
    setLock: async (present, to) => {
      await (await locking()).setLock(parts, present, to);
      location.assign("/app/");
    },
  };
}

/**
 * Other tabs of this browser follow at once; what the server could not be told is told when there is signal.
 * @param {ReturnType<typeof showingDoor>} showing
 */
function watchShowing(showing) {
  addEventListener("storage", (event) => event.key === SHOWING && location.reload());
  addEventListener("online", () => void showing.settle());
  void showing.settle();
}
