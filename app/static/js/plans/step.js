/** Change one small step: its words, its day, or take it away. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Disputed, sentenceOf, useSource } from "./bits.js";
import { allWritten, earlierWords } from "./history.js";

/** @import {StepWrite} from "../core/operations.js" */
/** @import {Opened} from "../parts/draft.js" */
/** @import {Problems} from "../parts/fields.js" */
/** @import {Base, Facts} from "../core/types.js" */

export default function StepWriting() {
  const { router } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const opened = useOpened("step", id);
  if (!opened.body) return html`<${Missing} tab="plan" what="This step" back=${{ href: person.path("plan"), words: "Plan" }} />`;
  return html`<${Form} id=${id} opened=${opened} goal=${String(opened.body["goal"])} />`;
}

/** @param {{id: string, opened: Opened, goal: string}} props */
function Form({ id, opened, goal }) {
  const { live, undo } = useApp();
  const person = usePerson();
  const before = draftOf(opened.body);
  const [draft, setDraft, begun] = useDraft(() => before, { base: opened.base, now: opened.now && draftOf(opened.now) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const written = allWritten(useSource());
  const home = person.path(`goal/${goal}`);
  const write = (/** @type {StepWrite} */ facts, base = /** @type {Base | undefined} */ (undefined)) => live.act({ act: "step.write", stream: person.stream, row: id, base, facts });
  const save = async () => {
    if (!draft.words.trim()) return setProblems({ words: "Write what you will do. One thing is enough." });
    const facts = changes(before, draft);
    const problem = Object.keys(facts).length ? await sentenceOf(() => begun.saving(() => write(facts, begun.base))) : null;
    if (problem) return setProblems({ words: problem });
    begun.done(home);
    undo.say(`The step is changed.${begun.met}`, () => write(changes(draft, before)));
    return undefined;
  };
  const remove = async () => {
    await live.act({ act: "step.remove", stream: person.stream, row: id });
    begun.done(home);
    undo.say("The step is taken away.", () => write({ ...changes({ words: "", by_when: "" }, before), goal }));
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

/** @param {Facts | undefined} step */
function draftOf(step) {
  return { words: String(step?.["words"] ?? ""), by_when: String(step?.["by_when"] ?? "") };
}

/** Only what differs. @param {{words: string, by_when: string}} before @param {{words: string, by_when: string}} after @returns {StepWrite} */
function changes(before, after) {
  return {
    ...(after.words !== before.words && { words: after.words }),
    ...(after.by_when !== before.by_when && { by_when: after.by_when || null }),
  };
}
