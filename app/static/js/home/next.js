/** What is next: things to settle first, then the review, then goals in own words; and what others one looks after need. */
import { html } from "htm/preact";
import { daysBetween, sayDay } from "../core/dates.js";
import { Avatar, Icon, LinkRow, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { comingReviews, whenWords } from "../reviews/coming.js";

/** @import {Person} from "../parts/live.js" */

const SOON = 28;

export function Next() {
  const { live } = useApp();
  const person = usePerson();
  const open = live.rows(person.stream, "conflict").filter((row) => row.body["choice"] === null);
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active");
  return html`<section aria-labelledby="next-head"><h2 id="next-head">What is next</h2>
    <div class="card card--rows">
      ${open.map((row) => html`<${LinkRow} key=${row.id} href=${person.path(`conflict/${row.id}`)} title="Two people changed one thing"
        quiet="Look at both and choose." lead=${html`<span class="tile"><${Icon} name="arrows-left-right" /></span>`} />`)}
      <${Notices} />
      <${Review} />
      ${goals.slice(0, 1).map((row) => html`<a class="row" key=${row.id} href=${person.path(`goal/${row.id}`)}>
        <span class="tile tile--tint"><${Icon} name="flag" /></span>
        <span class="row__body"><${Words} text=${String(row.body["words"])} small /></span>
        <${Icon} name="caret-right" small />
      </a>`)}
      ${!open.length && !goals.length && html`<${LinkRow} href=${person.path("goal-new")} title="Write the first goal"
        quiet="A goal can be small." lead=${html`<span class="tile tile--tint"><${Icon} name="flag" /></span>`} />`}
      <${Others} />
    </div>
  </section>`;
}

/** What no device showed: it stands here until it was seen. */
function Notices() {
  const { live } = useApp();
  const account = `account:${live.who.account}`;
  const people = live.people();
  const notices = live.rows(account, "notice").map((row) => row.body).filter((one) => String(one["on"]) >= live.today());
  const seen = (/** @type {string} */ row) => void live.act({ act: "notice.read", stream: account, row, facts: {} });
  return notices.map((one) => {
    const whose = people.find((person) => person.id === one["person"]);
    return whose && html`<a class="row" key=${String(one["id"])} href=${`/app/${whose.id}/reviews`} onClick=${() => seen(String(one["id"]))}>
      <span class="tile"><${Icon} name="bell" /></span>
      <span class="row__body"><span class="row__title">A review is coming up</span><span class="quiet">For ${whose.name}, ${sayDay(String(one["on"]), live.today())}</span></span>
      <${Icon} name="caret-right" small /></a>`;
  });
}

/** The next review, or the way to say when it is. */
function Review() {
  const { live } = useApp();
  const person = usePerson();
  const [first] = comingReviews(live, person.stream);
  const lead = html`<span class="tile tile--tint"><${Icon} name="calendar-check" /></span>`;
  if (first) {
    const over = first.next.on < live.today();
    return html`<${LinkRow} href=${person.path("reviews")} title=${over ? "Did the review happen?" : "Get ready for the review"} quiet=${`${whenWords(first.next, live.today())}.`} lead=${lead} />`;
  }
  const funded = live.rows(person.stream, "pot").some((row) => row.body["holding"] !== "own_money");
  if (!funded || !person.can("write_plan")) return null;
  return html`<${LinkRow} href=${person.path("review-new")} title="When is the next review?" quiet="We remind you in time." lead=${lead} />`;
}

/** The other people one looks after, where something is to be done soon. */
function Others() {
  const { live } = useApp();
  const open = usePerson();
  const others = live.people().filter((one) => one.id !== open.id);
  return others.map((one) => {
    const words = needOf(one, live);
    return words && html`<a class="row" key=${one.id} href=${`/app/${one.id}/home`}><${Avatar} name=${one.name} colour=${one.colour} />
      <span class="row__body"><span class="row__title">${one.name}</span><span class="quiet">${words}</span></span><${Icon} name="caret-right" small /></a>`;
  });
}

/**
 * @param {Person} person
 * @param {import("../parts/live.js").Live} live
 * @returns {string | null}
 */
function needOf(person, live) {
  const stream = `person:${person.id}`;
  if (live.rows(stream, "conflict").some((row) => row.body["choice"] === null)) return "Two people changed one thing.";
  const [first] = comingReviews(live, stream);
  if (!first || daysBetween(live.today(), first.next.on) > SOON) return null;
  return `A review: ${whenWords(first.next, live.today())}.`;
}
