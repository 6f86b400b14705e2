/** The money of one goal: spent, promised, planned; for agreed support what happened. */
import { html } from "htm/preact";
import { byGoal } from "../budgets/balance.js";
import { isNotional, moneyRows } from "../budgets/figures.js";
import { EntryRow, newestFirst, standing } from "../budgets/lately.js";
import { summarise } from "../budgets/ledger.js";
import { formatAmount } from "../core/money.js";
import { Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";

/** @import {MoneyRows} from "../budgets/figures.js" */
/** @import {Commitment} from "../budgets/rules.js" */

const MOST = 3;

/** What was spent on each goal; null while a line is missing. @param {MoneyRows} rows @returns {Map<string, number | null>} */
export function spentByGoal({ entries, pots }) {
  const found = byGoal(summarise(entries), pots.filter((pot) => !isNotional(pot)));
  return new Map(found.filter((row) => row.goal !== null).map((row) => [String(row.goal), row.spent]));
}

/** @param {{goal: string}} props */
export function GoalMoney({ goal }) {
  const { live } = useApp();
  const person = usePerson();
  if (!person.can("see_money")) return null;
  const rows = moneyRows(live, person.stream);
  const lines = standing(rows.entries).filter((entry) => entry.goal === goal).sort(newestFirst);
  if (!rows.known) return html`<section><h2>The money for it</h2><${Note}>This phone has not received the money yet. It comes when there is signal.<//></section>`;
  const sentences = moneyWords(rows, goal);
  return html`<section class="stack stack--s" aria-labelledby="goal-money-head"><h2 id="goal-money-head">The money for it</h2>
    <p>${sentences.length ? sentences.join(" ") : "Nothing is spent or planned for it. Not every goal needs money."}</p>
    ${lines.length > 0 && html`<ul class="card card--rows">${lines.slice(0, MOST).map((entry) => html`<li key=${entry.id}><${EntryRow} entry=${entry} pots=${rows.pots} /></li>`)}</ul>`}
    ${lines.length > MOST && html`<p class="quiet">${lines.length - MOST} more stand under Money.</p>`}
  </section>`;
}

/** @param {MoneyRows} rows @param {string} goal @returns {string[]} */
function moneyWords(rows, goal) {
  const spent = spentByGoal(rows).get(goal);
  const sums = { committed: sumOf(rows.commitments, goal, "committed"), planned: sumOf(rows.commitments, goal, "planned") };
  const visits = standing(rows.entries).filter((entry) => entry.goal === goal && entry.kind === "service_received").length;
  return [
    spent === null ? "We do not know yet what is spent on it." : spent ? `${formatAmount(spent)} is spent on it.` : "",
    sums.committed ? `${formatAmount(sums.committed)} is promised.` : "",
    sums.planned ? `${formatAmount(sums.planned)} more is planned.` : "",
    visits ? `${visits} ${visits === 1 ? "visit" : "visits"} happened.` : "",
  ].filter(Boolean);
}

/** @param {ReadonlyArray<Commitment>} commitments @param {string} goal @param {string} state */
function sumOf(commitments, goal, state) {
  return commitments.filter((one) => one.goal === goal && one.state === state).reduce((sum, one) => sum + one.amount, 0);
}
