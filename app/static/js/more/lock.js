/** The lock of the copy on this phone: none (said so), a passkey of this device, or a PIN; and when it closes again. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { CHOICES, IDLE, idleMinutes } from "../core/idle.js";
import { KeyError, SHORTEST_PIN } from "../core/keys.js";
import { canLockWithPasskey } from "../core/passkey-prf.js";
import { StoreError } from "../core/shelf.js";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { ErrorSummary, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";

/**
 * @import {Secret} from "../core/keys.js"
 * @import {Problems} from "../parts/fields.js"
 * @import {Wanted} from "./locking.js"
 */

const NO_LOCK = /** @type {const} */ ({ kind: "none" });

export default function Lock() {
  const { doors } = useApp();
  const person = usePerson();
  const [kind, setKind] = useState("");
  const [present, setPresent] = useState(/** @type {Secret | null} */ (null));
  const { problems, setProblems, working, attempt } = useAttempt();
  useEffect(() => void doors.lockKind().then((found) => (setKind(found), found === "none" && setPresent(NO_LOCK))), []);
  const locked = kind !== "" && kind !== "none";
  const prove = (/** @type {string} */ pin) => attempt(async () => setPresent(await doors.proveLock(pin)), "now");
  const set = (/** @type {Wanted} */ to, /** @type {string} */ field) => attempt(() => doors.setLock(present ?? NO_LOCK, to), field, { leaves: true });
  return html`<${Task} title=${`Lock this ${deviceWord()}'s copy`} close=${person.path("more")}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      <${Now} kind=${kind} />
      ${locked && html`<${After} />`}
      ${locked && !present && html`<${Prove} kind=${kind} working=${working} problem=${problems["now"]} onProve=${prove} />`}
      ${present && html`
        ${locked && html`<${Proved} />`}
        <${WithPasskey} kind=${kind} working=${working} onLock=${() => set({ kind: "passkey" }, "with-passkey")} />
        <${WithPin} kind=${kind} working=${working} problems=${problems} setProblems=${setProblems} onLock=${(/** @type {string} */ pin) => set({ kind: "pin", pin }, "pin")} />
        ${locked && html`<${Without} working=${working} open=${Boolean(problems["gone"])} onEnd=${() => set(NO_LOCK, "gone")} />`}`}
    </div>
  <//>`;
}

/** One thing at a time is tried; what goes wrong stands at its field. `leaves`: where it goes well the app starts anew. */
function useAttempt() {
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const [working, setWorking] = useState(false);
  const attempt = async (/** @type {() => Promise<void>} */ work, /** @type {string} */ field, { leaves = false } = {}) => {
    setWorking(true);
    setProblems({});
    try {
      await work();
      if (leaves) return;
    } catch (error) {
      const told = error instanceof KeyError || error instanceof StoreError ? error.sentence : "This did not work. The lock is as it was. Try again.";
      setProblems({ [field]: told });
    }
    setWorking(false);
  };
  return { problems, setProblems, working, attempt };
}

/** @param {{kind: string}} props */
function Now({ kind }) {
  if (kind === "none") return html`<${Note} kind="check" icon="lock-open-bold" title="There is no lock now.">Whoever can open this ${deviceWord()} can read the plan.<//>`;
  if (!kind) return null;
  return html`<${Note} icon="lock-bold" title=${kind === "pin" ? "A PIN is set." : "Your passkey locks it."}>It is asked for each time Inhand starts here, and after a while without a touch.<//>`;
}

/** Whoever finds the copy open could put their own lock in its place: what opens it now is asked for first. @param {{kind: string, working: boolean, problem: string | undefined, onProve: (pin: string) => void}} props */
function Prove({ kind, working, problem, onProve }) {
  const [pin, setPin] = useState("");
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    onProve(pin);
  };
  return html`<form class="stack stack--s" aria-labelledby="prove-head" onSubmit=${go}><h2 id="prove-head">Another lock, or none</h2>
    <p>Show first that it is you.</p>
    ${kind === "pin"
      ? html`<${TextField} id="now" label="Your PIN now" type="password" value=${pin} onInput=${setPin} problem=${problem} />
        <button class="nhsuk-button" type="submit" disabled=${working}><${Icon} name="lock-bold" />Show it with this PIN</button>`
      : html`<button class="nhsuk-button" type="submit" id="now" disabled=${working}><${Icon} name="fingerprint" />Show it with your passkey</button>`}
  </form>`;
}

/** It takes the focus: what was asked for is gone from the screen. */
function Proved() {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => box.current?.focus(), []);
  return html`<p tabindex="-1" ref=${box}><b>It is you.</b> Now choose another lock, or take it away.</p>`;
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

/** @param {{kind: string, working: boolean, onLock: () => void}} props */
function WithPasskey({ kind, working, onLock }) {
  const [can, setCan] = useState(/** @type {boolean | "unknown"} */ ("unknown"));
  useEffect(() => void canLockWithPasskey(window).then(setCan), []);
  return html`<section class="stack stack--s" aria-labelledby="passkey-head"><h2 id="passkey-head">With your passkey</h2>
    ${can === false
      ? html`<p>This browser cannot lock the copy with a passkey. Use a PIN below.</p>`
      : html`<p>Your finger, your face or the lock of this ${deviceWord()} opens it. Without it nobody can read the copy.</p>
        <p class="quiet">You need a passkey first. You make one in <a href="/account/passkeys">your account</a>.</p>
        <button class="nhsuk-button" type="button" id="with-passkey" disabled=${working} onClick=${onLock}><${Icon} name="fingerprint" />${kind === "passkey" ? "Use another passkey" : "Lock with your passkey"}</button>`}
  </section>`;
}

/** @param {{kind: string, working: boolean, problems: Problems, setProblems: (problems: Problems) => void, onLock: (pin: string) => void}} props */
function WithPin({ kind, working, problems, setProblems, onLock }) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    if ([...pin].length < SHORTEST_PIN) return setProblems({ pin: `Use at least ${SHORTEST_PIN} digits or letters.` });
    if (pin !== again) return setProblems({ again: "Both have to be the same." });
    return onLock(pin);
  };
  return html`<form class="stack stack--s" aria-labelledby="pin-head" onSubmit=${save}><h2 id="pin-head">With a PIN</h2>
    <p>A PIN slows somebody who has your ${deviceWord()}. It cannot stop an expert for ever.</p>
    <p>If you forget it, sign in anew. What was not sent is lost then.</p>
    <${TextField} id="pin" label=${kind === "pin" ? "A new PIN of 6 or more" : "A PIN of 6 or more"} type="password" value=${pin} onInput=${setPin} problem=${problems["pin"]} />
    <${TextField} id="again" label="The same again" type="password" value=${again} onInput=${setAgain} problem=${problems["again"]} />
    <button class="nhsuk-button nhsuk-button--secondary" type="submit" disabled=${working}><${Icon} name="lock-bold" />${kind === "pin" ? "Change the PIN" : "Lock with this PIN"}</button>
  </form>`;
}

/** @param {{working: boolean, open: boolean, onEnd: () => void}} props */
function Without({ working, open, onEnd }) {
  return html`<details class="nhsuk-details" open=${open}><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">Without a lock</span></summary>
    <div class="nhsuk-details__text stack stack--s">
      <p>Then whoever can open this ${deviceWord()} can read the plan. You can set a lock again at any time.</p>
      <button class="nhsuk-button nhsuk-button--secondary" type="button" id="gone" disabled=${working} onClick=${onEnd}><${Icon} name="lock-open-bold" />Take the lock away</button>
    </div></details>`;
}
