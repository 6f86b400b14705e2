/** Change one small step: its words, its day, or take it away. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Disputed, sentenceOf, useSource } from "./bits.js";
import { allWritten, earlierWords } from "./history.js";

/** @import {StepWrite} from "../core/operations.js" */
/** @import {Problems} from "../parts/fields.js" */

export default function StepWriting() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const step = live.row(person.stream, "step", id)?.body;
  const before = { words: String(step?.["words"] ?? ""), by_when: String(step?.["by_when"] ?? "") };
  const [draft, setDraft, begun] = useDraft(() => before);
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const written = allWritten(useSource());
  if (!step) return html`<${Missing} tab="plan" what="This step" back=${{ href: person.path("plan"), words: "Plan" }} />`;
  const home = person.path(`goal/${String(step["goal"])}`);
  const write = (/** @type {StepWrite} */ facts) => live.act({ act: "step.write", stream: person.stream, row: id, facts });
  const save = async () => {
    if (!draft.words.trim()) return setProblems({ words: "Write what you will do. One thing is enough." });
    const facts = changes(before, draft);
    const problem = Object.keys(facts).length ? await sentenceOf(() => begun.saving(() => write(facts))) : null;
    if (problem) return setProblems({ words: problem });
    begun.done(home);
    undo.say("The step is changed.", () => write(changes(draft, before)));
    return undefined;
  };
  const remove = async () => {
    await live.act({ act: "step.remove", stream: person.stream, row: id });
    begun.done(home);
    undo.say("The step is taken away.", () => write({ ...changes({ words: "", by_when: "" }, before), goal: String(step["goal"]) }));
  };
  return html`<${Task} title="A small step" close=${home}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save this step</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${Disputed} row=${id} />
      <${TextField} id="words" label="What will you do?" rows=${3} own value=${draft.words} onInput=${(/** @type {string} */ words) => setDraft({ ...draft, words })} problem=${problems["words"]} />
      <${TextField} id="by_when" label="By when?" type="date" hint="You can leave this out." value=${draft.by_when} onInput=${(/** @type {string} */ day) => setDraft({ ...draft, by_when: day })} />
      ${earlierWords(written, { row: id, field: "words", now: before.words }).length > 0 && html`<p><a class="plain" href=${person.path(`earlier/step/${id}/words`)}><${Icon} name="clock-bold" small />See earlier words</a></p>`}
      <button class="plain" type="button" onClick=${remove}><${Icon} name="trash-bold" small />Take this step away</button>
    </div>
  <//>`;
}

/** Only what differs. @param {{words: string, by_when: string}} before @param {{words: string, by_when: string}} after @returns {StepWrite} */
function changes(before, after) {
  return {
    ...(after.words !== before.words && { words: after.words }),
    ...(after.by_when !== before.by_when && { by_when: after.by_when || null }),
  };
}
