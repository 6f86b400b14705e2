/** The last lines of the ledger, as people see them: a correction is one thing. */
import { html } from "htm/preact";
import { dayAndMonth, overDay, partsOf, weekday } from "../core/dates.js";
import { DayTile, Kept } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Sum } from "../parts/money.js";
import { moneyRows } from "./figures.js";

/**
 * @import {Entry, Pot} from "./rules.js"
 */

/** @type {{[kind: string]: string}} */
export const KIND_WORDS = {
  instalment: "Money in from the funder",
  contribution: "Own money put in",
  refund: "Refund",
  spending: "Spending",
  repayment: "Given back to the funder",
  transfer_in: "Moved in",
  transfer_out: "Moved out",
  paid_by_me: "Paid from own pocket",
  payback: "Paid back",
  service_received: "It happened",
  service_missed: "It did not happen",
};

/** Lines that count now: no reversals, nothing that was taken back. @param {readonly Entry[]} entries */
export function standing(entries) {
  return entries.filter((entry) => entry.kind !== "reversal" && !entry.superseded);
}

/** The newest first. @param {Entry} one @param {Entry} other */
export function newestFirst(one, other) {
  if (one.on !== other.on) return one.on < other.on ? 1 : -1;
  return one.id < other.id ? 1 : Number(one.id > other.id) * -1;
}

/**
 * The newest few, newest first. One pass: a ledger may hold many thousand lines.
 * @param {readonly Entry[]} entries
 * @param {number} most
 */
export function newestOf(entries, most) {
  /** @type {Entry[]} */
  const newest = [];
  for (const entry of entries) {
    const last = newest[most - 1];
    if (last && newestFirst(last, entry) <= 0) continue;
    newest.push(entry);
    newest.sort(newestFirst).splice(most);
  }
  return newest;
}

/** @param {{most: number}} props */
export function Lately({ most }) {
  const { live } = useApp();
  const person = usePerson();
  const { entries, pots } = moneyRows(live, person.stream);
  const latest = newestOf(standing(entries), most);
  if (!latest.length) return null;
  return html`<section aria-labelledby="lately-head">
    <div class="split"><h2 id="lately-head">Lately</h2><a class="plain" href=${person.path("money")}>${person.own ? "All my money" : "All the money"}</a></div>
    <ul class="card card--rows">${latest.map((entry) => html`<li key=${entry.id}><${EntryRow} entry=${entry} pots=${pots} /></li>`)}</ul>
  </section>`;
}

/** `quiet`: in a long list, under its month, only what is not sent says so. @param {{entry: Entry, pots: Pot[], quiet?: boolean}} props */
export function EntryRow({ entry, pots, quiet }) {
  const { live } = useApp();
  const sent = live.statusOf(entry.id) === "sent";
  const person = usePerson();
  const pot = pots.find((one) => one.id === entry.pot);
  const service = entry.kind === "service_received" || entry.kind === "service_missed";
  const kind = entry.kind === "spending" ? "" : `${KIND_WORDS[entry.kind] ?? ""}, `;
  const mine = !entry.author || entry.author === live.who.account;
  const by = mine ? "" : `, added by ${live.nameOf(person.stream, entry.author)}`;
  const state = entry.superseded ? ", taken back" : entry.replaces ? ", corrected" : "";
  return html`<a class=${`row${entry.superseded ? " row--taken" : ""}`} href=${person.path(`entry/${entry.id}`)}>
    <${DayTile} day top=${quiet ? weekday(entry.on).slice(0, 3) : overDay(entry.on, live.today())} bottom=${String(partsOf(entry.on).day)} />
    <span class="row__body">
      <span class="row__title">${entry.merchant || entry.what}</span>
      <span class="quiet">${kind}${pot?.name ?? "A pot that is not here yet"}${state}${by}<span class="hide">, ${dayAndMonth(entry.on)}</span></span>
      ${!sent && html`<${Kept} row=${entry.id} />`}
    </span>
    <span class="row__end">
      ${!service && html`<span class="row__title"><${Sum} amount=${entry.amount} currency=${pot?.currency ?? "GBP"} /></span>`}
      ${sent && !quiet && html`<${Kept} row=${entry.id} />`}
    </span>
  </a>`;
}
