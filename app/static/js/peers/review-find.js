/** Why something was changed. Showing it anyway takes a reading, a tick and a tap, and is impossible for what is sealed. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Note, Words } from "../parts/bits.js";
import { Riser } from "../parts/riser.js";
import { isContact, isSealed } from "./review-text.js";

/** @import {Segment} from "./review-text.js" */

/** @param {{segment: Segment, shown: boolean, onClose: () => void, onReveal: (on: boolean) => void, onHide: (words: string) => void}} props */
export function Find({ segment, shown, onClose, onReveal, onHide }) {
  const close = (/** @type {() => void} */ act) => () => {
    onClose();
    act();
  };
  return html`<${Riser} title="Why we changed this" onClose=${onClose}>
    <div class="stack">
      <div><h3>${shown ? "Instead of what you wrote we said" : "People read"}</h3><${Words} text=${segment.t || "Nothing"} small /></div>
      <p>We saw here: <b>${segment.why}</b>.</p>
      ${isSealed(segment) ? html`<${Sealed} segment=${segment} />`
        : shown ? html`<button class="nhsuk-button" type="button" onClick=${close(() => onReveal(false))}><${Icon} name="eye-slash-bold" small />Hide it again</button>`
          : html`<${Reveal} was=${segment.was ?? ""} onReveal=${close(() => onReveal(true))} />`}
      ${!shown && segment.t.trim() && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${close(() => onHide(segment.t.trim()))}>Take these words out too</button>`}
    </div>
  <//>`;
}

/** @param {{segment: Segment}} props */
function Sealed({ segment }) {
  return html`<${Note} icon="lock-bold">${isContact(segment) ? "A way to reach somebody, or a number of theirs, can never be shown. It stays hidden." : "It is known to your account, so it can never be shown. It stays hidden."}<//>`;
}

/** @param {{was: string, onReveal: () => void}} props */
function Reveal({ was, onReveal }) {
  const [sure, setSure] = useState(false);
  const [problem, setProblem] = useState("");
  const show = () => (sure ? onReveal() : setProblem("Tick the box first, if it is true."));
  return html`<div class="stack stack--s">
    <h3>You wrote</h3><${Words} text=${was} small />
    <div class="nhsuk-checkboxes"><div class="nhsuk-checkboxes__item">
      <input class="nhsuk-checkboxes__input" id="sure" type="checkbox" autocomplete="off" checked=${sure} aria-describedby=${problem ? "sure-problem" : undefined}
        onChange=${(/** @type {Event} */ event) => setSure(/** @type {HTMLInputElement} */ (event.target).checked)} />
      <label class="nhsuk-label nhsuk-checkboxes__label" for="sure">I have read why. It tells nobody who we are.</label></div></div>
    ${problem && html`<p class="nhsuk-error-message" id="sure-problem" role="alert">${problem}</p>`}
    <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${show}>Show what I wrote</button>
  </div>`;
}
