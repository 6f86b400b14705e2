/** What stands there before the copy on the phone is open. */
import { html, render } from "htm/preact";
import { useState } from "preact/hooks";
import { TextField } from "./fields.js";

/**
 * @import {KeyRecord, Secret} from "../core/keys.js"
 */

/**
 * @param {HTMLElement} place
 * @param {string} title
 * @param {string} sentence
 */
export function say(place, title, sentence) {
  place.replaceChildren();
  render(html`<div class="app"><div class="frame frame--solo">
    <header class="band"><h1>${title}</h1></header>
    <main class="sheet stack"><p>${sentence}</p>
      <button class="nhsuk-button" type="button" onClick=${() => location.reload()}>Try again</button></main>
  </div></div>`, place);
}

/**
 * Asks for the PIN until it is given; whether it is right shows when the copy opens.
 * @param {HTMLElement} place
 * @param {KeyRecord} record
 * @returns {Promise<Secret>}
 */
export function askForPin(place, record) {
  place.replaceChildren();
  return new Promise((resolve) => {
    render(html`<${PinScreen} kind=${record.kind} onPin=${(/** @type {string} */ pin) => resolve({ kind: "pin", pin })} />`, place);
  });
}

/** @param {{kind: string, onPin: (pin: string) => void}} props */
function PinScreen({ onPin }) {
  const [pin, setPin] = useState("");
  return html`<div class="app"><div class="frame frame--solo">
    <header class="band"><h1>This phone is locked</h1></header>
    <main class="sheet">
      <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); onPin(pin); }}>
        <${TextField} id="pin" label="Your PIN for this phone" type="password" value=${pin} onInput=${setPin} autofocus />
        <button class="nhsuk-button" type="submit">Open</button>
      </form>
    </main>
  </div></div>`;
}
