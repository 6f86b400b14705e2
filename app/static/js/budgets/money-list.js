/** All lines of money by month, with pots, search and ways to look. A correction is one thing. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { monthName } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { asOfWords } from "../parts/as-of.js";
import { moneyRows, potFigures, totalLeft } from "./figures.js";
import { byHolding } from "./holding.js";
import { EntryRow, newestFirst } from "./lately.js";
import { VIEWS, byMonth, fits, linesOf } from "./views.js";
import { VisitButtons } from "./visit-buttons.js";

/**
 * @import {PotFigures} from "./figures.js"
 * @import {Entry, Pot} from "./rules.js"
 * @import {View} from "./views.js"
 */

/** @typedef {{pot: string, view: string, words: string}} Wanted */

const PAGE = 50;
const ALL = /** @type {View} */ (VIEWS[0]);

export default function MoneyList() {
  const { live } = useApp();
  const person = usePerson();
  const rows = moneyRows(live, person.stream);
  const figures = person.can("see_money") ? potFigures(rows, live.today()) : [];
  return html`<${Screen} tab="money" title="Money" top=${person.can("see_money") ? html`<${Left} figures=${figures} />` : html`<p>You see what you wrote down yourself.</p>`} dock=${dockOf(figures, person)}>
    <div class="stack">
      ${figures.map((one) => html`<${Owed} key=${one.pot.id} one=${one} />`)}
      ${rows.pots.length > 0 && html`<${Ways} figures=${figures} />`}
      ${rows.pots.length > 0 ? html`<${Lines} entries=${rows.entries} pots=${rows.pots} />` : html`<${NoPots} />`}
      ${rows.pots.length > 0 && person.can("write_money") && html`<p><a class="plain" href=${person.path("pot-new")}><${Icon} name="wallet" small />Add a new pot</a></p>`}
    </div>
  <//>`;
}

/** @param {{figures: PotFigures[]}} props */
function Left({ figures }) {
  const { live } = useApp();
  const person = usePerson();
  const { money, agreed } = byHolding(figures);
  const [total] = totalLeft(money, live.today());
  const visits = agreed.map(({ pot, balance, period }) => `${pot.name}: ${balance.notional?.received ?? "not known yet"}${period?.agreed_visits ? ` of ${period.agreed_visits}` : ""}`);
  return html`${total && html`<p><b class="num">${total.left === null ? "Not known yet what is" : formatAmount(total.left, total.currency)} left</b> in all.</p>`}
    ${!total && visits.length > 0 && html`<p>${visits.join(", ")} happened.</p>`}
    <p class="asof">${asOfWords(live, person.stream)}</p>`;
}

/**
 * @param {PotFigures[]} figures
 * @param {ReturnType<typeof usePerson>} person
 */
function dockOf(figures, person) {
  const { money, agreed } = byHolding(figures);
  if (!person.can("log_money") || (!figures.length && person.can("see_money"))) return null;
  if (!money.length && person.can("write_money")) return html`<${VisitButtons} pots=${agreed.map((one) => one.pot)} />`;
  return html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>`;
}

/** What a pot owes to whoever paid first. @param {{one: PotFigures}} props */
function Owed({ one: { pot, balance } }) {
  const person = usePerson();
  if (!balance.owed || balance.owed < 0) return null;
  return html`<${Note} kind="check" icon="hand-coins" title=${`${pot.name} owes ${person.role === "holder" ? "you" : "back"} ${formatAmount(balance.owed, pot.currency)}.`}>
    It was paid from somebody's own purse. ${person.can("write_money") && html`<a href=${person.path(`money-in?pot=${pot.id}&kind=payback`)}>Write down that it is paid back</a>`}<//>`;
}

/** Rarer things to do. @param {{figures: PotFigures[]}} props */
function Ways({ figures }) {
  const person = usePerson();
  const { money, agreed } = byHolding(figures);
  const ways = /** @type {Array<[string, string, string, boolean]>} */ ([
    ["repeat", "arrow-counter-clockwise", "Same as last week", money.length > 0],
    ["money-in", "plus-bold", "Money in", money.length > 0],
    ["transfer", "arrows-left-right-bold", "Move money", money.length > 1],
    ["visit", "check-bold", "A visit", agreed.length > 0],
    ["photos", "images", "Photos", money.length > 0],
  ]);
  if (!person.can("write_money")) return null;
  return html`<div class="chips">${ways.filter(([, , , fits]) => fits).map(([screen, icon, words]) =>
    html`<a key=${screen} class="chip" href=${person.path(screen)}><${Icon} name=${icon} />${words}</a>`)}</div>`;
}

