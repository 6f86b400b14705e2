/** Two kinds of support side by side; one below the other where there is little room. */
import { html } from "htm/preact";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Evidence } from "./bits.js";
import { optionOf } from "./directory.js";
import { Ways, agreeWords } from "./option.js";
import { costWords } from "./words.js";

/**
 * @import {ComponentChildren} from "preact"
 * @import {Option} from "./search.js"
 */

/** @type {Array<[string, (option: Option) => ComponentChildren]>} */
const LINES = [
  ["What it is", (option) => option.what],
  ["Who uses it", (option) => option.who],
  ["What it costs", (option) => html`<b>${costWords(option.cost)}</b>`],
  ["How to get it", (option) => html`<${Ways} option=${option} />`],
  ["Does it help?", (option) => html`<${Evidence} level=${option.evidence.level} /><br />${option.evidence.words}`],
  ["What to think about", (option) => option.risks],
  ["Who may need to agree", agreeWords],
  ["At home?", (option) => (option.at_home ? "Yes, it can be done at home." : "No, you go there.")],
];

export default function Compare() {
  const { live, router } = useApp();
  const person = usePerson();
  const [one, other] = router.place.value.rest.map((id) => optionOf(live, id));
  const back = { href: person.path(one ? `option/${one.id}` : "options"), words: one ? "Back" : "Options" };
  if (!one || !other) return html`<${Missing} tab="options" what="One of the two" back=${back} />`;
  const both = [one, other];
  return html`<${Screen} tab="options" title="Two ideas side by side" back=${back}>
    <div class="stack">
      <table class="compare card">
        <caption class="hide">${one.name} and ${other.name}</caption>
        <thead><tr><td class="compare__what"></td>${both.map((option) => html`<th scope="col" key=${option.id}>${option.name}</th>`)}</tr></thead>
        <tbody>${LINES.map(([title, cell]) => html`<tr key=${title}><th scope="row">${title}</th>
          ${both.map((option) => html`<td key=${option.id}><span class="compare__of" aria-hidden="true">${option.name}</span>${cell(option)}</td>`)}</tr>`)}</tbody>
      </table>
      ${person.can("write_plan") && both.map((option) => html`<a key=${option.id} class="nhsuk-button nhsuk-button--secondary"
        href=${person.path(`choose/${option.id}`)}><${Icon} name="check-bold" />Choose ${option.name}</a>`)}
      <a class="plain" href=${person.path(`options?compare=${one.id}`)}>Compare ${one.name} with something else</a>
    </div>
  <//>`;
}
