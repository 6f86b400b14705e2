/** Home: what is left, what is next, add a receipt. Nothing to scroll for. */
import { html } from "htm/preact";
import { isNotional, moneyRows, potFigures, totalLeft } from "../budgets/figures.js";
import { dayAndMonth } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { PotBar, Sum } from "../parts/money.js";
import { asOfWords } from "../parts/as-of.js";
import { Lately } from "../budgets/lately.js";
import { Next } from "./next.js";

/** @import {PotFigures} from "../budgets/figures.js" */
/** @import {Total} from "../budgets/balance.js" */

export default function Home() {
  const { live } = useApp();
  const person = usePerson();
  const today = live.today();
  const figures = potFigures(moneyRows(live, person.stream), today);
  const money = figures.filter((one) => !isNotional(one.pot));
  const agreed = figures.filter((one) => isNotional(one.pot));
  const dock = money.length
    ? html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>`
    : agreed.length
      ? html`<a class="nhsuk-button" href=${person.path("visit")}><${Icon} name="check-bold" />Say how a visit went</a>`
      : null;
  return html`<${Screen} tab="home" home top=${html`<${Hero} money=${money} agreed=${agreed} />`} dock=${dock}>
    <div class="two">
      <div class="stack">
        ${figures.length ? html`<${Pots} figures=${figures} />` : html`<${NoPots} />`}
        <${Lately} most=${3} />
      </div>
      <div class="stack"><${Next} /></div>
    </div>
  <//>`;
}

/** @param {{money: PotFigures[], agreed: PotFigures[]}} props */
function Hero({ money, agreed }) {
  const { live } = useApp();
  const person = usePerson();
  const asof = html`<p class="asof">${asOfWords(live, person.stream)}</p>`;
  if (!money.length && agreed.length) return html`<${AgreedHero} agreed=${agreed} />${asof}`;
  const [total] = totalLeft(money, live.today());
  return html`<h1 class="hero" tabindex="-1">${heroWords(total ?? null, money, person)}</h1>${asof}`;
}

/**
 * One sentence; its sum is set large.
 * @param {Total | null} total
 * @param {PotFigures[]} money
 * @param {{name: string, role: string}} person
 */
function heroWords(total, money, person) {
  const who = person.role === "holder" ? "You have" : `${person.name} has`;
  if (!total) return html`${who === "You have" ? "Your plan starts here." : `${person.name}'s plan starts here.`}`;
  if (total.left === null) return html`We do not know what is left yet.`;
  const ends = money.map((one) => one.period?.ends_on).filter((day) => day !== undefined).sort()[0];
  const until = ends ? ` to spend until ${dayAndMonth(ends)}.` : " to spend.";
  if (total.left < 0) return html`${who} spent <b class="num">${formatAmount(-total.left, total.currency)}</b> more than there is.`;
  return html`${who} <b class="num">${formatAmount(total.left, total.currency)} left</b>${until}`;
}

/** @param {{agreed: PotFigures[]}} props */
function AgreedHero({ agreed }) {
  const person = usePerson();
  const had = sumOf(agreed, (one) => one.balance.notional?.received ?? null);
  const of = sumOf(agreed, (one) => one.period?.agreed_visits ?? null);
  const who = person.role === "holder" ? "You have had" : `${person.name} has had`;
  if (had === null) return html`<h1 class="hero" tabindex="-1">We do not know yet what ${person.name} has had.</h1>`;
  return html`<h1 class="hero" tabindex="-1">${who} <b class="num">${had}${of === null ? "" : ` of ${of}`} visits</b></h1>`;
}

/** @param {{figures: PotFigures[]}} props */
function Pots({ figures }) {
  const person = usePerson();
  return html`<section aria-labelledby="pots-head"><h2 class="hide hide--narrow" id="pots-head">In each pot</h2>
    <ul class="card card--rows">
      ${figures.map((one) => html`<li key=${one.pot.id}><a class="row row--tight row--pot" href=${person.path(`pot/${one.pot.id}`)}>
        ${isNotional(one.pot) ? html`<${Agreed} one=${one} />` : html`<${Cash} one=${one} />`}
      </a></li>`)}
    </ul>
  </section>`;
}

/** @param {{one: PotFigures}} props */
function Cash({ one: { pot, balance, period } }) {
  const promised = balance.promised ?? 0;
  const agreed = period?.agreed ?? null;
  const left = balance.left;
  if (left !== null && left < 0) {
    return html`<span class="row__body"><span class="split"><b>${pot.name}</b></span>
      <span class="over"><${Icon} name="warning-circle-bold" small />${formatAmount(-left, pot.currency)} more was spent than it holds.</span></span>`;
  }
  return html`<span class="row__body">
    <span class="split"><b>${pot.name}</b><b><${Sum} amount=${left} currency=${pot.currency} />${left === null ? "" : " left"}</b></span>
    ${pot.holding !== "own_money" && agreed !== null && left !== null && html`<${PotBar} left=${left} promised=${promised} of=${agreed} />`}
    <span class="quiet">${potWords(pot.holding, agreed, promised, pot.currency)}</span>
  </span>`;
}

/**
 * @param {string} holding
 * @param {number | null} agreed
 * @param {number} promised
 * @param {import("../core/money.js").Currency} currency
 */
function potWords(holding, agreed, promised, currency) {
  if (holding === "own_money") return "Kept apart from the rest";
  const of = agreed === null ? "" : `of ${formatAmount(agreed, currency)}`;
  const after = promised ? `after ${formatAmount(promised, currency)} promised` : "";
  return [of, after].filter(Boolean).join(", ") || "No amount agreed yet";
}

/** @param {{one: PotFigures}} props */
function Agreed({ one: { pot, balance, period } }) {
  const had = balance.notional?.received ?? null;
  const missed = balance.notional?.missed ?? 0;
  const of = period?.agreed_visits ?? null;
  return html`<span class="row__body">
    <span class="split"><b>${pot.name}</b><b class="num">${had === null ? "not known yet" : of === null ? had : `${had} of ${of}`}</b></span>
    ${had !== null && of !== null && html`<${PotBar} left=${had} promised=${0} of=${of} />`}
    <span class="quiet">${missed ? `${missed} did not happen` : "All of them happened"}</span>
  </span>`;
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

/**
 * @param {PotFigures[]} figures
 * @param {(one: PotFigures) => number | null} read
 */
function sumOf(figures, read) {
  const found = figures.map(read);
  return found.some((value) => value === null) ? null : found.reduce((/** @type {number} */ sum, value) => sum + (value ?? 0), 0);
}
