/** The return so far, to read: money by pot, goals with what they cost, and what a reviewer said. Nothing changes here. */
import { html } from "htm/preact";
import { moneyRows, potFigures } from "../budgets/figures.js";
import { isNotional } from "../budgets/holding.js";
import { standing } from "../budgets/lately.js";
import { sayDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { asOfWords } from "../parts/as-of.js";
import { Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { inOrder } from "../plans/order.js";
import { Remarks } from "./remarks.js";
import { leftLine, soFar, spentOnGoals } from "./so-far.js";

/** @import {MoneyRows, PotFigures} from "../budgets/figures.js" */

export default function Return() {
  const { live } = useApp();
  const person = usePerson();
  const rows = moneyRows(live, person.stream);
  const funded = person.can("see_money") ? potFigures(rows, live.today()).filter(({ pot }) => pot.holding !== "own_money") : [];
  return html`<${Screen} tab="plan" title="The return so far" back=${{ href: person.path("plan"), words: "Plan" }}>
    <div class="stack stack--l">
      <p>${person.role === "holder" ? "This is what a reviewer reads. Your own money is not in it." : `What ${person.name} was given and what became of it. Own money is not in it.`}</p>
      <p class="quiet">${asOfWords(live, person.stream)}</p>
      ${funded.map((one) => html`<${PotSoFar} key=${one.pot.id} one=${one} rows=${rows} />`)}
      ${!funded.length && html`<p>No funder's money is written down yet.</p>`}
      <${Goals} rows=${rows} funded=${funded} />
      <${Remarks} />
    </div>
  <//>`;
}

/** @param {{one: PotFigures, rows: MoneyRows}} props */
function PotSoFar({ one, rows }) {
  const { live } = useApp();
  const { pot, period } = one;
  const head = `return-${pot.id}`;
  const from = sayDay(period?.starts_on ?? pot.opened_on, live.today());
  const lines = isNotional(pot) ? visitsOf(one) : sumsOf(one, rows);
  return html`<section class="stack stack--s" aria-labelledby=${head}><h2 id=${head}>${pot.name}</h2>
    <p class="quiet">From ${pot.funder}, since ${from}.${period?.agreed ? ` Agreed: ${formatAmount(period.agreed, pot.currency)}.` : ""}</p>
    <dl class="card card--rows">${lines.map(([name, value]) => html`<div class="row row--tight" key=${name}><dt class="row__body">${name}</dt><dd class="row__end num">${value}</dd></div>`)}</dl>
  </section>`;
}

/** @param {PotFigures} one @param {MoneyRows} rows @returns {Array<[string, string]>} */
function sumsOf(one, rows) {
  const found = soFar(one, standing(rows.entries));
  const said = (/** @type {number | null} */ amount) => (amount === null ? "not known yet" : formatAmount(amount, one.pot.currency));
  /** @type {Array<[string, string]>} */
  const lines = [leftLine(said, found.before, "Left from before", "More spent than paid in, before"), ["Paid in", said(found.came)], ["Spent", said(found.spent)]];
  if (found.returned) lines.push(["Given back or moved", said(found.returned)]);
  if (found.promised) lines.push(["Promised", said(found.promised)]);
  return [...lines, leftLine(said, found.left, "Left", "More spent than there was")];
}

/** @param {PotFigures} one @returns {Array<[string, string]>} */
function visitsOf({ balance, period }) {
  const said = (/** @type {number | null | undefined} */ count) => String(count ?? "not known yet");
  /** @type {Array<[string, string]>} */
  const lines = [["Happened", said(balance.notional?.received)], ["Did not happen", said(balance.notional?.missed)]];
  if (period?.agreed_visits) lines.unshift(["Agreed visits", String(period.agreed_visits)]);
  return lines;
}

/** Every pound leads to a goal: each goal in own words with what was spent on it. @param {{rows: MoneyRows, funded: PotFigures[]}} props */
function Goals({ rows, funded }) {
  const { live } = useApp();
  const person = usePerson();
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] !== "dropped").sort(inOrder);
  const spent = spentOnGoals(funded.filter(({ pot, balance }) => !isNotional(pot) && balance.known), standing(rows.entries));
  if (!goals.length) return null;
  return html`<section class="stack stack--s" aria-labelledby="return-goals"><h2 id="return-goals">What it was for</h2>
    ${goals.map((row) => html`<article class="card stack stack--s" key=${row.id}><${Words} text=${String(row.body["words"])} small />
      ${spent.get(row.id) ? html`<p class="quiet">${formatAmount(Number(spent.get(row.id)))} was spent on it since then.</p>` : null}</article>`)}
  </section>`;
}
