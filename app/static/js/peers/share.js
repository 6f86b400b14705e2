/** Share an example: what of a goal goes to a group. Everything can be left out, and it is checked before anybody reads it. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { choicesOf, optionOf } from "../options/directory.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, Radios, SelectField, TextField } from "../parts/fields.js";
import { Screen, Task } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";
import { SIDES } from "../plans/sides.js";
import { draftFrom, emptyDraft, factsOf } from "./share-facts.js";
import { NeverLeaves, Steps, WhoReads, useOwnSeats } from "./share-parts.js";
import { ATTRIBUTES, BANDS, OUTCOMES, REFUSED_WHY, WAITED } from "./words.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {Draft} from "./share-facts.js" */
/** @typedef {(field: string) => (value: string) => void} Setter */

const LEFT_OUT = "Leave it out";

export default function Share() {
  const { router } = useApp();
  const person = usePerson();
  const seats = useOwnSeats();
  const { query } = router.place.value;
  const goal = query.get("goal");
  const back = { href: person.path(goal ? `goal/${goal}` : "groups"), words: goal ? "Goal" : "Groups" };
  if (!seats.length || !person.can("manage")) return html`<${NoGroup} back=${back} />`;
  const asked = seats.find((seat) => seat.id === query.get("group"))?.id;
  return html`<${ShareForm} goal=${goal} first=${asked ?? (seats.length === 1 ? seats[0]?.id : "") ?? ""} close=${asked && !goal ? person.path(`group/${asked}`) : back.href} />`;
}

/** @param {{back: {href: string, words: string}}} props */
function NoGroup({ back }) {
  const person = usePerson();
  return html`<${Screen} tab="more" title="Share with a group" back=${back}>
    <div class="card"><${Empty} icon="users-three" title="You are in no group yet" action=${html`<a class="nhsuk-button" href=${person.path("groups")}>See groups</a>`}>
      In a group people learn from each other's plans, under a name used nowhere else.<//></div>
  <//>`;
}

/** @param {{goal: string | null, first: string, close: string}} props */
function ShareForm({ goal, first, close }) {
  const { live, router, ids } = useApp();
  const person = usePerson();
  const [row] = useState(ids);
  const [group, setGroup] = useState(first);
  const [draft, setDraft] = useState(useDraft(goal));
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {string} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const send = async () => {
    const { facts, found } = factsOf(draft, group);
    if (Object.keys(found).length) return setProblems(found);
    const problem = await sentenceOf(() => live.act({ act: "sharing.write", stream: person.stream, row, facts }));
    if (problem) return setProblems({ goal: problem });
    return router.go(person.path(`sharing/${row}`), { replace: true });
  };
  return html`<${Task} title="Share what you learnt" close=${close}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${send}><${Icon} name="eye-slash-bold" />Have it checked</button>`}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void send(); }}>
      <${ErrorSummary} problems=${problems} />
      <${Where} group=${group} onPick=${setGroup} problem=${problems["group-0"]} />
      <${Texts} draft=${draft} set=${set} problems=${problems} />
      <${Codes} draft=${draft} set=${set} goal=${goal} />
      <${More} draft=${draft} set=${set} />
      <${NeverLeaves} />
      <${Steps} group=${group} />
    </form>
  <//>`;
}

/** What the goal says already. @param {string | null} goal @returns {Draft} */
function useDraft(goal) {
  const { live } = useApp();
  const person = usePerson();
  const found = goal ? live.row(person.stream, "goal", goal)?.body : undefined;
  if (!found) return emptyDraft();
  const choices = choicesOf(live, person.stream).filter((one) => one.goal === goal && one.state !== "wanted");
  return draftFrom(found, choices.map((one) => ({ ...one, name: one.option ? (optionOf(live, one.option)?.name ?? "") : one.idea })));
}

/** @param {{group: string, onPick: (group: string) => void, problem: string | undefined}} props */
function Where({ group, onPick, problem }) {
  const { live } = useApp();
  const seats = useOwnSeats();
  const options = seats.map(({ id, pseudonym }) => [id, String(live.row(`group:${id}`, "group", id)?.body["name"] ?? "A group"), `You are ${pseudonym} there.`]);
  return html`${seats.length > 1 && html`<${Radios} id="group" legend="For which group?" value=${group} onInput=${onPick} options=${options} problem=${problem} />`}
    ${group && html`<${WhoReads} group=${group} />`}`;
}

/** @param {{draft: Draft, set: Setter, problems: Problems}} props */
function Texts({ draft, set, problems }) {
  const person = usePerson();
  const own = person.role === "holder";
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {string | undefined} */ hint = undefined) =>
    html`<${TextField} id=${id} label=${label} hint=${hint} most=${2_000} rows=${3} own value=${draft[id] ?? ""} onInput=${set(id)} problem=${problems[id]} />`;
  return html`<h2>What goes</h2>
    <p class="quiet">Only what stands here. Empty what should stay with you.</p>
    ${field("goal", own ? "What did you want?" : `What did ${person.name} want?`)}
    ${field("tried", "What was tried?")}
    ${field("worked", "What worked?")}
    ${field("worked_not", "What did not work?", "It saves somebody else the trouble.")}`;
}

/** @param {{draft: Draft, set: Setter, goal: string | null}} props */
function Codes({ draft, set, goal }) {
  const { live } = useApp();
  const person = usePerson();
  const chosen = choicesOf(live, person.stream).filter((one) => one.option && (!goal || one.goal === goal));
  const names = [...new Map(chosen.map((one) => [String(one.option), optionOf(live, String(one.option))?.name ?? ""])).entries()].filter(([, name]) => name);
  const pick = (/** @type {string} */ id, /** @type {string} */ label, /** @type {Array<[string, string]>} */ options) =>
    html`<${SelectField} id=${id} label=${label} value=${draft[id]} onInput=${set(id)} options=${[["", LEFT_OUT], ...options]} />`;
  return html`${pick("outcome", "How did it go?", OUTCOMES)}
    ${draft["outcome"] === "refused" && pick("refused_why", "Why was it refused?", REFUSED_WHY)}
    ${pick("waited", "How long was the wait for an answer?", WAITED)}
    <p class="quiet">The wait, and why something was refused, are only counted. They never stand on your example.</p>
    ${pick("side", "Which side of life is it?", SIDES.map(({ code, words }) => [code, words]))}
    ${pick("band", "What did it cost?", BANDS)}
    ${names.length > 0 && pick("option", "Which idea of our list was it?", names)}`;
}

/** Attributes: none unless chosen. @param {{draft: Draft, set: Setter}} props */
function More({ draft, set }) {
  const labels = { age: "Who is it about?", area: "Which part of the country?", condition: "What do they live with?", money: "How large is the budget?" };
  return html`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">Say a little more about who you are</span></summary>
    <div class="nhsuk-details__text stack">
      <${Note} icon="users-three">You need not. It only shows when 5 people share the same, so that nobody stands out.<//>
      ${Object.entries(labels).map(([id, label]) => html`<${SelectField} key=${id} id=${id} label=${label} value=${draft[id]} onInput=${set(id)} options=${[["", LEFT_OUT], ...(ATTRIBUTES[id] ?? [])]} />`)}
    </div></details>`;
}
