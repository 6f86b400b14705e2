/** A locked copy closes again when nobody has touched the app for a while, and when the phone slept meanwhile. */

/** @import {Timers} from "./types.js" */

export const IDLE = "inhand.idle";
export const CHOICES = /** @type {const} */ ([1, 5, 15, 60]);
const USUAL = 5;
const LOOK_MS = 5_000;
const MINUTE_MS = 60_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove", "input"];

/**
 * @param {Pick<Storage, "getItem">} storage
 * @returns {number} minutes
 */
export function idleMinutes(storage) {
  const chosen = Number(storage.getItem(IDLE));
  return CHOICES.find((one) => one === chosen) ?? USUAL;
}

/**
 * Calls `lock` once, after so long without a touch. A timer sleeps with the phone: the clock is what counts.
 * @param {object} parts
 * @param {EventTarget} parts.window
 * @param {EventTarget} parts.document
 * @param {{now: () => number}} parts.clock
 * @param {Timers} parts.timers
 * @param {() => number} parts.minutes
 * @param {() => void} parts.lock
 * @returns {() => void} stops watching
 */
export function watchIdle({ window, document, clock, timers, minutes, lock }) {
  let last = clock.now();
  /** @type {unknown} */
  let timer = null;
  const stop = () => {
    timers.clear(timer);
    for (const name of TOUCHES) window.removeEventListener(name, touched, true);
    document.removeEventListener("visibilitychange", look);
  };
  const look = () => {
    timers.clear(timer);
    if (clock.now() - last < minutes() * MINUTE_MS) return void (timer = timers.set(look, LOOK_MS));
    stop();
    return lock();
  };
  const touched = (/** @type {Event} */ event) => {
    if (clock.now() - last < minutes() * MINUTE_MS) return void (last = clock.now());
    // A touch after the time is over is the touch of somebody else: it does nothing.
    event.stopImmediatePropagation();
    if (event.cancelable) event.preventDefault();
    look();
  };
  for (const name of TOUCHES) window.addEventListener(name, touched, true);
  document.addEventListener("visibilitychange", look);
  look();
  return stop;
}
