/** Home: what is left, what is next, add a receipt. Nothing to scroll for. */
import { html } from "htm/preact";
import { byHolding } from "../budgets/holding.js";
import { moneyRows, potFigures, totalLeft } from "../budgets/figures.js";
import { Empty, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { asOfWords } from "../parts/as-of.js";
import { Lately } from "../budgets/lately.js";
import { Next } from "./next.js";
import { Hero, Pots, mainAct } from "./sums.js";

export default function Home() {
  const { live } = useApp();
  const person = usePerson();
  const today = live.today();
  const figures = potFigures(moneyRows(live, person.stream), today);
  const [total] = totalLeft(byHolding(figures).money, today);
  const hero = html`<${Hero} figures=${figures} total=${total ?? null} person=${person} asof=${asOfWords(live, person.stream)} />`;
  return html`<${Screen} tab="home" home top=${hero} dock=${mainAct(figures, person)}>
    <div class="two">
      <div class="stack">${figures.length ? html`<${Pots} figures=${figures} person=${person} />` : html`<${NoPots} />`}</div>
      <div class="stack"><${Next} /></div>
      <div class="stack"><${Lately} most=${3} /></div>
    </div>
  <//>`;
}

function NoPots() {
  const { live } = useApp();
  const person = usePerson();
  if (!live.replica.known(person.stream)) {
    return html`<${Note} icon="device-mobile-bold" title="Nothing is here yet.">This phone has not received the plan. Open it where there is signal.<//>`;
  }
  return html`<div class="card"><${Empty} icon="wallet" title="Who pays for your support?"
    action=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>
    A pot is one stream of money or agreed visits. For example: the council, the NHS, or your own money.
  <//></div>`;
}
