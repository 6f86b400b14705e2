/** What did I change today? Each change can be put back, sent or not. */
import { html } from "htm/preact";
import { fullDay, localDay, localTime } from "../core/dates.js";
import { Empty, Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { optionOf } from "../options/directory.js";
import { useSource } from "./bits.js";
import { goingOf } from "./going.js";
import { headingOf } from "./headings.js";
import { allWritten, changesOf, factsBack } from "./history.js";
import { sideWords } from "./sides.js";

/** @import {ActRequest} from "../core/compose.js" */
/** @import {Change, Changed} from "./history.js" */

/** @type {{[kind: string]: string}} */
const KINDS = { goal: "A goal", step: "A small step", about: "About me", choice: "Something that could help", check_in: "How a goal is going" };
/** @type {{[field: string]: string}} */
const TITLES = { why: "Why it matters", closing_words: "How it is now", reason: "Why" };
/** @type {{[state: string]: string}} */
const STATES = {
  active: "It is open.", reached: "You got there.", put_by: "It is put by.", open: "It is open.", done: "It is done.",
  wanted: "You want this.", asked: "You asked for it.", agreed: "It is agreed.", going: "It is going on.", stopped: "It has stopped.",
};
/** @type {{[field: string]: (value: string) => string}} */
const SAY = {
  state: (value) => STATES[value] ?? "",
  importance: (value) => (value ? `It matters ${value} out of 10.` : "It no longer says how much it matters."),
  side: (value) => (value ? `Side of life: ${sideWords(value)}.` : "It no longer says which side of life."),
  going: (value) => (goingOf(value) ? `${goingOf(value)?.words}.` : ""),
  by_when: (value) => (value ? `By ${fullDay(value)}.` : "It has no day any more."),
};

export default function Today() {
  const { live, undo } = useApp();
  const person = usePerson();
  const written = allWritten(useSource());
  const isToday = (/** @type {string} */ at) => localDay(new Date(at)) === live.today();
  const changes = changesOf(written, { me: live.who.account, isToday });
  const back = async (/** @type {Change} */ change) => {
    await live.act(requestBack(change));
    undo.say("It is as it was before.");
  };
  const requestBack = (/** @type {Change} */ change) => {
    const gone = change.isNew && !change.removed && change.kind !== "about";
    const [act, facts] = gone ? [`${change.kind}.remove`, {}] : [`${change.kind}.write`, factsBack(change, written)];
    return /** @type {ActRequest} */ ({ act, stream: person.stream, row: change.row, facts });
  };
  return html`<${Screen} tab="plan" title="What I changed today" back=${{ href: person.path("plan"), words: "Plan" }}>
    <div class="stack">
      ${!changes.length && html`<div class="card"><${Empty} icon="calendar-check" title="Nothing in the plan today">What you write in the plan stands here until midnight. You can put any of it back.<//></div>`}
      ${changes.map((change) => html`<${ChangeCard} key=${change.row} change=${change} onBack=${() => back(change)} />`)}
      <p class="quiet">This is about your words. <a href=${person.path("money")}>Money</a> has a list of its own, where each line can be changed.</p>
    </div>
  <//>`;
}

/** @param {{change: Change, onBack: () => void}} props */
function ChangeCard({ change, onBack }) {
  const { live } = useApp();
  const person = usePerson();
  const { kind, row, isNew, removed } = change;
  const body = live.row(person.stream, kind, row)?.body;
  const words = String(body?.["words"] ?? "");
  const option = optionOf(live, String(body?.["option"] ?? ""));
  const head = removed ? `${KINDS[kind]}, taken away` : isNew && kind !== "about" ? `${KINDS[kind]}, new` : `${KINDS[kind]}, changed`;
  const says = kind === "about" ? "Put it back as it was" : removed ? "Bring it back" : isNew ? "Take it away again" : "Put it back as it was";
  return html`<article class="card stack stack--s">
    <div class="split split--mid"><h2 class="small-head">${head}</h2><span class="quiet">${localTime(new Date(change.at))}${change.waits ? ", not sent yet" : ""}</span></div>
    ${option && html`<p>${option.name}</p>`}
    ${words && !change.fields.some(({ field }) => field === "words") && html`<${Words} text=${words} small />`}
    ${change.fields.map((one) => html`<${Line} key=${one.field} one=${one} kind=${kind} isNew=${isNew} />`)}
    ${person.can("write_plan") && html`<button class="plain" type="button" onClick=${onBack}><${Icon} name="arrow-counter-clockwise-bold" small />${says}<span class="hide">: ${(words || option?.name || "").slice(0, 60)}</span></button>`}
  </article>`;
}

/** @param {{one: Changed, kind: string, isNew: boolean}} props */
function Line({ one, kind, isNew }) {
  const { field, before, after } = one;
  const say = SAY[field];
  if (say) return html`<p>${say(after)}</p>`;
  const title = kind === "about" ? headingOf(field)?.title : TITLES[field];
  return html`<div>${title && html`<h3 class="small-head">${title}</h3>`}
    ${after ? html`<${Words} text=${after} small />` : html`<p>You emptied it.</p>`}
    ${before && !isNew && html`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">What it said before</span></summary>
      <div class="nhsuk-details__text"><${Words} text=${before} small /></div></details>`}</div>`;
}
