/** All lines of money by month, with pots and search. A correction is one thing. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { monthName } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { asOfWords } from "../parts/as-of.js";
import { isNotional, moneyRows, potFigures, totalLeft } from "./figures.js";
import { EntryRow, newestFirst, standing } from "./lately.js";

/** @import {Entry, Pot} from "./rules.js" */

const PAGE = 50;

export default function MoneyList() {
  const { live } = useApp();
  const person = usePerson();
  const rows = moneyRows(live, person.stream);
  const [pot, setPot] = useState("");
  const [wanted, setWanted] = useState("");
  const [most, setMost] = useState(PAGE);
  const all = standing(rows.entries).sort(newestFirst);
  const found = all.filter((entry) => (!pot || entry.pot === pot) && fits(entry, wanted));
  const [total] = totalLeft(potFigures(rows, live.today()).filter((one) => !isNotional(one.pot)), live.today());
  const left = total && total.left !== null ? html`<p><b class="num">${formatAmount(total.left, total.currency)} left</b> in all.</p>` : null;
  return html`<${Screen} tab="money" title="Money" top=${html`${left}<p class="asof">${asOfWords(live, person.stream)}</p>`}
    dock=${rows.pots.length ? html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>` : null}>
    <div class="stack">
      ${rows.pots.length > 0 && html`<${Ways} />`}
      ${all.length > 0 && html`<div class="lookup"><label class="hide" for="search">Search</label><${Icon} name="magnifying-glass" />
        <input class="nhsuk-input" id="search" type="search" autocomplete="off" placeholder="Search, like “taxi”" value=${wanted} onInput=${(/** @type {Event} */ event) => setWanted(/** @type {HTMLInputElement} */ (event.target).value)} /></div>`}
      ${rows.pots.length > 1 && html`<${PotChips} pots=${rows.pots} value=${pot} onPick=${setPot} />`}
      <p class="hide" role="status">${found.length} lines</p>
      ${!rows.pots.length && html`<div class="card"><${Empty} icon="wallet" title="No pots yet"
        action=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>A pot is one stream of money. Say first who pays.<//></div>`}
      ${rows.pots.length > 0 && !found.length && html`<p>${all.length ? "Nothing fits these words. Try fewer." : "Nothing was written down yet. Add the first receipt."}</p>`}
      ${byMonth(found.slice(0, most)).map(([month, entries]) => html`<${Month} key=${month} month=${month} entries=${entries} pots=${rows.pots} />`)}
      ${found.length > most && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => setMost(most + PAGE)}>Show more</button>`}
    </div>
  <//>`;
}

/** Other ways in than a receipt. */
function Ways() {
  const person = usePerson();
  return html`<div class="chips">
    <a class="chip" href=${person.path("money-in")}><${Icon} name="plus-bold" />Money in</a>
    <a class="chip" href=${person.path("transfer")}><${Icon} name="arrows-left-right-bold" />Move money</a>
    <a class="chip" href=${person.path("visit")}><${Icon} name="check-bold" />A visit</a>
    <a class="chip" href=${person.path("pot-new")}><${Icon} name="wallet" />New pot</a>
  </div>`;
}

/** @param {{pots: Pot[], value: string, onPick: (pot: string) => void}} props */
function PotChips({ pots, value, onPick }) {
  const all = [{ id: "", name: "All pots" }, ...pots];
  return html`<div class="chips" role="group" aria-label="Which pot">
    ${all.map((pot) => html`<button key=${pot.id} class="chip" type="button" aria-pressed=${String(pot.id === value)} onClick=${() => onPick(pot.id)}>
      ${pot.id === value && html`<${Icon} name="check-bold" />`}${pot.name}</button>`)}
  </div>`;
}

/** @param {{month: string, entries: Entry[], pots: Pot[]}} props */
function Month({ month, entries, pots }) {
  const spent = entries.filter((entry) => entry.kind === "spending" || entry.kind === "paid_by_me").reduce((sum, entry) => sum + entry.amount, 0);
  return html`<section aria-labelledby=${`m-${month}`}>
    <div class="split"><h2 id=${`m-${month}`}>${monthName(month)}</h2>${spent > 0 && html`<span class="quiet num">${formatAmount(spent)} spent</span>`}</div>
    <ul class="card card--rows">${entries.map((entry) => html`<li key=${entry.id}><${EntryRow} entry=${entry} pots=${pots} /></li>`)}</ul>
  </section>`;
}

/** @param {Entry[]} entries @returns {Array<[string, Entry[]]>} */
function byMonth(entries) {
  /** @type {Map<string, Entry[]>} */
  const months = new Map();
  for (const entry of entries) {
    const month = entry.on.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months];
}

/**
 * @param {Entry} entry
 * @param {string} wanted
 */
function fits(entry, wanted) {
  const text = `${entry.what} ${entry.merchant ?? ""} ${entry.note} ${formatAmount(entry.amount)}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
