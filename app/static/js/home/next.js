/** What is next: things to settle first, then the review, then a goal in own words. */
import { html } from "htm/preact";
import { addDays, sayDay } from "../core/dates.js";
import { Icon, LinkRow, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { inOrder } from "../plans/order.js";
import { comingReviews, whenWords } from "../reviews/coming.js";
import { asksWords, questionWords } from "./waiting.js";

const DAYS_AHEAD = 92;

export function Next() {
  const { live } = useApp();
  const person = usePerson();
  const open = live.rows(person.stream, "conflict").filter((row) => row.body["choice"] === null);
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active").sort(inOrder);
  return html`<section aria-labelledby="next-head"><h2 id="next-head">What is next</h2>
    <div class="card card--rows">
      <${Questions} open=${open} />
      <${Asks} />
      <${Notices} />
      <${Ending} />
      <${Review} />
      ${goals.slice(0, 1).map((row) => html`<a class="row" key=${row.id} href=${person.path(`goal/${row.id}`)}>
        <span class="tile tile--tint"><${Icon} name="flag" /></span>
        <span class="row__body"><${Words} text=${String(row.body["words"])} small /></span>
        <${Icon} name="caret-right" small />
      </a>`)}
      ${!open.length && !goals.length && person.can("write_plan") && html`<${LinkRow} href=${person.path("goal-new")} title="Write the first goal"
        quiet="A goal can be small." lead=${html`<span class="tile tile--tint"><${Icon} name="flag" /></span>`} />`}
    </div>
  </section>`;
}

/** What two people changed without seeing each other: the one, or the way to all of them. @param {{open: import("../core/types.js").Row[]}} props */
function Questions({ open }) {
  const person = usePerson();
  const [first] = open;
  if (!first) return null;
  const many = open.length > 1;
  return html`<${LinkRow} href=${person.path(many ? "inbox" : `conflict/${first.id}`)} title=${many ? `Two people changed ${open.length} things` : questionWords(String(first.body["row_kind"]))}
    quiet=${many ? "Look at each and choose." : "Look at both and choose."} lead=${html`<span class="tile"><${Icon} name="arrows-left-right" /></span>`} />`;
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

/** Somebody accepted an invitation, and waits to be let in. */
function Asks() {
  const { live } = useApp();
  const person = usePerson();
  const title = asksWords(live, person.id);
  return title && html`<${LinkRow} href=${`/people/${person.id}`} title=${title} quiet="Say whether it is the right person." lead=${html`<span class="tile tile--tint"><${Icon} name="user-plus" /></span>`} />`;
}

/** One's own part in this plan ends soon: three months are time to hand it over. */
function Ending() {
  const { live } = useApp();
  const person = usePerson();
  const link = live.rows(`account:${live.who.account}`, "relationship").find((row) => row.body["person"] === person.id && !row.body["ended"]);
  const on = String(link?.body["ends_on"] ?? "");
  if (!on || addDays(live.today(), DAYS_AHEAD) < on) return null;
  return html`<${LinkRow} href=${`/people/${person.id}`} title=${`Your part ends ${sayDay(on, live.today())}`} quiet="Talk about it, and hand the plan over in time." lead=${html`<span class="tile"><${Icon} name="clock" /></span>`} />`;
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
