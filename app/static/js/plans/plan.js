/** The plan: goals in own words, what is reached and what is put by. */
import { html } from "htm/preact";
import { isNotional, moneyRows } from "../budgets/figures.js";
import { byGoal } from "../budgets/balance.js";
import { summarise } from "../budgets/ledger.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon, Kept, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";

/** @import {Row} from "../core/types.js" */

export default function Plan() {
  const { live } = useApp();
  const person = usePerson();
  const goals = live.rows(person.stream, "goal").sort(inOrder);
  const active = goals.filter((row) => row.body["state"] === "active");
  const past = goals.filter((row) => row.body["state"] !== "active");
  const spent = spentByGoal(live, person.stream);
  const add = html`<a class="nhsuk-button" href=${person.path("goal-new")}><${Icon} name="plus-bold" />Write a goal</a>`;
  const title = person.role === "holder" ? "My plan" : `${person.name}'s plan`;
  return html`<${Screen} tab="plan" title=${title} dock=${active.length ? add : null}>
    <section class="stack" aria-labelledby="goals-head">
      <h2 id="goals-head">${person.role === "holder" ? "My goals" : "Goals"}</h2>
      ${!active.length && html`<div class="card"><${Empty} icon="flag" title="No goals yet" action=${add}>
        A goal can be small. “Get to the shop on my own” is a goal.<//></div>`}
      ${active.map((row) => html`<${GoalCard} key=${row.id} row=${row} spent=${spent.get(row.id) ?? 0} />`)}
      ${past.length > 0 && html`<h2>Before</h2>${past.map((row) => html`<${GoalCard} key=${row.id} row=${row} spent=${spent.get(row.id) ?? 0} />`)}`}
    </section>
  <//>`;
}

/** @param {{row: Row, spent: number}} props */
function GoalCard({ row, spent }) {
  const person = usePerson();
  const { state } = row.body;
  return html`<article class="card stack stack--s">
    <div class="split split--mid">
      ${state === "reached" ? html`<${Tag} kind="good" icon="check-bold">Got there<//>` : state === "put_by" ? html`<${Tag} icon="clock-bold">Put by<//>` : html`<span></span>`}
      <${Kept} row=${row.id} />
    </div>
    <${Words} text=${String(row.body["words"])} />
    ${state === "reached" && row.body["closing_words"] && html`<div class="said"><${Words} text=${String(row.body["closing_words"])} small /></div>`}
    ${spent > 0 && html`<p class="quiet"><${Icon} name="wallet" small /> ${formatAmount(spent)} spent on it</p>`}
    <a class="plain" href=${person.path(`goal/${row.id}`)}>Open this goal<span class="hide">: ${String(row.body["words"]).slice(0, 60)}</span></a>
  </article>`;
}

/**
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @returns {Map<string, number>}
 */
function spentByGoal(live, stream) {
  const { entries, pots } = moneyRows(live, stream);
  const rows = byGoal(summarise(entries), pots.filter((pot) => !isNotional(pot)));
  return new Map(rows.filter((row) => row.goal !== null).map((row) => [String(row.goal), row.spent ?? 0]));
}

/** @param {Row} one @param {Row} other */
function inOrder(one, other) {
  const place = Number(one.body["position"]) - Number(other.body["position"]);
  const weight = Number(other.body["importance"] ?? 0) - Number(one.body["importance"] ?? 0);
  return place || weight || one.id.localeCompare(other.id);
}
