/** @import {Locks} from "./types.js" */

/**
 * Locks over all tabs of this browser.
 * @param {LockManager} manager  navigator.locks
 * @returns {Locks}
 */
export function tabLocks(manager) {
  return { request: (name, work) => manager.request(name, () => work()) };
}

/**
 * Locks within this page alone, where the browser has none for all tabs.
 * @returns {Locks}
 */
export function pageLocks() {
  /** @type {Map<string, Promise<unknown>>} */
  const last = new Map();
  return {
    request: (name, work) => {
      const turn = (last.get(name) ?? Promise.resolve()).then(work);
      last.set(name, turn.catch(() => {}));
      return turn;
    },
  };
}
