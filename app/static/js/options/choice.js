/** What was chosen for a goal: how it goes, what it may cost, why. */
import { html } from "htm/preact";
import { Icon, Kept, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Radios } from "../parts/fields.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { choicesOf, optionOf } from "./directory.js";
import { STATES, plannedWords, wordsFor } from "./words.js";

/** @import {Choice} from "./directory.js" */

export default function ChoiceScreen() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const choice = choicesOf(live, person.stream).find((one) => one.id === id);
  const back = { href: person.path(choice?.goal ? `goal/${choice.goal}` : "options"), words: choice?.goal ? "Goal" : "Options" };
  if (!choice) return html`<${Missing} tab="options" what="This choice" back=${back} />`;
  const option = choice.option ? optionOf(live, choice.option) : undefined;
  const write = (/** @type {import("../core/types.js").Facts} */ facts) => live.act({ act: "choice.write", stream: person.stream, row: id, facts });
  const go = async (/** @type {string} */ state) => {
    const before = choice.state;
    await write({ state });
    undo.say(`${wordsFor(STATES, state)}: written down.`, () => write({ state: before }));
  };
  const remove = async () => {
    await live.act({ act: "choice.remove", stream: person.stream, row: id });
    router.leave(back.href);
    undo.say("It is taken away.", () => write({ state: choice.state, idea: choice.idea, option: choice.option }));
  };
  return html`<${Screen} tab="options" title=${option?.name ?? (choice.option ? "What was chosen" : `${person.own ? "My" : person.whose} own idea`)} back=${back}>
    <div class="stack">
      <${Said} choice=${choice} />
      <${Plan} choice=${choice} />
      ${person.can("write_plan")
        ? html`<${Radios} id="state" legend="How is it going?" value=${choice.state} onInput=${go} options=${STATES} />`
        : html`<p>${wordsFor(STATES, choice.state)}.</p>`}
      <div class="card card--rows">
        ${option && html`<a class="row" href=${person.path(`option/${option.id}`)}><span class="tile"><${Icon} name=${option.icon} /></span><span class="row__body row__title">What we know about it</span></a>`}
        ${person.can("write_plan") && html`<a class="row" href=${person.path(`choice-edit/${id}`)}><span class="tile"><${Icon} name="pencil-simple" /></span><span class="row__body row__title">Change cost, pot or words</span></a>
          <button class="row row--button" type="button" onClick=${remove}><span class="tile"><${Icon} name="trash" /></span><span class="row__body row__title">Take it away</span></button>`}
      </div>
    </div>
  <//>`;
}

/** Own words: the idea, and why. @param {{choice: Choice}} props */
function Said({ choice }) {
  if (!choice.idea && !choice.reason) return html`<${Kept} row=${choice.id} />`;
  return html`<div class="said stack stack--s">
    ${choice.idea && html`<${Words} text=${choice.idea} />`}
    ${choice.reason && html`${choice.idea && html`<h2 class="small-head">Why</h2>`}<${Words} text=${choice.reason} small />`}
    <div class="said__by"><${Kept} row=${choice.id} /></div>
  </div>`;
}

/** @param {{choice: Choice}} props */
function Plan({ choice }) {
  const { live } = useApp();
  const person = usePerson();
  const goal = choice.goal ? live.row(person.stream, "goal", choice.goal)?.body : undefined;
  const pot = choice.pot ? live.row(person.stream, "pot", choice.pot)?.body : undefined;
  return html`<dl class="card facts">
    <div><dt>For this goal</dt><dd>${goal ? html`<${Words} text=${String(goal["words"])} small />` : "No goal yet"}</dd></div>
    <div><dt>Planned cost</dt><dd><b>${plannedWords(choice.amount, choice.per) || "Not written down"}</b></dd></div>
    <div><dt>From</dt><dd>${pot ? String(pot["name"]) : "No pot chosen"}</dd></div>
  </dl>`;
}
