/** A copy with a lock, while it is open: it closes again after a while, and the sign-in with it. Nothing typed is lost. */
import { closeGate, gateKey, openGate } from "../core/gate.js";
import { keepHalfway, putBack } from "../core/halfway.js";
import { idleMinutes, watchIdle } from "../core/idle.js";

/**
 * @import {Store} from "../core/store.js"
 * @import {Sync} from "../core/sync.js"
 * @import {Asker} from "../core/session.js"
 * @import {Timers} from "../core/types.js"
 */

/** @param {{store: Store, sync: Sync, key: CryptoKey, account: string, ask: Asker, clock: {now: () => number}, timers: Timers}} parts */
export async function guard({ store, sync, key, account, ask, clock, timers }) {
  const here = { crypto, key, storage: sessionStorage, path: location.pathname };
  const lock = async () => {
    sync.stop();
    await Promise.allSettled([keepHalfway({ ...here, path: location.pathname }, document), closeGate(ask, localStorage, account)]);
    store.close();
    location.reload();
  };
  watchIdle({ window, document, clock, timers, minutes: () => idleMinutes(localStorage), lock: () => void lock() });
  void putBack(here, document);
  const opening = await gateKey({ crypto, key, account, storage: localStorage });
  const open = async () => {
    if (await openGate(ask, opening)) await sync.kick("signin");
  };
  let trying = false;
  sync.subscribe(({ phase }) => {
    if (phase !== "signin" || trying) return;
    trying = true;
    void open().finally(() => (trying = false));
  });
  await open();
}
