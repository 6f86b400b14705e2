/** What the person sees whose plan it is, with the phone in their own hand: to read, with no way to anything else. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { moneyRows, potFigures, totalLeft } from "../budgets/figures.js";
import { byHolding } from "../budgets/holding.js";
import { Hero } from "../home/sums.js";
import { asOfWords } from "../parts/as-of.js";
import { Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Sum } from "../parts/money.js";
import { inOrder } from "../plans/order.js";
import { stepsOf } from "../plans/steps.js";

/** @import {PotFigures} from "../budgets/figures.js" */

export default function Shown() {
  const { live } = useApp();
  const held = usePerson();
  const own = held.role === "holder"; // then somebody else looks on
  const person = { ...held, role: own ? "viewer" : "holder" };
  const today = live.today();
  const figures = person.can("see_money") ? potFigures(moneyRows(live, person.stream), today) : [];
  const [total] = totalLeft(byHolding(figures).money, today);
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active").sort(inOrder);
  return html`<div class="app" data-person=${person.colour}><div class="frame frame--solo">
    <header class="band band--home"><p><b>${person.name}</b></p>
      ${figures.length ? html`<${Hero} figures=${figures} total=${total ?? null} person=${person} asof=${asOfWords(live, person.stream)} />` : html`<h1 class="hero" tabindex="-1">${own ? `This is ${person.name}'s plan.` : "This is your plan."}</h1>`}
    </header>
    <main class="sheet stack" id="main">
      ${figures.length > 0 && html`<section aria-labelledby="pots"><h2 id="pots">${own ? "The money" : "Your money"}</h2><ul class="card card--rows">${figures.map((one) => html`<${Pot} key=${one.pot.id} one=${one} />`)}</ul></section>`}
      <section class="stack" aria-labelledby="goals"><h2 id="goals">${own ? "The goals" : "Your goals"}</h2>
        ${goals.map((row) => html`<article class="card stack stack--s" key=${row.id}><${Words} text=${String(row.body["words"])} />
          <ul class="can">${stepsOf(live, person.stream, row.id).map((step) => html`<li key=${step.id}><${Icon} name=${step.body["state"] === "done" ? "check-bold" : "clock-bold"} small /><span>${String(step.body["words"])}<span class="hide">${step.body["state"] === "done" ? ", done" : ""}</span></span></li>`)}</ul>
        </article>`)}
        ${!goals.length && html`<p>No goal is written down yet.</p>`}
      </section>
      <${GiveBack} />
    </main>
  </div></div>`;
}

/** @param {{one: PotFigures}} props */
function Pot({ one: { pot, balance } }) {
  const had = balance.notional?.received;
  return html`<li class="row row--tight"><span class="row__body">${pot.name}</span>
    <b class="row__end">${balance.notional ? `${had ?? "not known yet"} visits` : html`<${Sum} amount=${balance.left} currency=${pot.currency} /> left`}</b></li>`;
}

/** The way back: it asks for the PIN, or for signing in. */
function GiveBack() {
  const { doors } = useApp();
  const [kind, setKind] = useState("none");
  useEffect(() => void doors.lockKind().then(setKind), []);
  const href = kind === "none" ? "/sign-in?next=/app/" : "/app/";
  const way = { none: "Signing in opens the rest.", pin: "The PIN opens the rest." }[kind] ?? "The passkey opens the rest.";
  return html`<a class="nhsuk-button nhsuk-button--secondary" href=${href}><${Icon} name="lock-bold" />Give the phone back</a>
    <p class="quiet">${way}</p>`;
}
