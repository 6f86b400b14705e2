/** One kind of support: what it costs, how to get it, whether it helps, what to think about. */
import { html } from "htm/preact";
import { monthName } from "../core/dates.js";
import { Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Evidence, NotHereYet } from "./bits.js";
import { choicesOf, forGoal, optionOf, useDirectory } from "./directory.js";
import { WAYS, costWords, sourceWords, wordsFor } from "./words.js";

/**
 * @import {ComponentChildren} from "preact"
 * @import {Option} from "./search.js"
 */

export const AGREE_FREE = "For something free you need nobody's yes.";
export const AGREE_PAID = "To pay from a budget, it has to fit your agreed plan. If you are not sure, ask first.";

export default function OptionScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const { known } = useDirectory();
  const { rest, query } = router.place.value;
  const goal = query.get("goal");
  const option = optionOf(live, rest[0] ?? "");
  const back = { href: person.path(forGoal("options", goal)), words: "Options" };
  if (!option && !known) return html`<${Screen} tab="options" title="One moment" back=${back}><${NotHereYet} /><//>`;
  if (!option) return html`<${Missing} tab="options" what="This idea" back=${back} />`;
  const dock = person.can("write_plan")
    ? html`<a class="nhsuk-button" href=${person.path(forGoal(`choose/${option.id}`, goal))}><${Icon} name="check-bold" />Choose this</a>` : null;
  return html`<${Screen} tab="options" title=${option.name} back=${back} dock=${dock} top=${html`<p class="asof lead">${option.what}</p>`}>
    <div class="stack">
      <div class="card card--rows">
        <${About} icon="users" title="Who uses it"><p>${option.who}</p><//>
        <${About} icon="coins" title="What it costs"><${Cost} option=${option} /><//>
        <${About} icon="map-pin" title="How to get it"><${Ways} option=${option} /><//>
        <${About} icon="scales" title="Does it help?"><${Helps} option=${option} /><//>
        <${About} icon="warning-circle" title="What to think about"><p>${option.risks}</p><//>
        <${About} icon="handshake" title="Who may need to agree"><p>${agreeWords(option)}</p><//>
      </div>
      <${ChosenFor} option=${option} />
      <a class="plain" href=${person.path(`options?compare=${option.id}`)}><${Icon} name="arrows-left-right" small />Compare with another</a>
    </div>
  <//>`;
}

/** @param {Option} option */
export function agreeWords(option) {
  const parts = [option.cost.low === 0 ? AGREE_FREE : "", option.cost.high > 0 ? AGREE_PAID : "", option.agree ?? ""];
  return parts.filter(Boolean).join(" ");
}

/** @param {{icon: string, title: string, children: ComponentChildren}} props */
function About({ icon, title, children }) {
  return html`<section class="about"><span class="tile"><${Icon} name=${icon} /></span><div class="about__body"><h2>${title}</h2>${children}</div></section>`;
}

/** @param {{option: Option}} props */
function Cost({ option }) {
  return html`<p><b>${costWords(option.cost)}</b></p><p class="quiet">${option.cost.high ? `This is ${option.cost.basis}, ${monthName(option.cost.as_of)}.` : `As we know it, ${monthName(option.cost.as_of)}.`}</p>`;
}

/** @param {{option: Option}} props */
export function Ways({ option }) {
  return html`<ul class="gets">${option.ways.map((way) => html`<li key=${way.kind}><b>${wordsFor(WAYS, way.kind)}.</b> ${way.words}</li>`)}</ul>`;
}

/** @param {{option: Option}} props */
function Helps({ option: { evidence } }) {
  return html`<p><${Evidence} level=${evidence.level} /></p><p>${evidence.words}</p>
    ${evidence.source && html`<p class="quiet">Source: ${evidence.source}. ${sourceWords(evidence.source)}</p>`}`;
}

/** The goals that it is chosen for already. @param {{option: Option}} props */
function ChosenFor({ option }) {
  const { live } = useApp();
  const person = usePerson();
  const chosen = choicesOf(live, person.stream).filter((choice) => choice.option === option.id);
  if (!chosen.length) return null;
  return html`<section class="stack stack--s"><h2>Chosen already</h2>
    ${chosen.map((choice) => {
      const goal = choice.goal ? live.row(person.stream, "goal", choice.goal)?.body : undefined;
      return html`<div class="said" key=${choice.id}>${goal ? html`<${Words} text=${String(goal["words"])} small />` : html`<p>For no goal yet</p>`}
        <a class="plain" href=${person.path(`choice/${choice.id}`)}>Open what you chose</a></div>`;
    })}</section>`;
}
