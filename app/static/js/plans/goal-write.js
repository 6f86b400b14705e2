/** Write a goal, in own words. Kept letter for letter. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { sentenceOf } from "./bits.js";
import { ownIdea } from "./own-idea.js";
import { lastPlace } from "./order.js";
import { SIDES, WEIGHTS } from "./sides.js";
import { Starters } from "./starters.js";

/** @import {GoalWrite} from "../core/operations.js" */
/** @import {Problems} from "../parts/fields.js" */
/** @import {Base, Facts} from "../core/types.js" */
/** @typedef {{words: string, why: string, side: string, importance: string, private: boolean}} Draft */

const STARTERS = ["I miss ", "I want to be able to ", "It would help us if ", "I am worried that "];

export default function GoalWriting() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const { rest, query } = router.place.value;
  const id = rest[0] ?? null;
  const opened = useOpened("goal", id);
  const before = opened.body;
  const [row] = useState(() => id ?? ids());
  const [draft, setDraft, begun] = useDraft(() => draftOf(before ?? { words: ownIdea(live, person.stream, query.get("idea")) }), { base: opened.base, now: opened.now && draftOf(opened.now) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {Exclude<keyof Draft, "private">} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const write = (/** @type {Facts} */ facts, base = /** @type {Base | undefined} */ (undefined)) =>
    live.act({ act: "goal.write", stream: person.stream, row, base, facts: /** @type {GoalWrite} */ (facts) });
  const close = person.path(before ? `goal/${row}` : "plan");
  const save = async () => {
    if (!draft.words.trim()) return setProblems({ words: "Write a few words. A goal can be small." });
    const facts = changesOf(factsOf(draftOf(before)), factsOf(draft));
    if (!Object.keys(facts).length) return router.leave(close);
    const place = before ? null : lastPlace(live.rows(person.stream, "goal"));
    const problem = await sentenceOf(() => begun.saving(() => write(place === null ? facts : { ...facts, position: place }, begun.base)));
    if (problem) return setProblems({ words: problem });
    begun.done(person.path(`goal/${row}`));
    undo.say(`The goal is written down.${begun.met}`, () =>
      before ? write(changesOf(factsOf(draft), factsOf(draftOf(before)))) : live.act({ act: "goal.remove", stream: person.stream, row }).then(() => router.leave(person.path("plan"))));
    return undefined;
  };
  return html`<${Task} title=${before ? "Change this goal" : "What do you want to be different?"} close=${close}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save this goal</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${TextField} id="words" label="Say it your way" hint="We keep it letter for letter, and nobody tidies it." rows=${5} own value=${draft.words} onInput=${set("words")} problem=${problems["words"]} />
      ${!draft.words && html`<${Starters} starts=${STARTERS} onPick=${set("words")} />`}
      <${TextField} id="why" label="Why does it matter?" hint="You can leave this out." rows=${3} own value=${draft.why} onInput=${set("why")} />
      <${Side} value=${draft.side} onPick=${set("side")} />
      <${SelectField} id="importance" label=${`How much does it matter to ${person.whom}?`} value=${draft.importance} onInput=${set("importance")} options=${WEIGHTS} />
      ${person.can("see_private") && html`<${Private} value=${draft.private} onChange=${(/** @type {boolean} */ value) => setDraft({ ...draft, private: value })} />`}
    </div>
  <//>`;
}

/** Only for the person and who looks after the whole plan. @param {{value: boolean, onChange: (value: boolean) => void}} props */
function Private({ value, onChange }) {
  return html`<div class="nhsuk-checkboxes"><div class="nhsuk-checkboxes__item">
    <input class="nhsuk-checkboxes__input" id="private" type="checkbox" checked=${value} aria-describedby="private-hint"
      onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.target).checked)} />
    <label class="nhsuk-label nhsuk-checkboxes__label" for="private">Keep this goal private</label>
    <div class="nhsuk-hint nhsuk-checkboxes__hint" id="private-hint">Helpers and others with a limited part do not see it, nor its steps. Money is always shown whole.</div>
  </div></div>`;
}

/** Eight sides of a life: a tap on one asks its question; a second tap takes it back. @param {{value: string, onPick: (code: string) => void}} props */
function Side({ value, onPick }) {
  const asked = SIDES.find((one) => one.code === value);
  return html`<div role="group" aria-labelledby="side-head"><h2 class="small-head" id="side-head">Which side of life is it?</h2>
    <div class="chips">${SIDES.map(({ code, words }) => html`<button key=${code} class="chip" type="button" aria-pressed=${String(code === value)}
      onClick=${() => onPick(code === value ? "" : code)}>${code === value && html`<${Icon} name="check-bold" />`}${words}</button>`)}</div>
    <p class="quiet asked" role="status">${asked?.ask ?? "Stuck for a goal? Tap a side of life, and we ask you something."}</p></div>`;
}

/** @param {Facts | undefined} goal @returns {Draft} */
function draftOf(goal) {
  const text = (/** @type {string} */ name) => String(goal?.[name] ?? "");
  return { words: text("words"), why: text("why"), side: text("side"), importance: text("importance"), private: goal?.["private"] === true };
}

/** @param {Draft} draft @returns {Facts} */
function factsOf({ words, why, side, importance, private: hidden }) {
  return { words, why, side: side || null, importance: importance ? Number(importance) : null, private: hidden };
}

/** Only what differs, so that two people who change different fields never collide. @param {Facts} before @param {Facts} after @returns {Facts} */
function changesOf(before, after) {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
}
