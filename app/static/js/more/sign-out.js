/** Sign out: what is not sent is said first; then the copy on this phone goes. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Task } from "../parts/frame.js";

export default function SignOut() {
  const { live, doors } = useApp();
  const person = usePerson();
  const [leaving, setLeaving] = useState(false);
  const { waiting, phase } = live.status.value;
  const leave = async () => {
    setLeaving(true);
    await doors.signOut();
  };
  const send = html`<button class="nhsuk-button" type="button" onClick=${() => live.sync.kick("tap")}><${Icon} name="upload-simple-bold" />Send them first</button>`;
  const out = html`<button class="nhsuk-button" type="button" disabled=${leaving} onClick=${leave}>Sign out</button>`;
  return html`<${Task} title=${`Sign out on this ${deviceWord()}`} close=${person.path("more")} dock=${waiting ? send : out}>
    <div class="stack">
      ${waiting > 0 && html`<${Note} kind="check" icon="warning-circle-bold" title=${`${waiting} ${waiting === 1 ? "thing is" : "things are"} not sent.`}>If you sign out now ${waiting === 1 ? "it is" : "they are"} lost.<//>`}
      ${waiting > 0 && phase === "offline" && html`<p>We cannot send now. Stay signed in and try later.</p>`}
      <p>The copy on this ${deviceWord()} is deleted. What is sent stays safe on the server.</p>
      ${waiting > 0 && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" disabled=${leaving} onClick=${leave}>Sign out and lose ${waiting}</button>`}
    </div>
  <//>`;
}
