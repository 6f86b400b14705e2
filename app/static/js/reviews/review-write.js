/** Say who reviews the plan, how often, and on which day the next review is. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { fullDay, isDate } from "../core/dates.js";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { MOST_FIRST_WEEKS, MOST_MONTHS, firstDue } from "./clock.js";
import { clockOf, heldReviews } from "./coming.js";
import { sentenceOf } from "./held.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Clock} from "./coming.js"
 * @import {ClockWrite} from "../core/operations.js"
 */

/** @type {Array<[string, string]>} */
const FIRST = [["6", "6 weeks after the start"], ["8", "8 weeks after the start"], ["13", "3 months after the start"]];
/** @type {Array<[string, string]>} */
const EVERY = [["3", "Every 3 months"], ["6", "Every 6 months"], ["12", "Once a year"]];

/** @typedef {{funder: string, with_whom: string, starts_on: string, first_weeks: string, every_months: string, next_on: string}} Draft */

export default function ReviewWrite() {
  const { live, router, ids, undo } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? null;
  const opened = useOpened("review_clock", id);
  const before = opened.body && clockOf(opened.body);
  const [row] = useState(() => id ?? ids());
  const [draft, setDraft, begun] = useDraft(() => draftOf(before, suggested(live, person.stream)), { base: opened.base, now: opened.now && draftOf(clockOf(opened.now)) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof Draft} */ name) => (/** @type {string} */ value) => setDraft({ ...draft, [name]: value });
  const save = async () => {
    const found = check(draft);
    if (Object.keys(found).length) return setProblems(found);
    const facts = changesOf(before, draft);
    try {
      if (Object.keys(facts).length) await begun.saving(() => live.act({ act: "review_clock.write", stream: person.stream, row, base: begun.base, facts }));
    } catch (error) {
      return setProblems({ funder: sentenceOf(error) });
    }
    begun.done(person.path("reviews"));
    undo.say(`The review is written down.${begun.met}`, before ? null : () => live.act({ act: "review_clock.remove", stream: person.stream, row }));
    return undefined;
  };
  const remove = async () => {
    await live.act({ act: "review_clock.remove", stream: person.stream, row });
    begun.done(person.path("reviews"));
    undo.say("It is taken away.", () => live.act({ act: "review_clock.write", stream: person.stream, row, facts: changesOf(undefined, draft) }));
  };
  return html`<${Task} title=${before ? "The next review" : "Who reviews the plan?"} close=${person.path("reviews")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save the review</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${TextField} id="funder" label="Who reviews it?" hint="Whoever pays, like the council or the NHS." value=${draft.funder} onInput=${set("funder")} problem=${problems["funder"]} />
      <${TextField} id="next_on" label="Is there a day for it?" hint="Leave it empty if there is none yet." type="date" value=${draft.next_on} onInput=${set("next_on")} problem=${problems["next_on"]} />
      <${TextField} id="with_whom" label="With whom?" hint="You can leave this out." value=${draft.with_whom} onInput=${set("with_whom")} />
      <${Rules} draft=${draft} set=${set} held=${heldReviews(live, person.stream).some((one) => one.clock === id)} problem=${problems["starts_on"]} />
      ${before && html`<button class="plain" type="button" onClick=${remove}><${Icon} name="trash" small />Nobody reviews it any more</button>`}
    </div>
  <//>`;
}

/**
 * How often the plan is looked at, and what the rules say of the first time.
 * @param {{draft: Draft, set: (name: keyof Draft) => (value: string) => void, held: boolean, problem: string | undefined}} props
 */
function Rules({ draft, set, held, problem }) {
  const { starts_on, first_weeks, every_months } = draft;
  return html`<${TextField} id="starts_on" label="When did the plan start?" type="date" value=${starts_on} onInput=${set("starts_on")} problem=${problem} />
    ${!held && html`<${SelectField} id="first_weeks" label="When is the first review?" value=${first_weeks} onInput=${set("first_weeks")} options=${withOwn(FIRST, first_weeks, "weeks after the start")} />`}
    <${SelectField} id="every_months" label="How often after that?" value=${every_months} onInput=${set("every_months")} options=${withOwn(EVERY, every_months, "months apart")} />
    ${!held && isDate(starts_on) && html`<${Note} icon="calendar-check" title="What the rules say.">The first review is due by ${fullDay(firstDue(starts_on, Number(first_weeks)))}.<//>`}`;
}

/**
 * The funder and the first day of the first pot, so that nobody types them twice.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 */
function suggested(live, stream) {
  const pots = live.rows(stream, "pot").map((row) => row.body).filter((pot) => pot["holding"] !== "own_money");
  pots.sort((one, other) => String(one["opened_on"]).localeCompare(String(other["opened_on"])));
  const taken = live.rows(stream, "review_clock").map((row) => row.body["funder"]);
  const free = pots.find((pot) => !taken.includes(pot["funder"] ?? ""));
  return { funder: String(free?.["funder"] ?? ""), starts_on: String((free ?? pots[0])?.["opened_on"] ?? live.today()) };
}

/**
 * @param {Clock | undefined} clock
 * @param {{funder: string, starts_on: string}} [otherwise]
 * @returns {Draft}
 */
function draftOf(clock, otherwise = { funder: "", starts_on: "" }) {
  return {
    funder: clock?.funder ?? otherwise.funder,
    with_whom: clock?.with_whom ?? "",
    starts_on: clock?.starts_on ?? otherwise.starts_on,
    first_weeks: String(clock?.first_weeks ?? MOST_FIRST_WEEKS),
    every_months: String(clock?.every_months ?? MOST_MONTHS),
    next_on: clock?.next_on ?? "",
  };
}

/** @param {Draft} draft @returns {Problems} */
function check(draft) {
  /** @type {Problems} */
  const found = {};
  if (!draft.funder.trim()) found["funder"] = "Write who reviews it, like the council.";
  if (!isDate(draft.starts_on)) found["starts_on"] = "Choose the day on which the plan started.";
  if (draft.next_on && (!isDate(draft.next_on) || draft.next_on < draft.starts_on)) found["next_on"] = "Choose a day after the plan started.";
  return found;
}

/**
 * Only what differs, so that two people who change different fields never collide.
 * @param {Clock | undefined} before
 * @param {Draft} draft
 * @returns {ClockWrite}
 */
function changesOf(before, draft) {
  /** @type {{[name: string]: string | number | null}} */
  const wanted = { ...draft, first_weeks: Number(draft.first_weeks), every_months: Number(draft.every_months), next_on: draft.next_on || null };
  const was = /** @type {{[name: string]: unknown} | undefined} */ (before);
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !was || was[name] !== value));
}

/**
 * What somebody's rule says stays choosable, although it is none of ours.
 * @param {Array<[string, string]>} options
 * @param {string} value
 * @param {string} words
 * @returns {Array<[string, string]>}
 */
function withOwn(options, value, words) {
  return options.some(([code]) => code === value) ? options : [...options, [value, `${value} ${words}`]];
}
