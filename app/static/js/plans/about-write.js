/** Write one heading of "About me", in own words. Kept letter for letter. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "./bits.js";
import { Starters } from "./starters.js";
import { aboutId, headingOf } from "./headings.js";

/** @import {AboutWrite} from "../core/operations.js" */
/** @import {Problems} from "../parts/fields.js" */
/** @import {Base, Facts} from "../core/types.js" */

export default function AboutWrite() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const heading = headingOf(router.place.value.rest[0] ?? "");
  const row = aboutId(person.id);
  const opened = useOpened("about", row, {});
  const said = (/** @type {Facts | undefined} */ body) => String(body?.[heading?.field ?? ""] ?? "");
  const before = said(opened.body);
  const [{ words }, setDraft, begun] = useDraft(() => ({ words: before }), { base: opened.base, now: opened.now && { words: said(opened.now) } });
  const setWords = (/** @type {string} */ typed) => setDraft({ words: typed });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const back = person.path("about");
  if (!heading) return html`<${Missing} tab="plan" what="This question" back=${{ href: back, words: "About me" }} />`;
  const write = (/** @type {string} */ value, base = /** @type {Base | undefined} */ (undefined)) =>
    live.act({ act: "about.write", stream: person.stream, row, base, facts: /** @type {AboutWrite} */ ({ [heading.field]: value }) });
  const save = async () => {
    if (!words && !before) return setProblems({ words: "Write a few words, or close this and come back." });
    if (words === before) return router.leave(back);
    const problem = await sentenceOf(() => begun.saving(() => write(words, begun.base)));
    if (problem) return setProblems({ words: problem });
    begun.done(back);
    undo.say(`${words ? "It is written down." : "It is emptied. The words stay in the history."}${begun.met}`, () => write(before));
    return undefined;
  };
  return html`<${Task} title=${heading.title} close=${back}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save these words</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${TextField} id="words" label="Say it your way" hint=${heading.ask} rows=${8} own value=${words} onInput=${setWords} problem=${problems["words"]} />
      ${!words && html`<${Starters} starts=${heading.starts} onPick=${setWords} />`}
      <p class="quiet">We keep it letter for letter, and nobody tidies it.</p>
    </div>
  <//>`;
}
