/** Get ready for a review: how goals went, what was spent on what, what I want to change. To print, too. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { moneyRows } from "../budgets/figures.js";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { asOfWords } from "../parts/as-of.js";
import { Icon, Note, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { GoingTag } from "../plans/check-ins.js";
import { checkInsOf } from "../plans/going.js";
import { comingReviews, whenWords } from "./coming.js";
import { sentenceOf } from "./held.js";
import { goalsSince, potsSince } from "./since.js";

/** @import {Row} from "../core/types.js" */
/** @import {Problems} from "../parts/fields.js" */
/** @import {PotSince} from "./since.js" */

export default function Prepare() {
  const { live, router } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const coming = comingReviews(live, person.stream).find((one) => one.clock.id === id);
  const back = { href: person.path("reviews"), words: "Reviews" };
  if (!coming) return html`<${Missing} tab="more" what="This review" back=${back} />`;
  const { clock, next, last } = coming;
  const since = last?.held_on ?? clock.starts_on;
  const money = person.can("see_money") ? moneyRows(live, person.stream) : null;
  const goals = live.rows(person.stream, "goal").sort((one, other) => Number(one.body["position"]) - Number(other.body["position"]));
  const spent = money ? goalsSince(money, since) : new Map();
  const print = html`<button class="nhsuk-button" type="button" onClick=${() => window.print()}><${Icon} name="printer-bold" />Print or save as a file</button>`;
  return html`<${Screen} tab="more" title="Get ready for the review" back=${back} dock=${print}>
    <div class="stack">
      <div><p>${clock.funder}${clock.with_whom ? `, with ${clock.with_whom}` : ""}. ${whenWords(next, live.today())}.</p>
        <p class="quiet">${last ? "Since the last review on" : "Since the plan started on"} ${fullDay(since)}. ${asOfWords(live, person.stream)}</p></div>
      <section class="told" aria-labelledby="how-head"><h2 id="how-head">How the goals went</h2>
        ${!goals.length && html`<p class="quiet">No goals are written down yet.</p>`}
        <div class="stack">${goals.map((row) => html`<${GoalWent} key=${row.id} row=${row} spent=${spent.get(row.id) ?? 0} since=${since} />`)}</div></section>
      ${money && html`<section class="told" aria-labelledby="spent-head"><h2 id="spent-head">What was spent on what</h2>
        <ul class="card card--rows">${potsSince(money, since).map((pot) => html`<li class="row row--tight" key=${pot.name}><${PotWent} pot=${pot} /></li>`)}</ul></section>`}
      <${WhatIWant} id=${id} now=${clock.wants} />
    </div>
  <//>`;
}

/** @param {{row: Row, spent: number, since: string}} props */
function GoalWent({ row: { id, body }, spent, since }) {
  const { live } = useApp();
  const state = body["state"];
  const said = checkInsOf(live.rows(usePerson().stream, "check_in"), id, since);
  return html`<article class="card stack stack--s">
    <${Words} text=${String(body["words"])} small />
    ${state === "reached" && html`<${Tag} kind="good" icon="check-bold">Got there<//>`}
    ${state === "put_by" && html`<${Tag} icon="clock-bold">Put by<//>`}
    ${body["closing_words"] && html`<div class="said"><${Words} text=${String(body["closing_words"])} small /></div>`}
    ${said.length > 0 && html`<ul class="goings">${said.map((one) => html`<li key=${one.id}><${GoingTag} code=${one.body["going"]} /><span class="quiet">${fullDay(String(one.body["on"]))}</span>
      ${one.body["words"] && html`<${Words} text=${String(one.body["words"])} small />`}</li>`)}</ul>`}
    <p class="quiet">${spent > 0 ? `${formatAmount(spent)} was spent on it.` : "No money was spent on it."}</p>
  </article>`;
}

/** @param {{pot: PotSince}} props */
function PotWent({ pot }) {
  const had = pot.notional ? `${pot.visits} happened` : pot.spent === null ? "Not known yet" : `${formatAmount(pot.spent, pot.currency)} spent`;
  return html`<span class="row__body"><span class="split"><b>${pot.name}</b><b class="num">${had}</b></span>
    ${pot.missed > 0 && html`<span class="quiet">${pot.missed} did not happen</span>`}</span>`;
}

/** Drawn anew when it was saved, or came from elsewhere; never under somebody's hands. @param {{id: string, now: string}} props */
function WhatIWant({ id, now }) {
  const drawn = useRef({ words: now, begun: false });
  if (!drawn.current.begun) drawn.current.words = now;
  return html`<${Wants} key=${drawn.current.words} id=${id} now=${now} onBegun=${(/** @type {boolean} */ begun) => (drawn.current.begun = begun)} />`;
}

/** @param {{id: string, now: string, onBegun: (begun: boolean) => void}} props */
function Wants({ id, now, onBegun }) {
  const { live, undo } = useApp();
  const person = usePerson();
  const [before] = useState(now);
  const opened = useOpened("review_clock", id);
  const [{ wants }, setDraft, begun] = useDraft(() => ({ wants: before }), { base: opened.base });
  const saving = useRef(false);
  onBegun(wants !== before && !saving.current);
  const setWants = (/** @type {string} */ words) => setDraft({ wants: words });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const write = (/** @type {string} */ words, base = /** @type {typeof begun.base} */ (undefined)) => live.act({ act: "review_clock.write", stream: person.stream, row: id, base, facts: { wants: words } });
  const save = async () => {
    if (wants === before) return undo.say("It is written down already.");
    try {
      saving.current = true;
      onBegun(false); // what is saved is drawn anew
      await begun.saving(() => write(wants, begun.base));
    } catch (error) {
      saving.current = false;
      return setProblems({ wants: sentenceOf(error) });
    }
    undo.say("Written down.", () => write(before));
    return undefined;
  };
  return html`<section class="told" aria-labelledby="wants-head"><h2 id="wants-head">What I want to change</h2>
    <${ErrorSummary} problems=${problems} />
    <div class="printonly">${wants && html`<${Words} text=${wants} />`}</div>
    <div class="screenonly stack">${person.can("write_plan") && begun.offer}
      ${person.can("write_plan") ? html`<${TextField} id="wants" label="Say it your way" hint="We keep it letter for letter. Take it with you." rows=${6} own value=${wants} onInput=${setWants} problem=${problems["wants"]} />
      ${wants !== before && html`<${Note} icon="info-bold">This is not saved yet.<//>`}
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${save}>Save what I want to say</button>` : html`<${Words} text=${before} />`}
    </div>
  </section>`;
}
