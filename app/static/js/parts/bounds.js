/** How much a field takes: told while somebody writes, never cut, and nothing is saved before it fits. */
import { useEffect } from "preact/hooks";

/** The most letters that the server takes in a line. @type {{[id: string]: number}} */
const LINES = { name: 100, funder: 100, with_whom: 200, what: 500, merchant: 500, reason: 500 };
/** And in what is said in own words. */
const WORDS = 10_000;
const NEAR = 0.9;
const SAVES = ".dock button, button[type=submit], dialog .nhsuk-button, .told button";

/**
 * @param {string} id
 * @param {{long: boolean, type: string, mode: string | undefined}} how
 * @returns {number | undefined} the most letters, where there is a bound
 */
export function mostIn(id, { long, type, mode }) {
  if (type !== "text" || mode) return undefined;
  return long ? WORDS : LINES[id];
}

/**
 * What to say about the length. The server counts whole characters, so an emoji is one.
 * @param {string} text
 * @param {number | undefined} most
 * @returns {{fault: string | null, near: string | null}}
 */
export function lengthWords(text, most) {
  if (most === undefined || text.length < most * NEAR) return { fault: null, near: null };
  const left = most - Array.from(text).length;
  if (left >= 0) return { fault: null, near: left < most * (1 - NEAR) ? `Room for ${letters(left)} more.` : null };
  return { fault: `This is ${letters(-left)} too long. It takes up to ${most.toLocaleString("en-GB")}. Nothing is cut off: make it shorter, then save.`, near: null };
}

/**
 * While a field is too long, what would save it leads to the field instead: every form, and none has to know.
 * @param {{current: HTMLElement | null}} field
 * @param {boolean} tooLong
 */
export function useHold(field, tooLong) {
  useEffect(() => {
    if (!tooLong) return undefined;
    const hold = (/** @type {Event} */ event) => {
      const form = field.current?.closest("dialog") ?? field.current?.closest(".frame");
      const pressed = event.target instanceof Element ? event.target.closest(event.type === "submit" ? "form" : SAVES) : null;
      if (!form || !pressed || !form.contains(pressed)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      field.current?.focus();
    };
    const events = ["click", "submit"];
    for (const name of events) document.addEventListener(name, hold, true);
    return () => events.forEach((name) => document.removeEventListener(name, hold, true));
  }, [tooLong]);
}

/** @param {number} count */
function letters(count) {
  return count === 1 ? "1 letter" : `${count.toLocaleString("en-GB")} letters`;
}
