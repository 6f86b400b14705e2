/** One group: its examples, searched and filtered on this phone. Works without signal. */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { optionOf } from "../options/directory.js";
import { Empty, Icon, LinkRow, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { SIDES, sideWords } from "../plans/sides.js";
import { findExamples, indexExamples, unanswered } from "./finding.js";
import { groupOf, groupStream, nameIn, readIn } from "./held.js";
import { textsIn } from "./share-facts.js";
import { OVER } from "./share-states.js";
import { Outcome, costWords, helpedWords, peopleWords } from "./parts.js";
import { isMine } from "./share-parts.js";
import { FEWEST } from "./words.js";

/**
 * @import {Group, Post} from "./held.js"
 * @import {Live} from "../parts/live.js"
 */

/** @typedef {{group: string, query: string, side: string, open: boolean, most: number}} Looking */

// few at first: each letter typed draws them anew, on a cheap phone too
const FIRST = 10;
const MORE = 40;

/** What is being looked for: kept while an example is open, so that Back finds the same list. */
const looking = signal(startFor(""));

/** @param {string} group @returns {Looking} */
function startFor(group) {
  return { group, query: "", side: "", open: false, most: FIRST };
}

export default function GroupScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const group = groupOf(live, person.stream, id);
  const back = { href: person.path("groups"), words: "Groups" };
  if (!group?.name) return html`<${Missing} tab="more" what="This group" back=${back} />`;
  const dock = html`<a class="nhsuk-button" href=${person.path(`share-example?group=${id}`)}><${Icon} name="share-network" />Share an example</a>`;
  return html`<${Screen} tab="more" title=${group.name} back=${back} dock=${dock}
    top=${html`<p class="asof lead">Your name here is ${group.seat.pseudonym}. ${peopleWords(group)}</p>`}>
    <div class="stack">
      ${group.about && html`<${Words} text=${group.about} small />`}
      <${OwnTexts} group=${group} />
      ${group.open ? html`<${Reading} group=${group} />` : html`<${TooFew} group=${group} />`}
      <div class="card card--rows">
        <${LinkRow} href=${person.path(`group-rules/${id}`)} title="Rules, your name here, leaving" lead=${html`<span class="tile"><${Icon} name="handshake" /></span>`} />
        ${group.seat.role === "moderator" && html`<${LinkRow} href=${`/groups/${id}`} title="The moderators' page" quiet="What waits for you. This page needs signal." lead=${html`<span class="tile"><${Icon} name="scales" /></span>`} />`}
      </div>
    </div>
  <//>`;
}

/** What this plan shares here, as one row; what waits for its people stands in it first. @param {{group: Group}} props */
function OwnTexts({ group }) {
  const { live } = useApp();
  const person = usePerson();
  const texts = textsIn(live.rows(person.stream, "sharing"), group.id).filter((row) => !OVER.includes(String(row.body["state"])));
  if (!texts.length) return null;
  const waits = texts.some((row) => (row.body["state"] === "review" && isMine(live, row)) || (row.body["state"] === "agreeing" && person.role === "holder"));
  return html`<div class="card card--rows"><${LinkRow} href=${person.path(`sharings?group=${group.id}`)} title=${waits ? "A text waits for you" : "What you share here"}
    quiet=${texts.length === 1 ? "1 text. See how it stands, or take it back." : `${texts.length} texts. See how they stand, or take them back.`}
    lead=${html`<span class=${waits ? "tile tile--tint" : "tile"}><${Icon} name="chat-circle-text" /></span>`} /></div>`;
}

/** @param {{group: Group}} props */
function TooFew({ group }) {
  return html`<div class="card"><${Empty} icon="users-three" title="Not enough people yet">
    Nothing shows before ${FEWEST} people are in this group. Fewer would know too easily who wrote what.
    ${group.seats.length < FEWEST ? ` At least ${FEWEST - group.seats.length} more ${FEWEST - group.seats.length === 1 ? "is" : "are"} needed.` : ""}
    ${group.seat.role === "moderator" ? " Give the link to more people." : " Ask a moderator for the link, and pass it on."}<//></div>`;
}

