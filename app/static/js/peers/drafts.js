/** Borrowed ideas in the plan: drafts that name their example. */
import { html } from "htm/preact";
import { Icon, Kept, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ideasOf, nameIn } from "./held.js";

/** @import {Idea} from "./held.js" */

/** Of the open plan; nothing where there are none. */
export function Drafts() {
  const { live } = useApp();
  const person = usePerson();
  const ideas = ideasOf(live, person.stream);
  if (!ideas.length) return null;
  return html`<section class="stack" aria-labelledby="drafts-head"><h2 id="drafts-head">Borrowed ideas</h2>
    ${ideas.map((idea) => html`<${Draft} key=${idea.id} idea=${idea} />`)}</section>`;
}

/** @param {{idea: Idea}} props */
function Draft({ idea }) {
  const person = usePerson();
  const { words, option, lost } = idea;
  const name = option?.name ?? "";
  return html`<article class="card stack stack--s">
    ${words ? html`<${Words} text=${words} small />` : html`<h3>${name || "An idea without words"}</h3>`}
    <p class="quiet">${lost ? html`The example was taken back. ${name ? "" : "Its words are gone."}` : html`<${SourceWords} idea=${idea} />`}</p>
    <div class="split split--mid"><a class="plain plain--start" href=${person.path(`idea/${idea.id}`)}><${Icon} name="lightbulb" small />Open this idea<span class="hide">: ${(words || name).slice(0, 60)}</span></a><${Kept} row=${idea.id} /></div>
  </article>`;
}

/** Where an idea is from. @param {{idea: Idea}} props */
export function SourceWords({ idea }) {
  const { rewritten, source } = idea;
  if (rewritten) return html`<span>In your own words.</span>`;
  if (!source) return html`<span>Borrowed from an example.</span>`;
  return html`<span>Borrowed from ${nameIn(source.group, source.post.seat)} in ${source.group.name}.</span>`;
}
