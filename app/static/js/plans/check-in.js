/** Change one check-in: how it goes, the words, the day; or take it away. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { isDate } from "../core/dates.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Disputed, sentenceOf } from "./bits.js";
import { GOING, differing, goingOf } from "./going.js";

/** @import {CheckInWrite} from "../core/operations.js" */
/** @import {Base, Facts} from "../core/types.js" */
/** @import {Opened} from "../parts/draft.js" */
/** @import {Problems} from "../parts/fields.js" */

export default function CheckInWriting() {
  const { router } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const opened = useOpened("check_in", id);
  if (!opened.body) return html`<${Missing} tab="plan" what="This note" back=${{ href: person.path("plan"), words: "Plan" }} />`;
  return html`<${Form} id=${id} opened=${opened} goal=${String(opened.body["goal"])} />`;
}

/** @param {{id: string, opened: Opened, goal: string}} props */
function Form({ id, opened, goal }) {
  const { live, undo } = useApp();
  const person = usePerson();
  const before = draftOf(opened.body);
  const [draft, setDraft, begun] = useDraft(() => before, { base: opened.base, now: opened.now && draftOf(opened.now) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const home = person.path(`goal/${goal}`);
  const write = (/** @type {CheckInWrite} */ facts, base = /** @type {Base | undefined} */ (undefined)) => live.act({ act: "check_in.write", stream: person.stream, row: id, base, facts });
  const set = (/** @type {Partial<typeof draft>} */ part) => setDraft({ ...draft, ...part });
  const save = async () => {
    if (!isDate(draft.on) || draft.on > live.today()) return setProblems({ on: "Choose the day on which it was, today at the latest." });
    const facts = differing(before, draft);
    const problem = Object.keys(facts).length ? await sentenceOf(() => begun.saving(() => write(facts, begun.base))) : null;
    if (problem) return setProblems({ words: problem });
    begun.done(home);
    undo.say(`It is written down.${begun.met}`, () => write(differing(draft, before)));
    return undefined;
  };
  const remove = async () => {
    await live.act({ act: "check_in.remove", stream: person.stream, row: id });
    begun.done(home);
    undo.say("The note is taken away.", () => write({ ...differing({ words: "", going: undefined, on: "" }, before), goal }));
  };
  return html`<${Task} title="How is it going?" close=${home}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save this note</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${Disputed} row=${id} />
      <${TextField} id="words" label="Say more, in your words" hint="What helped? What was in the way? You can leave this out." rows=${4} own value=${draft.words} onInput=${(/** @type {string} */ words) => set({ words })} problem=${problems["words"]} />
      <${Radios} id="going" legend="How is it going?" value=${draft.going ?? ""} onInput=${(/** @type {string} */ code) => set({ going: goingOf(code)?.code })} options=${GOING.map(({ code, words }) => [code, words])} />
      <${TextField} id="on" label="On which day?" type="date" value=${draft.on} onInput=${(/** @type {string} */ on) => set({ on })} problem=${problems["on"]} />
      <button class="plain" type="button" onClick=${remove}><${Icon} name="trash-bold" small />Take this note away</button>
    </div>
  <//>`;
}

/**
 * An answer that this version does not know stays as it is, until another is chosen.
 * @param {Facts | undefined} body
 */
function draftOf(body) {
  return { words: String(body?.["words"] ?? ""), going: goingOf(body?.["going"])?.code, on: String(body?.["on"] ?? "") };
}