/** @param {{group: Group}} props */
function Reading({ group }) {
  const { live } = useApp();
  const person = usePerson();
  const posts = readIn(live, person.stream, group.id);
  const version = live.stamp(groupStream(group.id), ["post"]) + live.stamp(person.stream, ["mark", "report"]);
  const examples = posts.filter((one) => one.about === "example");
  const index = useMemo(() => indexExamples(examples, (one) => codedWords(live, one)), [version, group.id]);
  const now = looking.value.group === group.id ? looking.value : startFor(group.id);
  const change = (/** @type {Partial<Looking>} */ part) => (looking.value = { ...now, most: FIRST, ...part });
  const found = findExamples(index, now.query, now.side);
  const waiting = unanswered(posts).length;
  if (!examples.length) return html`<div class="card"><${Empty} icon="chat-circle-text" title="No examples yet">The first one may be yours. Others read what you tried, never who you are.<//></div>`;
  return html`
    <${Note} icon="eye-bold">Only people in this group read this. What you read here stays here.<//>
    ${waiting > 0 && html`<div class="card card--rows"><${LinkRow} href=${person.path(`group-questions/${group.id}`)}
      title=${waiting === 1 ? "1 question waits for an answer" : `${waiting} questions wait for an answer`} lead=${html`<span class="tile"><${Icon} name="question" /></span>`} /></div>`}
    <${Search} now=${now} change=${change} sides=${sidesIn(examples)} count=${countWords(found.length, now)} />
    <ul class="options">${found.slice(0, now.most).map((post) => html`<li key=${post.id} class="example"><${ExampleCard} post=${post} group=${group} replies=${posts} /></li>`)}</ul>
    ${!found.length && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => change({ query: "", side: "" })}>Clear the search</button>`}
    ${found.length > now.most && html`<button class="nhsuk-button nhsuk-button--secondary" type="button"
      onClick=${() => change({ most: now.most + MORE })}>Show ${Math.min(MORE, found.length - now.most)} more</button>`}`;
}

/** @param {{now: Looking, change: (part: Partial<Looking>) => void, sides: Array<{code: string, words: string}>, count: string}} props */
function Search({ now, change, sides, count }) {
  return html`<div role="search">
    <label class="nhsuk-label" for="search">What are you looking for?</label>
    <div class="lookup"><${Icon} name="magnifying-glass" />
      <input class="nhsuk-input" id="search" type="search" value=${now.query} autocomplete="off" enterkeyhint="search"
        onInput=${(/** @type {Event} */ event) => change({ query: /** @type {HTMLInputElement} */ (event.target).value })} /></div>
  </div>
  <div class="stack stack--s">
    <div class="split split--mid"><p class="quiet" role="status">${count}</p>
      ${sides.length > 1 && html`<button class="plain plain--start" type="button" aria-expanded=${now.open} onClick=${() => change({ open: !now.open })}>
        <${Icon} name="sliders-horizontal" />${now.side ? sideWords(now.side) : "Sides of life"}</button>`}</div>
    ${now.open && html`<div class="chips" role="group" aria-label="Which side of life?">${sides.map(({ code, words }) => html`<button key=${code} class="chip" type="button"
      aria-pressed=${String(code === now.side)} onClick=${() => change({ side: code === now.side ? "" : code })}>${code === now.side && html`<${Icon} name="check-bold" />`}${words}</button>`)}</div>`}
  </div>`;
}

/** @param {{post: Post, group: Group, replies: Post[]}} props */
function ExampleCard({ post, group, replies }) {
  const person = usePerson();
  const words = post.texts["goal"] || post.texts["tried"] || post.texts["worked"] || post.texts["worked_not"] || "";
  const asked = replies.filter((one) => one.on === post.id).length;
  const facts = [sideWords(post.codes["side"]), costWords(post)].filter(Boolean).map((one) => `${one}.`).join(" ");
  const said = [helpedWords(post), asked ? `${asked} ${asked === 1 ? "question" : "questions"}.` : ""].filter(Boolean).join(" ");
  return html`<article class="card stack stack--s">
    <${Outcome} post=${post} />
    <${Words} text=${words} small />
    ${facts && html`<p class="quiet">${facts}</p>`}
    ${said && html`<p class="quiet">${said}</p>`}
    <div class="split split--mid"><a class="plain plain--start" href=${person.path(`example/${post.id}`)}>Read it all<span class="hide">: ${words.slice(0, 60)}</span></a>
      <span class="quiet">${post.seat === group.seat.id ? "Yours" : nameIn(group, post.seat)}</span></div>
  </article>`;
}

/** @param {Post[]} examples */
function sidesIn(examples) {
  const there = new Set(examples.map((one) => one.codes["side"]));
  return SIDES.filter(({ code }) => there.has(code));
}

/** What its codes are called, for the search. @param {Live} live @param {Post} post */
function codedWords(live, { codes }) {
  const option = codes["option"] ? optionOf(live, codes["option"]) : undefined;
  return [sideWords(codes["side"]), option?.name ?? "", option?.tags.join(" ") ?? ""].join(" ");
}

/** @param {number} count @param {Looking} now */
function countWords(count, { query, side }) {
  if (!count) return "Nothing here fits.";
  const examples = `${count} ${count === 1 ? "example" : "examples"}`;
  if (query.trim()) return `${examples}, the best match first.`;
  return side ? `${examples}.` : `${examples}, the newest first.`;
}
