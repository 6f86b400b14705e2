/** Home's money before the rows are open, from what was summed up when they last changed. The real screen takes over. */
import { html } from "htm/preact";
import { Bare, Chip, SentMark } from "../parts/bare.js";
import { Hero, Pots, mainAct } from "./sums.js";

/** @import {Seen} from "./seen.js" */
/** @typedef {{tap: {target: Element, event: MouseEvent} | null, down: boolean, over: AbortController}} Held */

const PRESSES = ["pointerdown", "pointerup", "pointercancel"];
const NEW_TAB = ["Control", "Meta", "Shift", "Alt"];

/** @param {Seen} props */
export function Glance({ person, summary: { figures, total }, waiting, asof, more }) {
  const hero = html`<${Hero} figures=${figures} total=${total} person=${person} asof=${asof} />`;
  const mark = html`<${SentMark} status=${{ phase: "idle", waiting }} href=${`/app/${person.id}/sync`} />`;
  return html`<${Bare} person=${person} tab="home" home top=${hero} mark=${mark} chip=${html`<${Chip} person=${person} more=${more} />`} dock=${mainAct(figures, person)}>
    <div role="status"></div>
    <div class="two"><div class="stack">${figures.length > 0 && html`<${Pots} figures=${figures} person=${person} />`}</div></div>
  <//>`;
}

/**
 * What answers a tap is not here yet: it is shown on what was touched, and the last one kept for the whole app
 * (home/taps.js), with the press that is not over.
 * @param {HTMLElement} place
 */
export function holdTaps(place) {
  const over = new AbortController();
  /** @type {Held} */
  const held = { tap: null, down: false, over };
  const on = (/** @type {string} */ name, /** @type {(event: Event) => void} */ work) => place.addEventListener(name, work, { capture: true, signal: over.signal });
  for (const name of PRESSES) on(name, () => (held.down = name === PRESSES[0]));
  on("click", (event) => {
    const target = /** @type {Element} */ (event.target).closest("a:not([href^='#']), button");
    if (!target || NEW_TAB.some((key) => /** @type {MouseEvent} */ (event).getModifierState(key))) return;
    event.preventDefault();
    held.tap?.target.removeAttribute("data-tapped");
    target.setAttribute("data-tapped", "");
    held.tap = { target, event: /** @type {MouseEvent} */ (event) };
  });
  return held;
}
