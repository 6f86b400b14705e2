/** What stands there before the copy on the phone is open. */
import { html, render } from "htm/preact";
import { useState } from "preact/hooks";
import { KeyError } from "../core/keys.js";
import { secretOf } from "../core/passkey-prf.js";
import { deviceWord } from "./device.js";
import { ErrorSummary, TextField } from "./fields.js";

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
 * Asks for the PIN or the passkey; whether it is right shows when the copy opens. `wrong`: what was wrong the last time.
 * `forget` deletes the copy of whoever cannot open it, and says in a sentence why it could not.
 * @param {HTMLElement} place
 * @param {KeyRecord} record
 * @param {string} wrong
 * @param {() => Promise<string>} forget
 * @returns {Promise<Secret>}
 */
export function askToUnlock(place, record, wrong, forget) {
  place.replaceChildren();
  return new Promise((resolve) => {
    const screen = record.kind === "passkey" ? PasskeyScreen : PinScreen;
    render(html`<${screen} record=${record} wrong=${wrong} onSecret=${resolve} forget=${forget} />`, place);
  });
}

/** @typedef {{record: KeyRecord, wrong: string, onSecret: (secret: Secret) => void, forget: () => Promise<string>}} LockProps */

/** @param {LockProps} props */
function PinScreen({ wrong, onSecret, forget }) {
  const [pin, setPin] = useState("");
  const [working, setWorking] = useState(false);
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    setWorking(true);
    onSecret({ kind: "pin", pin });
  };
  return html`<${Locked} forget=${forget} words="PIN"><form class="stack" onSubmit=${open}>
    <${ErrorSummary} problems=${wrong ? { pin: wrong } : {}} />
    <${TextField} id="pin" label=${`Your PIN for this ${deviceWord()}`} type="password" value=${pin} onInput=${setPin} problem=${wrong || undefined} autofocus=${!wrong} />
    <button class="nhsuk-button" type="submit" disabled=${working}>${working ? "Opening" : "Open"}</button>
  </form><//>`;
}

/** @param {LockProps} props */
function PasskeyScreen({ record, wrong, onSecret, forget }) {
  const [problem, setProblem] = useState(wrong);
  const [working, setWorking] = useState(false);
  const open = async () => {
    if (record.kind !== "passkey") return;
    setWorking(true);
    try {
      onSecret({ kind: "passkey", ...(await secretOf(navigator.credentials, crypto, record.salt, record.credential)) });
    } catch (error) {
      setProblem(error instanceof KeyError ? error.sentence : String(error));
      setWorking(false);
    }
  };
  return html`<${Locked} forget=${forget} words="passkey"><div class="stack">
    <${ErrorSummary} problems=${problem ? { open: problem } : {}} />
    <button class="nhsuk-button" type="button" id="open" disabled=${working} onClick=${open}>Open with your passkey</button>
  </div><//>`;
}

/** @param {{words: string, forget: () => Promise<string>, children: import("preact").ComponentChildren}} props */
function Locked({ words, forget, children }) {
  return html`<div class="app"><div class="frame frame--solo">
    <header class="band"><h1>This ${deviceWord()} is locked</h1></header>
    <main class="sheet stack" id="main">${children}<${CannotOpen} words=${words} forget=${forget} /></main>
  </div></div>`;
}

/** The way out for who cannot open it: the copy goes, and signing in brings back what was sent. @param {{words: string, forget: () => Promise<string>}} props */
function CannotOpen({ words, forget }) {
  const [problem, setProblem] = useState("");
  const [working, setWorking] = useState(false);
  const leave = async () => {
    setWorking(true);
    setProblem(await forget());
    setWorking(false);
  };
  return html`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">I cannot use my ${words}</span></summary>
    <div class="nhsuk-details__text stack">
      <p>You can delete this copy and sign in again. What was sent comes back. What was not sent is lost.</p>
      ${problem && html`<p class="nhsuk-error-message" role="alert">${problem}</p>`}
      <button class="nhsuk-button nhsuk-button--secondary" type="button" disabled=${working} onClick=${leave}>Delete this copy and sign in</button>
    </div></details>`;
}
