/** The plan: about me, what I am good at, then goals in own words; what is reached and what is put by. */
import { html } from "htm/preact";
import { moneyRows } from "../budgets/figures.js";
import { formatAmount } from "../core/money.js";
import { asOfWords } from "../parts/as-of.js";
import { Empty, Icon, Kept, LinkRow, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Drafts } from "../peers/drafts.js";
import { Remarks } from "../people/remarks.js";
import { LastGoing } from "./check-ins.js";
import { spentByGoal } from "./goal-money.js";
import { GOOD_AT, HEADINGS, aboutId } from "./headings.js";
import { inOrder } from "./order.js";
import { doneWords, stepsOf } from "./steps.js";

/** @import {Facts, Row} from "../core/types.js" */

export default function Plan() {
  const { live } = useApp();
  const person = usePerson();
  const goals = live.rows(person.stream, "goal").sort(inOrder);
  const active = goals.filter((row) => row.body["state"] === "active");
  const past = goals.filter((row) => row.body["state"] !== "active");
  const spent = person.can("see_money") ? spentByGoal(moneyRows(live, person.stream)) : new Map();
  const may = person.can("write_plan");
  const own = person.role === "holder";
  const add = may ? html`<a class="nhsuk-button" href=${person.path("goal-new")}><${Icon} name="plus-bold" />Write a goal</a>` : null;
  const card = (/** @type {Row} */ row) => html`<${GoalCard} key=${row.id} row=${row} spent=${spent.get(row.id) ?? 0} />`;
  return html`<${Screen} tab="plan" title=${own ? "My plan" : `${person.name}'s plan`} dock=${active.length ? add : null}>
    <div class="stack stack--l">
      <${AboutMe} own=${own} />
      <section class="stack" aria-labelledby="goals-head">
        <h2 id="goals-head">${own ? "My goals" : "Goals"}</h2>
        ${!active.length && html`<div class="card"><${Empty} icon="flag" title="No goals yet" action=${add}>
          A goal can be small. “Get to the shop on my own” is a goal.<//></div>`}
        ${active.map(card)}
        ${may && active.length > 1 && html`<a class="plain" href=${person.path("order")}><${Icon} name="arrow-down-bold" small />Change the order of goals</a>`}
      </section>
      <${Drafts} />
      ${past.length > 0 && html`<section class="stack" aria-labelledby="past-head"><h2 id="past-head">Before</h2>${past.map(card)}</section>`}
      <${Remarks} />
      <div class="card card--rows">
        ${may && html`<${LinkRow} href=${person.path("today")} title="What I changed today" quiet="Look at it, or put it back."
          lead=${html`<span class="tile"><${Icon} name="clock" /></span>`} />`}
        ${person.can("see_money") && html`<${LinkRow} href=${person.path("return")} title="The return so far" quiet="What a reviewer reads: the money and what it was for."
          lead=${html`<span class="tile"><${Icon} name="receipt" /></span>`} />`}
      </div>
      <p class="quiet">${asOfWords(live, person.stream)}</p>
    </div>
  <//>`;
}

/** About me and what I am good at, before any goal: the person comes first. @param {{own: boolean}} props */
function AboutMe({ own }) {
  const { live } = useApp();
  const person = usePerson();
  const id = aboutId(person.id);
  const about = live.row(person.stream, "about", id)?.body ?? {};
  const said = HEADINGS.filter(({ field }) => field !== GOOD_AT && about[field]);
  const first = said[0];
  const all = HEADINGS.length - 1;
  return html`<section class="stack stack--s" aria-labelledby="about-head">
    <h2 id="about-head">${own ? "About me" : `About ${person.name}`}</h2>
    ${first
      ? html`<div class="said"><h3 class="small-head">${first.title}</h3><${Words} text=${String(about[first.field])} small /><div class="said__by"><${Kept} row=${id} /></div></div>
          <div class="ways split--mid"><a class="plain" href=${person.path("about")}><${Icon} name="user" small />Read all about ${own ? "me" : person.name}</a><span class="quiet">${said.length} of ${all} written</span></div>`
      : html`<${Invite} field="" title="What should people know first?" quiet=${`What matters to ${person.whom}, who matters, how to talk with ${person.whom}.`} />`}
  </section>
  <section class="stack stack--s" aria-labelledby="good-head">
    <h2 id="good-head">${own ? "What I am good at" : `What ${person.name} is good at`}</h2>
    <${GoodAt} about=${about} />
  </section>`;
}

/** @param {{about: Facts}} props */
function GoodAt({ about }) {
  const person = usePerson();
  if (!about[GOOD_AT]) return html`<${Invite} field=${GOOD_AT} title=${`What do people ask ${person.whom} for?`} quiet="“I make the best curry on this street” is a start." />`;
  return html`<div class="said"><${Words} text=${String(about[GOOD_AT])} small /></div>
    ${person.can("write_plan") && html`<a class="plain" href=${person.path(`about-write/${GOOD_AT}`)}><${Icon} name="pencil-simple" small />Change<span class="hide"> what ${person.own ? "you are" : `${person.name} is`} good at</span></a>`}`;
}

/** @param {{field: string, title: string, quiet: string}} props */
function Invite({ field, title, quiet }) {
  const person = usePerson();
  if (!person.can("write_plan")) return html`<p class="quiet">Nothing is written here yet.</p>`;
  return html`<div class="card card--rows"><${LinkRow} href=${person.path(field ? `about-write/${field}` : "about")} title=${title} quiet=${quiet}
    lead=${html`<span class="tile tile--tint"><${Icon} name=${field ? "star" : "user"} /></span>`} /></div>`;
}

/** @param {{row: Row, spent: number}} props */
function GoalCard({ row, spent }) {
  const { live } = useApp();
  const person = usePerson();
  const { state } = row.body;
  const done = doneWords(stepsOf(live, person.stream, row.id));
  return html`<article class="card stack stack--s">
    ${state === "active" && html`<${LastGoing} goal=${row.id} />`}
    ${state === "reached" && html`<${Tag} kind="good" icon="check-bold">Got there<//>`}
    ${state === "put_by" && html`<${Tag} icon="clock-bold">Put by<//>`}
    <${Words} text=${String(row.body["words"])} />
    ${state === "reached" && row.body["closing_words"] && html`<div class="said"><${Words} text=${String(row.body["closing_words"])} small /></div>`}
    ${done && html`<p class="quiet"><${Icon} name="check-bold" small /> ${done}</p>`}
    ${spent > 0 && html`<p class="quiet"><${Icon} name="wallet" small /> ${formatAmount(spent)} spent on it</p>`}
    <div class="split split--mid"><a class="plain plain--start" href=${person.path(`goal/${row.id}`)}>Open this goal<span class="hide">: ${String(row.body["words"]).slice(0, 60)}</span></a><${Kept} row=${row.id} /></div>
  </article>`;
}
