/** Reviews: the next one with each funder, getting ready for it, and those that were held. */
import { html } from "htm/preact";
import { fullDay, monthName, partsOf, sayDay } from "../core/dates.js";
import { DayTile, Empty, Icon, Kept, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { comingReviews, heldReviews, whenWords } from "./coming.js";
import { calendarFile } from "./ics.js";

/** @import {Coming, Held} from "./coming.js" */

export default function Reviews() {
  const { live } = useApp();
  const person = usePerson();
  const coming = comingReviews(live, person.stream);
  const held = heldReviews(live, person.stream);
  const writes = person.can("write_plan");
  const first = coming[0];
  const dock = first && html`<a class="nhsuk-button" href=${person.path(`prepare/${first.clock.id}`)}><${Icon} name="pencil-simple-bold" />Get ready</a>`;
  const start = writes ? html`<a class="nhsuk-button" href=${person.path("review-new")}>Say who reviews the plan</a>` : undefined;
  return html`<${Screen} tab="more" title="Reviews" back=${{ href: person.path("more"), words: "More" }} dock=${dock}>
    <div class="stack">
      ${!coming.length && html`<div class="card"><${Empty} icon="calendar-check" title="When is the next review?" action=${start}>
        Whoever pays looks at the plan with you, at least once a year. We can remind you in time.<//></div>`}
      ${coming.map((one) => html`<${ComingCard} key=${one.clock.id} one=${one} />`)}
      ${coming.length > 0 && html`<div class="card card--rows">
        ${writes && html`<a class="row" href=${person.path("review-new")}><span class="tile"><${Icon} name="plus" /></span><span class="row__body row__title">Somebody else reviews it too</span></a>`}
        <a class="row" href=${person.path("reminders")}><span class="tile"><${Icon} name="bell" /></span><span class="row__body row__title">Reminders</span><${Icon} name="caret-right" small /></a>
      </div>`}
      ${held.length > 0 && html`<section class="told" aria-labelledby="held-head"><h2 id="held-head">What was said before</h2>
        <div class="stack">${held.map((one) => html`<${HeldCard} key=${one.id} one=${one} />`)}</div></section>`}
    </div>
  <//>`;
}

/** @param {{one: Coming}} props */
function ComingCard({ one: { clock, next } }) {
  const { live } = useApp();
  const person = usePerson();
  const over = next.on < live.today();
  return html`<article class="card stack stack--s">
    <div class="coming">
      <${DayTile} top=${monthName(next.on).slice(0, 3)} bottom=${String(partsOf(next.on).day)} />
      <div class="coming__body"><h2>${clock.funder}</h2>
        <p>${whenWords(next, live.today())}.</p>
        ${clock.with_whom && html`<p class="quiet">With ${clock.with_whom}</p>`}
        <${Kept} row=${clock.id} /></div>
    </div>
    ${next.late && html`<${Note} kind="check" icon="warning-circle-bold" title="This is late.">By the rules it is due by ${fullDay(next.due)}. You can ask for an earlier day.<//>`}
    ${over && html`<${Note} kind="check" icon="question-bold" title="Did it happen?">Note it below, or set the new day.<//>`}
    ${clock.wants && html`<div class="said"><${Words} text=${clock.wants} small /><p class="said__by">What you want to say</p></div>`}
    <div class="coming__acts">
      <a class="plain" href=${person.path(`prepare/${clock.id}`)}><${Icon} name="pencil-simple" small />Get ready<span class="hide"> for ${clock.funder}</span></a>
      ${person.can("write_plan") && html`<a class="plain" href=${person.path(`review-held/${clock.id}`)}><${Icon} name="check" small />It happened<span class="hide"> with ${clock.funder}</span></a>
      <a class="plain" href=${person.path(`review-edit/${clock.id}`)}><${Icon} name="calendar-blank" small />Change the day<span class="hide"> with ${clock.funder}</span></a>`}
      <${CalendarLink} clock=${clock.id} on=${next.on} name=${clock.funder} />
    </div>
  </article>`;
}

/** @param {{clock: string, on: string, name: string}} props */
function CalendarLink({ clock, on, name }) {
  const { live } = useApp();
  const person = usePerson();
  const link = `${location.origin}${person.path("reviews")}`;
  const text = calendarFile({ id: clock, on, stamp: new Date(live.clock.now()), link, days: [28, 7, 1] });
  const save = (/** @type {MouseEvent} */ event) => {
    const anchor = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    const address = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    anchor.href = address;
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return html`<a class="plain" href="#" download="inhand.ics" onClick=${save}><${Icon} name="download-simple" small />To your calendar<span class="hide">, the day with ${name}</span></a>`;
}

/** @param {{one: Held}} props */
function HeldCard({ one }) {
  const { live, undo } = useApp();
  const person = usePerson();
  const remove = async () => {
    await live.act({ act: "review.remove", stream: person.stream, row: one.id });
    undo.say("It is taken back.", () => live.act({ act: "review.record", stream: person.stream, row: one.id, facts: { clock: one.clock, held_on: one.held_on, said: one.said } }));
  };
  const clock = live.row(person.stream, "review_clock", one.clock)?.body;
  return html`<article class="card stack stack--s">
    <div class="split split--mid"><h3>${fullDay(one.held_on)}</h3><${Kept} row=${one.id} /></div>
    ${clock && html`<p class="quiet">With ${String(clock["funder"])}, ${sayDay(one.held_on, live.today())}</p>`}
    ${one.said && html`<div class="said"><${Words} text=${one.said} small /><p class="said__by">What was decided</p></div>`}
    ${one.wanted && html`<div class="said"><${Words} text=${one.wanted} small /><p class="said__by">What you wanted to say</p></div>`}
    ${person.can("write_plan") && html`<div class="coming__acts">
      <a class="plain" href=${person.path(`review-said/${one.id}`)}><${Icon} name="pencil-simple" small />Change<span class="hide"> the review of ${fullDay(one.held_on)}</span></a>
      <button class="plain" type="button" onClick=${remove}><${Icon} name="arrow-u-up-left" small />It did not happen<span class="hide"> on ${fullDay(one.held_on)}</span></button>
    </div>`}
  </article>`;
}
