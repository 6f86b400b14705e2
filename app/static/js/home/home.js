/** Home: what is left, what is next, add a receipt. Nothing to scroll for. */
import { html } from "htm/preact";
import { byHolding } from "../budgets/holding.js";
import { moneyRows, potFigures, totalLeft } from "../budgets/figures.js";
import { VisitButtons } from "../budgets/visit-buttons.js";
import { Avatar, Empty, Icon, LinkRow, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Screen } from "../parts/frame.js";
import { asOfWords } from "../parts/as-of.js";
import { Lately } from "../budgets/lately.js";
import { allThings } from "./all-things.js";
import { Next } from "./next.js";
import { Hero, Pots, mainAct } from "./sums.js";

export default function Home() {
  const { live } = useApp();
  const person = usePerson();
  const today = live.today();
  const sees = person.can("see_money");
  const figures = sees ? potFigures(moneyRows(live, person.stream), today) : [];
  const [total] = totalLeft(byHolding(figures).money, today);
  const hero = !sees ? html`<h1 class="hero" tabindex="-1">You write down what is spent for ${person.name}.</h1>` : html`<${Hero} figures=${figures} total=${total ?? null} person=${person} asof=${asOfWords(live, person.stream)} />`;
  return html`<${Screen} tab="home" home top=${hero} dock=${dockOf(figures, person)}>
    <div class="two">
      <div class="stack">${figures.length ? html`<${Pots} figures=${figures} person=${person} />` : sees && html`<${NoPots} />`}<${InboxLink} /></div>
      <div class="stack"><${Next} /></div>
      <div class="stack"><${Lately} most=${3} /></div>
    </div>
  <//>`;
}

/**
 * The main act; where only visits are agreed and there is one kind of them, a tap writes at once.
 * @param {import("../budgets/figures.js").PotFigures[]} figures
 * @param {import("../parts/live.js").Person} person
 */
function dockOf(figures, person) {
  const { money, agreed } = byHolding(figures);
  if (!person.scopes.includes("log_money")) return null;
  if (!person.scopes.includes("see_money")) return html`<a class="nhsuk-button" href=${`/app/${person.id}/spend`}><${Icon} name="camera-bold" />Add a receipt</a>`;
  if (money.length || !agreed.length || !person.scopes.includes("write_money")) return mainAct(figures, person);
  return html`<${VisitButtons} pots=${agreed.map((one) => one.pot)} />`;
}

/** For a carer with several people: how much waits, over all of them. */
function InboxLink() {
  const { live } = useApp();
  const open = usePerson();
  const people = live.people();
  if (people.length < 2) return null;
  const waiting = people.map((one) => ({ one, count: allThings(live, one.id).length })).filter(({ count }) => count > 0);
  const all = waiting.reduce((sum, { count }) => sum + count, 0);
  const names = waiting.map(({ one }) => one.name).join(" and ");
  const title = all ? `${all} ${all === 1 ? "thing waits" : "things wait"}` : "Nothing waits";
  return html`<div class="card card--rows"><${LinkRow} href=${open.path("inbox")} title=${title} quiet=${all ? `For ${names}` : "For anybody you look after"}
    lead=${html`<span class="avatars">${people.slice(0, 3).map((one) => html`<${Avatar} key=${one.id} name=${one.name} colour=${one.colour} />`)}</span>`} /></div>`;
}

function NoPots() {
  const { live } = useApp();
  const person = usePerson();
  if (!live.replica.known(person.stream)) {
    return html`<${Note} icon="device-mobile-bold" title="Nothing is here yet.">This ${deviceWord()} has not received the plan. Open it where there is signal.<//>`;
  }
  if (!person.can("write_money")) return html`<p class="quiet">No pots stand here yet.</p>`;
  return html`<div class="card"><${Empty} icon="wallet" title=${`Who pays for ${person.whose} support?`}
    action=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>
    A pot is one stream of money or agreed visits. For example: the council, the NHS, or ${person.whose} own money.
  <//></div>`;
}
