/** The lock of the copy on this phone: none (said so) or a PIN. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";

/** @import {Problems} from "../parts/fields.js" */

const SHORTEST = 6;

export default function Lock() {
  const { doors } = useApp();
  const person = usePerson();
  const [kind, setKind] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const [working, setWorking] = useState(false);
  useEffect(() => void doors.lockKind().then(setKind), []);
  const save = async () => {
    if ([...pin].length < SHORTEST) return setProblems({ pin: `Use at least ${SHORTEST} digits or letters.` });
    if (pin !== again) return setProblems({ again: "Both have to be the same." });
    setWorking(true);
    await doors.lockWithPin(pin);
    return undefined;
  };
  const locked = kind === "pin";
  return html`<${Task} title=${`Lock this ${deviceWord()}'s copy`} close=${person.path("more")}
    dock=${html`<button class="nhsuk-button" type="button" disabled=${working} onClick=${save}><${Icon} name="lock-bold" />${locked ? "Change the PIN" : "Lock with this PIN"}</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      ${kind === "none" && html`<${Note} kind="check" icon="lock-open-bold" title="There is no lock now.">Whoever can open this ${deviceWord()} can read the plan.<//>`}
      ${locked && html`<${Note} icon="lock-bold" title="A PIN is set.">It is asked for each time Inhand starts here.<//>`}
      <p>A PIN slows somebody who has your ${deviceWord()}. It cannot stop an expert for ever.</p>
      <p>If you forget it, sign in anew. What was not sent is lost then.</p>
      <${TextField} id="pin" label="A PIN of 6 or more" type="password" value=${pin} onInput=${setPin} problem=${problems["pin"]} />
      <${TextField} id="again" label="The same again" type="password" value=${again} onInput=${setAgain} problem=${problems["again"]} />
    </div>
  <//>`;
}
