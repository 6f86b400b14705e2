/** One pot: what is left, what was agreed, what is promised, what comes next. */
import { html } from "htm/preact";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Icon, Kept, LinkRow, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Sum } from "../parts/money.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { VisitButtons } from "./visit-buttons.js";
import { EntryRow, newestOf, standing } from "./lately.js";
import { holdingsOf } from "./pot-write.js";

/** @import {PotFigures} from "./figures.js" */

export default function PotScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const rows = moneyRows(live, person.stream);
  const id = router.place.value.rest[0] ?? "";
  const found = potFigures(rows, live.today()).find((one) => one.pot.id === id);
  const back = { href: person.path("home"), words: "Home" };
  if (!found || !person.can("see_money")) return html`<${Missing} tab="money" what="This pot" back=${back} />`;
  const { pot } = found;
  const latest = newestOf(standing(rows.entries).filter((entry) => entry.pot === id), 10);
  const dock = !person.can("write_money") ? null : isNotional(pot)
    ? html`<${VisitButtons} pots=${[pot]} />`
    : html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>`;
  return html`<${Screen} tab="money" title=${pot.name} back=${back} dock=${dock}>
    <div class="stack">
      ${isNotional(pot) ? html`<${AgreedFacts} found=${found} />` : html`<${CashFacts} found=${found} />`}
      ${person.can("write_money") && html`<div class="card card--rows">
        ${isNotional(pot) && html`<${LinkRow} href=${person.path(`visit?pot=${id}`)} title="A visit on another day" quiet="With the reason, or how it was." lead=${html`<span class="tile"><${Icon} name="calendar-check" /></span>`} />`}
        ${!isNotional(pot) && html`<${LinkRow} href=${person.path(`money-in?pot=${id}`)} title="Money in" lead=${html`<span class="tile"><${Icon} name="plus" /></span>`} />`}
        ${(found.balance.owed ?? 0) > 0 && html`<${LinkRow} href=${person.path(`money-in?pot=${id}&kind=payback`)} title="Write down that it is paid back" lead=${html`<span class="tile"><${Icon} name="hand-coins" /></span>`} />`}
        <${LinkRow} href=${person.path(`pot-edit/${id}`)} title="Change this pot" lead=${html`<span class="tile"><${Icon} name="pencil-simple" /></span>`} />
      </div>`}
      ${latest.length > 0 && html`<h2>Lately</h2><ul class="card card--rows">${latest.map((entry) => html`<li key=${entry.id}><${EntryRow} entry=${entry} pots=${[pot]} /></li>`)}</ul>`}
    </div>
  <//>`;
}

/** @param {{found: PotFigures}} props */
function CashFacts({ found: { pot, balance, period } }) {
  const { currency } = pot;
  const rows = [
    ["Left", html`<b><${Sum} amount=${balance.left} currency=${currency} /></b>`],
    ["In the account", html`<${Sum} amount=${balance.in_hand} currency=${currency} />`],
    balance.promised ? ["Promised", html`<${Sum} amount=${balance.promised} currency=${currency} />`] : null,
    balance.owed ? ["To be paid back", html`<${Sum} amount=${balance.owed} currency=${currency} />`] : null,
    period?.agreed ? ["Agreed", html`${formatAmount(period.agreed, currency)} until ${fullDay(period.ends_on)}`] : null,
    balance.to_come ? ["Still to come", html`<${Sum} amount=${balance.to_come} currency=${currency} />`] : null,
  ];
  return html`<${Facts} pot=${pot} rows=${rows} />
    ${balance.left !== null && balance.left < 0 && html`<${Note} kind="check" icon="warning-circle-bold" title="More was spent than this pot holds.">You can move your own money in, or talk to ${pot.funder}.<//>`}`;
}

/** @param {{found: PotFigures}} props */
function AgreedFacts({ found: { pot, balance, period } }) {
  const { notional } = balance;
  return html`<${Facts} pot=${pot} rows=${[
    ["Happened", html`<b class="num">${notional?.received ?? "not known yet"}</b>`],
    period?.agreed_visits ? ["Agreed", html`${period.agreed_visits} until ${fullDay(period.ends_on)}`] : null,
    ["Did not happen", html`<span class="num">${notional?.missed ?? "not known yet"}</span>`],
  ]} />`;
}

/** @param {{pot: import("./rules.js").Pot, rows: Array<[string, unknown] | null>}} props */
function Facts({ pot, rows }) {
  const holding = holdingsOf(usePerson()).find(([code]) => code === pot.holding)?.[1] ?? "";
  return html`<dl class="card facts">
    ${rows.filter((row) => row !== null).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    <div><dt>Who pays</dt><dd>${pot.funder}</dd></div>
    <div><dt>How</dt><dd>${holding} <${Kept} row=${pot.id} /></dd></div>
  </dl>`;
}
