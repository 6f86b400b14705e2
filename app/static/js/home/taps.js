/** What was tapped in the first sight of Home (home/glance.js), given to the whole app. */

/**
 * @import {Timers} from "../core/types.js"
 * @import {Held} from "./glance.js"
 */

const LONGEST_PRESS_MS = 1_000;
/** So much later than the finger went up a tap is told at the latest. */
const TOLD_MS = 50;

/**
 * Nothing is being pressed: what is drawn anew under a finger loses its tap. A finger that stays down holds nobody up.
 * @param {Pick<Held, "down">} held
 * @param {Pick<HTMLElement, "addEventListener">} place
 * @param {Timers} timers
 * @returns {Promise<unknown>}
 */
export function lifted({ down }, place, timers) {
  if (!down) return Promise.resolve();
  return new Promise((resolve) => {
    const up = () => void timers.set(() => resolve(null), TOLD_MS);
    for (const name of ["pointerup", "pointercancel"]) place.addEventListener(name, up, { once: true });
    timers.set(() => resolve(null), LONGEST_PRESS_MS);
  });
}

/**
 * The last tap, for the same thing of the whole app. Where that has none of it, its address is gone to.
 * @param {Held} held
 * @param {Pick<HTMLElement, "querySelectorAll">} place
 * @param {(path: string) => void} leave
 */
export function tapAgain({ tap, over }, place, leave) {
  over.abort();
  if (!tap) return;
  const { clientX, clientY, detail } = tap.event;
  const href = tap.target.getAttribute("href");
  const same = [...place.querySelectorAll("a, button.chip-person")].find((one) => one.getAttribute("href") === href);
  if (same) same.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, clientX, clientY, detail }));
  else if (href) leave(href);
}
