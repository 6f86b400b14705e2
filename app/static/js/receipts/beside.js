/** What stands under a field of a receipt's form: how sure the reading is, in words, and where it was read. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { fullDay, isDate } from "../core/dates.js";
import { Icon, Tag } from "../parts/bits.js";
import { stateOf } from "./confirm.js";
import { CutOut } from "./cut-out.js";

/** @import {ComponentChildren} from "preact" */
/** @import {Found} from "./confirm.js" */

/**
 * A field with its reading. `typed`: the person wrote this value, and nothing here changes it by itself. Without `onLook`
 * the way to the photo stands elsewhere.
 * @param {{value: string, found: Found | null, typed: boolean, sha256: string | undefined, onUse: (value: string) => void,
 *   onLook?: (found: Found) => void, children: ComponentChildren}} props
 */
export function WithReading({ value, found, typed, sha256, onUse, onLook, children }) {
  const [open, setOpen] = useState(false);
  const state = stateOf(value, found, typed);
  if (!found || !state) return html`<div>${children}</div>`;
  return html`<div class=${`reading reading--${state}`} onFocusIn=${() => setOpen(true)}>
    ${children}
    <div class="reading__say">
      ${state === "clear" && html`<${Tag} kind="good" icon="check-bold">Read clearly<//>`}
      ${state === "check" && html`<${Tag} kind="check" icon="eye-bold">Please check<//>`}
      ${state === "differs" && html`<span class="quiet">We read ${said(found.text)}.</span>
        <button class="plain" type="button" onClick=${() => onUse(found.text)}>Use ${said(found.text)}</button>`}
      ${onLook && found.spot && html`<button class="plain" type="button" onClick=${() => onLook(found)}>See it on the photo</button>`}
    </div>
    ${state === "check" && found.reason && html`<p class="quiet">${found.reason}</p>`}
    ${(state !== "clear" || open) && html`<${CutOut} sha256=${sha256} found=${found} words=${found.text} />`}
    ${found.other && state !== "differs" && html`<${WhichDay} value=${value} days=${[found.text, found.other]} onUse=${onUse} />`}
  </div>`;
}

/**
 * Day or month first: asked only where both days are possible.
 * @param {{value: string, days: string[], onUse: (value: string) => void}} props
 */
function WhichDay({ value, days, onUse }) {
  return html`<fieldset class="which">
    <legend>Which day is meant?</legend>
    <div class="chips">${days.map((day) => html`<button key=${day} class="chip" type="button" aria-pressed=${String(day === value)} onClick=${() => onUse(day)}>
      ${day === value && html`<${Icon} name="check-bold" />`}${fullDay(day)}</button>`)}</div>
  </fieldset>`;
}

/** @param {string} text */
function said(text) {
  return isDate(text) ? fullDay(text) : text;
}
