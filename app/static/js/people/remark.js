/** A reviewer says something about the plan, or agrees to it as it is. It stands as it is said. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";

export default function RemarkWriting() {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const [draft, setDraft, begun] = useDraft(() => ({ words: "", agrees: "no" }));
  const { words, agrees } = draft;
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const save = async () => {
    const facts = { words, agrees: agrees === "yes" };
    if (!words.trim() && !facts.agrees) return setProblem("Write a few words, or say that you agree.");
    const found = await sentenceOf(() => begun.saving(() => live.act({ act: "remark.write", stream: person.stream, row: ids(), facts })));
    if (found) return setProblem(found);
    begun.done(person.path("plan"));
    return undo.say("Your comment is written down.");
  };
  return html`<${Task} title=${`Comment on ${person.name}'s plan`} close=${person.path("plan")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}>Save this comment</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problem ? { words: problem } : {}} />
      <${TextField} id="words" label="What do you want to say?" hint="Everybody in this plan can read it. It cannot be changed afterwards." rows=${4} value=${words} onInput=${set("words")} problem=${problem ?? undefined} />
      <${Radios} id="agrees" legend="Do you agree to the plan as it is?" value=${agrees} onInput=${set("agrees")} options=${[["yes", "Yes, I agree"], ["no", "Not yet, or I only comment"]]} />
    </div>
  <//>`;
}
