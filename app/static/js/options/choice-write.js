/** Choose support for a goal, or write an idea of one's own: what it may cost, from which pot, and why. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { StoreError } from "../core/store.js";
import { TextError } from "../core/text.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, Radios, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { ownIdea } from "../plans/own-idea.js";
import { asChoice, forGoal, optionOf, useGoals } from "./directory.js";
import { differing, draftOf, factsOf } from "./draft.js";
import { PERS, costWords } from "./words.js";

/**
 * @import {Opened} from "../parts/draft.js"
 * @import {Problems} from "../parts/fields.js"
 * @import {Choice} from "./directory.js"
 * @import {Draft} from "./draft.js"
 * @import {Option} from "./search.js"
 */

/** @typedef {{option: Option | undefined, before: Choice | undefined, opened: Opened, own: boolean}} What */

export default function ChoiceWrite() {
  const { live, router } = useApp();
  const person = usePerson();
  const { screen, rest, query } = router.place.value;
  const opened = useOpened("choice", screen === "choice-edit" ? rest[0] : null);
  const before = asChoice(opened.body);
  const option = screen === "idea-new" ? undefined : optionOf(live, before?.option ?? rest[0] ?? "");
  const own = before ? !before.option : screen === "idea-new";
  if (!own && !option && !before) return html`<${Missing} tab="options" what="This idea" back=${{ href: person.path("options"), words: "Options" }} />`;
  const start = own && !before ? ownIdea(live, person.stream, query.get("idea")) : "";
  return html`<${ChoiceForm} option=${option} before=${before} opened=${opened} own=${own} goal=${query.get("goal")} start=${start} />`;
}

/** `start`: what an idea of one's own begins with. @param {What & {goal: string | null, start: string}} props */
function ChoiceForm({ option, before, opened, own, goal, start }) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const goals = useGoals();
  const [row] = useState(() => before?.id ?? ids());
  const [draft, setDraft, begun] = useDraft(() => {
    const made = draftOf(before, option, goal ?? (goals.length === 1 ? goals[0]?.id : "") ?? "");
    return start ? { ...made, idea: start } : made;
  }, { base: opened.base, now: opened.now && draftOf(asChoice(opened.now), option, "") });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof Draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const chosen = before?.option ?? option?.id ?? null;
  const home = draft.goal && !before ? `goal/${draft.goal}` : `choice/${row}`;
  const save = async () => {
    const { facts, found } = factsOf(draft, { own, option: chosen });
    if (Object.keys(found).length) return setProblems(found);
    const changed = differing(before, facts);
    try {
      if (Object.keys(changed).length) await begun.saving(() => live.act({ act: "choice.write", stream: person.stream, row, base: begun.base, facts: changed }));
    } catch (error) {
      if (error instanceof TextError || error instanceof StoreError) return setProblems({ [own ? "idea" : "reason"]: error.message });
      throw error;
    }
    begun.done(person.path(home));
    return before ? undo.say(`The change is saved.${begun.met}`) : undo.say("It is written down.", () => live.act({ act: "choice.remove", stream: person.stream, row }));
  };
  const close = person.path(before ? `choice/${row}` : forGoal(own ? "options" : `option/${option?.id ?? ""}`, goal));
  return html`<${Task} title=${titleOf(own, option)} close=${close}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />${before ? "Save the change" : own ? "Save my idea" : "Save this choice"}</button>`}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void save(); }}>
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      ${own && html`<${TextField} id="idea" label="Say it your way" hint="Anything lawful that helps you reach your goal. We keep it letter for letter." rows=${4} own
        value=${draft.idea} onInput=${set("idea")} problem=${problems["idea"]} />`}
      <${GoalChoice} goals=${goals} value=${draft.goal} onInput=${set("goal")} />
      <${TextField} id="reason" label="Why this?" hint="It helps at a review. You can leave it out." rows=${3} own value=${draft.reason} onInput=${set("reason")} problem=${problems["reason"]} />
      <${Money} draft=${draft} set=${set} option=${option} problem=${problems["amount"]} />
    </form>
  <//>`;
}

/** @param {boolean} own @param {Option | undefined} option */
function titleOf(own, option) {
  return own ? "My own idea" : option?.name ?? "What was chosen";
}

/** @param {{goals: Array<{id: string, words: string}>, value: string, onInput: (value: string) => void}} props */
function GoalChoice({ goals, value, onInput }) {
  if (!goals.length) return html`<p class="quiet">You have no goals yet. You can link this to one later.</p>`;
  const options = goals.map(({ id, words }) => [id, html`<span class="words words--s" dir="auto">${words}</span>`]);
  return html`<${Radios} id="goal" legend="For which goal?" value=${value} onInput=${onInput} options=${[...options, ["", "No goal yet"]]} />`;
}

/** @param {{draft: Draft, set: (field: keyof Draft) => (value: string) => void, option: Option | undefined, problem: string | undefined}} props */
function Money({ draft, set, option, problem }) {
  const { live } = useApp();
  const person = usePerson();
  const pots = live.rows(person.stream, "pot").filter((row) => row.body["closed_on"] === null);
  const names = pots.map((row) => /** @type {[string, string]} */ ([row.id, String(row.body["name"])]));
  const hint = option ? `Our estimate: ${costWords(option.cost)}. You can leave this out.` : "For example 12.50. You can leave this out.";
  return html`<${TextField} id="amount" label="What do you plan to pay?" hint=${hint} value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problem} />
    <${SelectField} id="per" label="How often?" value=${draft.per} onInput=${set("per")} options=${PERS} />
    ${names.length > 0 && html`<${SelectField} id="pot" label="From which pot?" value=${draft.pot} onInput=${set("pot")} options=${[["", "Not sure, or free"], ...names]} />`}`;
}
