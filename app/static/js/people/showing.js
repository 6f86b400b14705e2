/**
 * Handing the phone to the person: from then on it shows their plan, and no more. The sign-in ends on the server, so
 * that no page opens with the carer's rights either; a PIN, or signing in again, opens the rest.
 */
import { endSession, signInState } from "../core/session.js";

/** @import {Asker} from "../core/session.js" */
/** @typedef {{account: string, person: string, ended: boolean}} Shown  `ended`: the server knows of it */

export const SHOWING = "inhand.showing";
const PASS = "inhand.pass"; // as core/pass.js has it, which loads for those with a lock alone

/**
 * @param {object} parts
 * @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} parts.storage
 * @param {Pick<Storage, "removeItem">} parts.tab
 * @param {Asker} parts.ask
 * @param {string} parts.account
 * @param {(path: string) => void} parts.leave
 */
export function showingDoor({ storage, tab, ask, account, leave }) {
  const write = (/** @type {Shown} */ shown) => storage.setItem(SHOWING, JSON.stringify(shown));
  const read = () => shownIn(storage, account);
  return {
    /** @returns {string | null} the person whose plan is shown, and nothing else */
    person: () => read()?.person ?? null,
    /** From here on; with a PIN the next start asks for it. @param {string} person */
    begin(person) {
      tab.removeItem(PASS); // without signal the server would still let it open the rest
      write({ account, person, ended: false });
      void this.settle();
    },
    /** Ends the sign-in where that is still to be done; where somebody has signed in since, the showing is over. */
    async settle() {
      const shown = read();
      if (!shown) return;
      if (!shown.ended) {
        if (await endSession(ask, { wipe: false })) write({ ...shown, ended: true });
        return;
      }
      const state = await signInState(ask);
      if (state.kind !== "in" || state.who.account !== account) return;
      storage.removeItem(SHOWING);
      leave("/app/");
    },
  };
}

/**
 * @param {Pick<Storage, "getItem">} storage
 * @param {string} account
 * @returns {Shown | null}
 */
function shownIn(storage, account) {
  try {
    const found = JSON.parse(storage.getItem(SHOWING) ?? "null");
    return found?.account === account && typeof found.person === "string" ? found : null;
  } catch {
    return null;
  }
}
