/** What Home says of money: the sentence, each pot, the main act. Given the figures, it reads nothing. */
import { html } from "htm/preact";
import { byHolding, isNotional } from "../budgets/holding.js";
import { VisitLinks } from "../budgets/visit-links.js";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Icon } from "../parts/icon.js";
import { PotBar, Sum } from "../parts/money.js";

/** @import {PotFigures} from "../budgets/figures.js" */
/** @import {Total} from "../budgets/balance.js" */
/** @typedef {{id: string, name: string, role: string}} Owner */

/**
 * `total`: over the pots that hold money, null where there are none.
 * @param {{figures: PotFigures[], total: Total | null, person: Owner, asof: string}} props
 */
export function Hero({ figures, total, person, asof }) {
  const { money, agreed } = byHolding(figures);
  const quiet = html`<p class="asof">${asof}</p>`;
  if (!money.length && agreed.length) return html`<${AgreedHero} agreed=${agreed} person=${person} />${quiet}`;
  return html`<h1 class="hero" tabindex="-1">${heroWords(total, money, person)}</h1>${quiet}`;
}

/**
 * The one main act of Home, or null where there is no pot.
 * @param {PotFigures[]} figures
 * @param {Owner} person
 */
export function mainAct(figures, person) {
  const { money, agreed } = byHolding(figures);
  if (money.length) return html`<a class="nhsuk-button" href=${`/app/${person.id}/spend`}><${Icon} name="camera-bold" />Add a receipt</a>`;
  if (agreed.length) return html`<${VisitLinks} person=${person.id} />`;
  return null;
}

/**
 * One sentence; its sum is set large.
 * @param {Total | null} total
 * @param {PotFigures[]} money
 * @param {Owner} person
 */
export function heroWords(total, money, person) {
  const who = person.role === "holder" ? "You have" : `${person.name} has`;
  if (!total) return html`${who === "You have" ? "Your plan starts here." : `${person.name}'s plan starts here.`}`;
  if (total.left === null) return html`We do not know what is left yet.`;
  const ends = money.map((one) => one.period?.ends_on).filter((day) => day !== undefined).sort()[0];
  const until = ends ? ` to spend until ${fullDay(ends)}.` : " to spend.";
  if (total.left < 0) return html`${who} spent <b class="num">${formatAmount(-total.left, total.currency)}</b> more than there is.`;
  return html`${who} <b class="num">${formatAmount(total.left, total.currency)} left</b>${until}`;
}

/** @param {{agreed: PotFigures[], person: Owner}} props */
function AgreedHero({ agreed, person }) {
  const had = sumOf(agreed, (one) => one.balance.notional?.received ?? null);
  const of = sumOf(agreed, (one) => one.period?.agreed_visits ?? null);
  const who = person.role === "holder" ? "You have had" : `${person.name} has had`;
  if (had === null) return html`<h1 class="hero" tabindex="-1">We do not know yet what ${person.name} has had.</h1>`;
  return html`<h1 class="hero" tabindex="-1">${who} <b class="num">${had}${of === null ? "" : ` of ${of}`} visits</b></h1>`;
}

/** @param {{figures: PotFigures[], person: Owner}} props */
export function Pots({ figures, person }) {
  return html`<section aria-labelledby="pots-head"><h2 class="hide hide--narrow" id="pots-head">In each pot</h2>
    <ul class="card card--rows">
      ${figures.map((one) => html`<li key=${one.pot.id}><a class="row row--tight row--pot" href=${`/app/${person.id}/pot/${one.pot.id}`}>
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

/**
 * @param {PotFigures[]} figures
 * @param {(one: PotFigures) => number | null} read
 */
function sumOf(figures, read) {
  const found = figures.map(read);
  return found.some((value) => value === null) ? null : found.reduce((/** @type {number} */ sum, value) => sum + (value ?? 0), 0);
}