/** @param {{entries: Entry[], pots: Pot[]}} props */
function Lines({ entries, pots }) {
  const { live } = useApp();
  const [wanted, setWanted] = useState(/** @type {Wanted} */ ({ pot: "", view: "", words: "" }));
  const [most, setMost] = useState(PAGE);
  const set = (/** @type {keyof Wanted} */ name) => (/** @type {string} */ value) => setWanted({ ...wanted, [name]: value });
  const view = VIEWS.find((one) => one.code === wanted.view) ?? ALL;
  const unsent = (/** @type {string} */ id) => live.statusOf(id) !== "sent";
  const lines = linesOf(entries, view, { unsent }).filter((one) => (!wanted.pot || one.pot === wanted.pot) && fits(one, wanted.words)).sort(newestFirst);
  if (!entries.length) return html`<p>Nothing was written down yet. The first line makes a start.</p>`;
  return html`<${Search} value=${wanted.words} onInput=${set("words")} />
    <div class="duo">
      <${Choose} id="view" label="Show" value=${wanted.view} onInput=${set("view")} options=${VIEWS.map(({ code, words }) => [code, words])} />
      ${pots.length > 1 && html`<${Choose} id="pot" label="Pot" value=${wanted.pot} onInput=${set("pot")} options=${[["", "All pots"], ...pots.map(({ id, name }) => [id, name])]} />`}
    </div>
    <p class=${lines.length && !narrowed(wanted) ? "hide" : "quiet"} role="status">${lines.length ? `${lines.length.toLocaleString("en-GB")} ${lines.length === 1 ? "line" : "lines"}` : "Nothing fits. Try fewer words, or show everything."}</p>
    ${byMonth(lines.slice(0, most), pots).map((one) => html`<${Month} key=${one.month} ...${one} pots=${pots} />`)}
    ${lines.length > most && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => setMost(most + PAGE)}>Show more</button>`}`;
}

/** @param {Wanted} wanted */
function narrowed({ pot, view, words }) {
  return Boolean(pot || view || words);
}

/** @param {{value: string, onInput: (words: string) => void}} props */
function Search({ value, onInput }) {
  return html`<div class="lookup"><label class="hide" for="search">Search</label><${Icon} name="magnifying-glass" />
    <input class="nhsuk-input" id="search" type="search" autocomplete="off" placeholder="Search, like “taxi”" value=${value}
      onInput=${(/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.target).value)} /></div>`;
}

/** @param {{id: string, label: string, value: string, onInput: (value: string) => void, options: Array<[string, string]>}} props */
function Choose({ id, label, value, onInput, options }) {
  return html`<div class="narrow"><label class="hide" for=${id}>${label}</label>
    <select class="nhsuk-select" id=${id} onChange=${(/** @type {Event} */ event) => onInput(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([code, words]) => html`<option key=${code} value=${code} selected=${code === value}>${words}</option>`)}
    </select></div>`;
}

/** @param {{month: string, lines: Entry[], spent: string, pots: Pot[]}} props */
function Month({ month, lines, spent, pots }) {
  return html`<section aria-labelledby=${`m-${month}`}>
    <div class="split"><h2 id=${`m-${month}`}>${monthName(month)}</h2>${spent && html`<span class="quiet num">${spent} spent</span>`}</div>
    <ul class="card card--rows">${lines.map((entry) => html`<li key=${entry.id}><${EntryRow} entry=${entry} pots=${pots} quiet /></li>`)}</ul>
  </section>`;
}

function NoPots() {
  const person = usePerson();
  if (!person.can("write_money")) return html`<p>There are no pots yet.</p>`;
  return html`<div class="card"><${Empty} icon="wallet" title="No pots yet"
    action=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>A pot is one stream of money. Say first who pays.<//></div>`;
}
