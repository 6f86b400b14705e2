/** The lock of the copy on this phone: none (said so), a passkey of this device, or a PIN; and when it closes again. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { CHOICES, IDLE, idleMinutes } from "../core/idle.js";
import { KeyError } from "../core/keys.js";
import { canLockWithPasskey } from "../core/passkey-prf.js";
import { StoreError } from "../core/shelf.js";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { ErrorSummary, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";

/** @import {Problems} from "../parts/fields.js" */

const SHORTEST = 6;

export default function Lock() {
  const { doors } = useApp();
  const person = usePerson();
  const [kind, setKind] = useState("");
  const [can, setCan] = useState(/** @type {boolean | "unknown"} */ ("unknown"));
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const [working, setWorking] = useState(false);
  useEffect(() => void doors.lockKind().then(setKind), []);
  useEffect(() => void canLockWithPasskey(window).then(setCan), []);
  const attempt = async (/** @type {() => Promise<void>} */ lock, /** @type {string} */ field) => {
    setWorking(true);
    setProblems({});
    try {
      await lock();
      return true;
    } catch (error) {
      const told = error instanceof KeyError || error instanceof StoreError ? error.sentence : "This did not work. The lock is as it was. Try again.";
      setProblems({ [field]: told });
      setWorking(false);
      return false;
    }
  };
  return html`<${Task} title=${`Lock this ${deviceWord()}'s copy`} close=${person.path("more")}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      <${Now} kind=${kind} />
      ${kind && kind !== "none" && html`<${After} />`}
      ${kind === "pin" && html`<${WithoutPin} working=${working} problem=${problems["gone"]} onEnd=${(/** @type {string} */ pin) => attempt(async () => (await doors.checkPin(pin), doors.unlockForGood()), "gone")} />`}
      <${WithPasskey} can=${can} kind=${kind} working=${working} onLock=${() => attempt(doors.lockWithPasskey, "with-passkey")} />
      <${WithPin} kind=${kind} working=${working} problems=${problems} setProblems=${setProblems} onLock=${(/** @type {string} */ now, /** @type {string} */ pin) => attempt(() => doors.checkPin(now), "now").then((right) => right && attempt(() => doors.lockWithPin(pin), "pin"))} />
    </div>
  <//>`;
}

/** @param {{kind: string}} props */
function Now({ kind }) {
  if (kind === "none") return html`<${Note} kind="check" icon="lock-open-bold" title="There is no lock now.">Whoever can open this ${deviceWord()} can read the plan.<//>`;
  if (!kind) return null;
  return html`<${Note} icon="lock-bold" title=${kind === "pin" ? "A PIN is set." : "Your passkey locks it."}>It is asked for each time Inhand starts here, and after a while without a touch.<//>`;
}

/** How long without a touch until it closes. It counts at once. */
function After() {
  const [minutes, setMinutes] = useState(String(idleMinutes(localStorage)));
  const choose = (/** @type {string} */ chosen) => {
    localStorage.setItem(IDLE, chosen);
    setMinutes(chosen);
  };
  const options = CHOICES.map((one) => /** @type {[string, string]} */ ([String(one), one === 60 ? "1 hour" : `${one} ${one === 1 ? "minute" : "minutes"}`]));
  return html`<${SelectField} id="idle" label="Lock again when nobody touched it for" value=${minutes} onInput=${choose} options=${options} />`;
}

/** @param {{can: boolean | "unknown", kind: string, working: boolean, onLock: () => void}} props */
function WithPasskey({ can, kind, working, onLock }) {
  return html`<section class="stack stack--s" aria-labelledby="passkey-head"><h2 id="passkey-head">With your passkey</h2>
    ${can === false
      ? html`<p>This browser cannot lock the copy with a passkey. Use a PIN below.</p>`
      : html`<p>Your finger, your face or the lock of this ${deviceWord()} opens it. Without it nobody can read the copy.</p>
        <p class="quiet">You need a passkey first. You make one in <a href="/account/passkeys">your account</a>.</p>
        <button class="nhsuk-button" type="button" id="with-passkey" disabled=${working} onClick=${onLock}><${Icon} name="fingerprint" />${kind === "passkey" ? "Use another passkey" : "Lock with your passkey"}</button>`}
  </section>`;
}

/** @param {{kind: string, working: boolean, problems: Problems, setProblems: (problems: Problems) => void, onLock: (now: string, pin: string) => void}} props */
function WithPin({ kind, working, problems, setProblems, onLock }) {
  const [now, setNow] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    if ([...pin].length < SHORTEST) return setProblems({ pin: `Use at least ${SHORTEST} digits or letters.` });
    if (pin !== again) return setProblems({ again: "Both have to be the same." });
    return onLock(now, pin);
  };
  return html`<form class="stack stack--s" aria-labelledby="pin-head" onSubmit=${save}><h2 id="pin-head">With a PIN</h2>
    <p>A PIN slows somebody who has your ${deviceWord()}. It cannot stop an expert for ever.</p>
    <p>If you forget it, sign in anew. What was not sent is lost then.</p>
    ${kind === "pin" && html`<${TextField} id="now" label="Your PIN now" type="password" value=${now} onInput=${setNow} problem=${problems["now"]} />`}
    <${TextField} id="pin" label=${kind === "pin" ? "A new PIN of 6 or more" : "A PIN of 6 or more"} type="password" value=${pin} onInput=${setPin} problem=${problems["pin"]} />
    <${TextField} id="again" label="The same again" type="password" value=${again} onInput=${setAgain} problem=${problems["again"]} />
    <button class="nhsuk-button nhsuk-button--secondary" type="submit" disabled=${working}><${Icon} name="lock-bold" />${kind === "pin" ? "Change the PIN" : "Lock with this PIN"}</button>
  </form>`;
}

/** Whoever knows the PIN may take it away. @param {{working: boolean, problem: string | undefined, onEnd: (pin: string) => void}} props */
function WithoutPin({ working, problem, onEnd }) {
  const [pin, setPin] = useState("");
  const end = (/** @type {Event} */ event) => {
    event.preventDefault();
    onEnd(pin);
  };
  return html`<details class="nhsuk-details" open=${Boolean(problem)}><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">Take the PIN away</span></summary>
    <form class="nhsuk-details__text stack stack--s" onSubmit=${end}>
      <p>Then whoever can open this ${deviceWord()} can read the plan. You can set a new PIN at any time.</p>
      <${TextField} id="gone" label="Your PIN, to take it away" type="password" value=${pin} onInput=${setPin} problem=${problem} />
      <button class="nhsuk-button nhsuk-button--secondary" type="submit" disabled=${working}><${Icon} name="lock-open-bold" />Take the PIN away</button>
    </form></details>`;
}
