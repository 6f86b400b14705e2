/** Addresses of screens: /app/PERSON/SCREEN/ID. Links are real links; taps on them stay inside the app. */
import { signal } from "@preact/signals";
import { HERE, placeOf } from "./place.js";

/** @import {Place} from "./place.js" */

export { placeOf } from "./place.js";

/**
 * The address of a screen.
 * @param {string | null} person
 * @param {string} screen  "money", "goal/ID", "spend?kind=refund"
 */
export function pathTo(person, screen) {
  return person ? `/app/${person}/${screen}` : `/app/${screen}`;
}

export const SECOND_TAP_MS = 400;
const SAME_PLACE_PX = 40;
/** A step back that takes longer does not come. */
const BACK_MS = 1_000;

/** Where we are, and the ways to go elsewhere. */
export class Router {
  #browser;
  #coming = "";
  /** Where a step back has to end, while the browser takes it. */
  #leaving = "";
  #here = "";
  /** The last tap, and whether it led to another screen. */
  #tap = { at: -SECOND_TAP_MS, x: 0, y: 0, led: false };

  /** @param {Pick<Window, "location" | "history" | "addEventListener" | "scrollTo" | "requestAnimationFrame" | "document">} browser */
  constructor(browser) {
    this.#browser = browser;
    this.place = signal(this.#read());
    browser.addEventListener("popstate", () => this.#came());
  }

  /**
   * @param {string} path
   * @param {{replace?: boolean}} [how]
   */
  go(path, { replace = false } = {}) {
    this.#tap.led = true;
    this.#leaving = "";
    const { history, location } = this.#browser;
    if (replace) history.replaceState(history.state, "", path);
    else history.pushState({ from: location.pathname + location.search }, "", path);
    this.place.value = this.#read();
    this.#browser.scrollTo(0, 0);
  }

  /**
   * Goes where a form or a screen ends. That takes the place of what is left, or is the step back to where one came
   * from: the browser's Back then never leads into a form that is done.
   * @param {string} path
   */
  leave(path) {
    const { history } = this.#browser;
    if (this.#leaving) return;
    if (history.state?.from !== path) return this.go(path, { replace: true });
    this.#tap.led = true;
    this.#leaving = path;
    history.back();
    setTimeout(() => this.#leaving === path && this.go(path, { replace: true }), BACK_MS);
  }

  /**
   * The second tap of a double tap belongs to the screen that the first one left: on the next screen another button
   * stands in its place. Keys have no place, and are not meant.
   * @param {MouseEvent} event
   */
  holdSecondTap(event) {
    const { at, x, y, led } = this.#tap;
    const near = Math.hypot(event.clientX - x, event.clientY - y) < SAME_PLACE_PX;
    if (led && near && event.detail > 0 && event.timeStamp - at < SECOND_TAP_MS) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    this.#tap = { at: event.timeStamp, x: event.clientX, y: event.clientY, led: false };
  }

  /**
   * Taps on links of the app stay inside it; new tabs, downloads and other addresses are the browser's. What was
   * touched shows it first: drawing the next screen takes a slow phone a while.
   * @param {MouseEvent} event
   */
  catchTap(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) return;
    if (link.origin !== this.#browser.location.origin || !HERE.test(link.pathname) || link.hash) return;
    event.preventDefault();
    const path = link.pathname + link.search;
    if (path === this.#coming) return;
    this.#coming = path;
    link.setAttribute("data-tapped", "");
    this.#afterPaint(() => {
      link.removeAttribute("data-tapped");
      if (this.#coming !== path) return;
      this.#coming = "";
      if (link.hasAttribute("data-leaves")) this.leave(path);
      else this.go(path);
    });
  }

  /** A window in the background gets no frames, and is not waited for. @param {() => void} work */
  #afterPaint(work) {
    const { document } = this.#browser;
    if (document.visibilityState === "hidden") return work();
    this.#browser.requestAnimationFrame(() => setTimeout(work));
  }

  /** The browser went back or forth, or jumped to a part of this screen. What lay there may have been replaced since. */
  #came() {
    const wanted = this.#leaving;
    const { pathname, search } = this.#browser.location;
    if (wanted && pathname + search !== wanted) return this.go(wanted, { replace: true });
    this.#leaving = "";
    if (!wanted && pathname + search === this.#here) return; // a new place would take the focus back to the heading
    this.place.value = this.#read();
    if (wanted) this.#browser.scrollTo(0, 0);
  }

  #read() {
    const { pathname, search } = this.#browser.location;
    this.#here = pathname + search;
    return placeOf(pathname, search);
  }
}
