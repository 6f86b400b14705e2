/** Write a goal, in own words. Kept letter for letter. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { TextError } from "../core/text.js";
import { StoreError } from "../core/store.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {Facts} from "../core/types.js" */

/** @type {Array<[string, string]>} */
export const SIDES = [
  ["", "Not sure"],
  ["health", "My health"],
  ["mental_health", "How I feel"],
  ["personal", "My own life"],
  ["social", "People and places"],
  ["economic", "Work and money"],
  ["educational", "Learning"],
  ["ethnic", "Where I come from"],
  ["cultural", "Faith, music, customs"],
];
const STARTERS = ["I miss ", "I want to be able to ", "It would help us if ", "I am worried that "];

export default function GoalWrite() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? null;
  const before = id ? live.row(person.stream, "goal", id)?.body : undefined;
  const [row] = useState(() => id ?? ids());
  const [words, setWords] = useState(String(before?.["words"] ?? ""));
  const [why, setWhy] = useState(String(before?.["why"] ?? ""));
  const [side, setSide] = useState(String(before?.["side"] ?? ""));
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const save = async () => {
    if (!words.trim()) return setProblems({ words: "Write a few words. A goal can be small." });
    const facts = changesOf(before, { words, why, side: side || null });
    if (!Object.keys(facts).length) return router.go(person.path(`goal/${row}`));
    try {
      await live.act({ act: "goal.write", stream: person.stream, row, facts });
    } catch (error) {
      if (error instanceof TextError || error instanceof StoreError) return setProblems({ words: error.message });
      throw error;
    }
    router.go(person.path(before ? `goal/${row}` : "plan"));
    undo.say("The goal is written down.", () =>
      before
        ? live.act({ act: "goal.write", stream: person.stream, row, facts: changesOf({ words, why, side: side || null }, before) })
        : live.act({ act: "goal.remove", stream: person.stream, row }));
    return undefined;
  };
  const close = person.path(before ? `goal/${row}` : "plan");
  return html`<${Task} title="What do you want to be different?" close=${close}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save this goal</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      <${TextField} id="words" label="Say it your way" hint="We keep it letter for letter, and nobody tidies it." rows=${6} own value=${words} onInput=${setWords} problem=${problems["words"]} />
      ${!words && html`<div><h2 class="small-head">Stuck? Start with one of these</h2>
        <div class="chips">${STARTERS.map((start) => html`<button key=${start} class="chip" type="button" onClick=${() => { setWords(start); document.getElementById("words")?.focus(); }}>${start.trim()}...</button>`)}</div></div>`}
      <${TextField} id="why" label="Why does it matter?" hint="You can leave this out." rows=${3} own value=${why} onInput=${setWhy} />
      <${SelectField} id="side" label="Which side of life is it?" value=${side} onInput=${setSide} options=${SIDES} />
    </div>
  <//>`;
}

/**
 * Only what differs, so that two people who change different fields never collide.
 * @param {Facts | undefined} before
 * @param {Facts} after
 * @returns {Facts}
 */
function changesOf(before, after) {
  const names = Object.keys(after).filter((name) => ["words", "why", "side"].includes(name));
  return Object.fromEntries(names.filter((name) => after[name] !== (before?.[name] ?? (name === "side" ? null : ""))).map((name) => [name, after[name] ?? null]));
}
