/** What was chosen for one goal, on the goal's own screen. */
import { html } from "htm/preact";
import { Icon, Kept, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { choicesOf, optionOf } from "./directory.js";
import { STATES, plannedWords, wordsFor } from "./words.js";

/** @import {Choice} from "./directory.js" */

/** @param {{goal: string}} props */
export function Chosen({ goal }) {
  const { live } = useApp();
  const person = usePerson();
  const chosen = choicesOf(live, person.stream).filter((choice) => choice.goal === goal);
  if (!chosen.length && !person.can("write_plan")) return null;
  return html`<section class="stack stack--s" aria-labelledby="chosen-head">
    <h2 id="chosen-head">What could help</h2>
    ${!chosen.length && html`<p class="quiet">Nothing is chosen yet. Something free may fit, or an idea of your own.</p>`}
    ${chosen.map((choice) => html`<${ChoiceCard} key=${choice.id} choice=${choice} />`)}
    ${person.can("write_plan") && html`<div class="card card--rows">
      <a class="row" href=${person.path(`options?goal=${goal}`)}><span class="tile"><${Icon} name="magnifying-glass" /></span><span class="row__body row__title">Find something that helps</span></a>
      <a class="row" href=${person.path(`idea-new?goal=${goal}`)}><span class="tile"><${Icon} name="lightbulb" /></span><span class="row__body row__title">I have my own idea</span></a>
    </div>`}
  </section>`;
}

/** @param {{choice: Choice}} props */
function ChoiceCard({ choice }) {
  const { live } = useApp();
  const person = usePerson();
  const option = choice.option ? optionOf(live, choice.option) : undefined;
  const name = option?.name ?? (choice.option ? "An idea that is not on this phone yet" : "");
  return html`<article class="card chosen">
    <span class="tile tile--tint"><${Icon} name=${option?.icon ?? "lightbulb"} /></span>
    <div class="chosen__body">
      ${name ? html`<h3>${name}</h3>` : html`<${Words} text=${choice.idea} small />`}
      <p class="quiet">${[wordsFor(STATES, choice.state), plannedWords(choice.amount, choice.per)].filter(Boolean).join(", ")}</p>
      <div class="split split--mid"><a class="plain" href=${person.path(`choice/${choice.id}`)}>Open<span class="hide"> ${name || choice.idea}</span></a><${Kept} row=${choice.id} /></div>
    </div>
  </article>`;
}
