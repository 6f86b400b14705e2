/** Note that a review happened and what was decided; or change what was noted. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { addDays, isDate } from "../core/dates.js";
import { StoreError } from "../core/store.js";
import { TextError } from "../core/text.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { comingReviews, heldOf } from "./coming.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {ActRequest} from "../core/compose.js"
 */

/**
 * What the phone could not keep, in a sentence; anything else is a fault.
 * @param {unknown} error
 */
export function sentenceOf(error) {
  if (error instanceof TextError || error instanceof StoreError) return error.message;
  throw error;
}

export default function Held() {
  const { live, router, ids, undo } = useApp();
  const person = usePerson();
  const { screen, rest } = router.place.value;
  const opened = useOpened("review", screen === "review-said" ? rest[0] : null);
  const before = opened.body && heldOf(opened.body);
  const coming = comingReviews(live, person.stream).find((one) => one.clock.id === (before?.clock ?? rest[0]));
  const today = live.today();
  const [row] = useState(() => before?.id ?? ids());
  const [draft, setDraft, begun] = useDraft(() => (before ? draftOf(before) : { held_on: guess(coming?.next, today), said: "" }),
    { fresh: !before, base: opened.base, now: opened.now && draftOf(heldOf(opened.now)) });
  const { held_on, said } = draft;
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  if (!coming) return html`<${Missing} tab="more" what="This review" back=${{ href: person.path("reviews"), words: "Reviews" }} />`;
  const save = async () => {
    if (!isDate(held_on) || held_on > addDays(today, 1)) return setProblems({ held_on: "Choose the day on which it was." });
    /** @type {ActRequest} */
    const request = before
      ? { act: "review.write", stream: person.stream, row, base: begun.base, facts: { ...(held_on === before.held_on ? {} : { held_on }), ...(said === before.said ? {} : { said }) } }
      : { act: "review.record", stream: person.stream, row, facts: { clock: coming.clock.id, held_on, said } };
    try {
      await begun.saving(() => live.act(request));
    } catch (error) {
      return setProblems({ said: sentenceOf(error) });
    }
    begun.done(person.path("reviews"));
    undo.say(`The review is noted.${begun.met}`, before ? null : () => takeBack(live, person.stream, row, coming.clock));
    return undefined;
  };
  return html`<${Task} title="The review happened" close=${person.path("reviews")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save the review</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <p class="quiet">With ${coming.clock.funder}</p>
      <${TextField} id="held_on" label="On which day was it?" type="date" value=${held_on} onInput=${set("held_on")} problem=${problems["held_on"]} />
      <${TextField} id="said" label="What was decided?" hint="In your words. You can leave this out." rows=${6} own value=${said} onInput=${set("said")} problem=${problems["said"]} />
    </div>
  <//>`;
}

/** @param {import("./coming.js").Held} held */
function draftOf({ held_on, said }) {
  return { held_on, said };
}

/**
 * The review goes, and the day that was agreed comes back.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @param {string} row
 * @param {import("./coming.js").Clock} clock
 */
async function takeBack(live, stream, row, { id, next_on }) {
  await live.act({ act: "review.remove", stream, row });
  if (next_on) await live.act({ act: "review_clock.write", stream, row: id, facts: { next_on } });
}

/**
 * @param {import("./clock.js").Next | undefined} next
 * @param {string} today
 */
function guess(next, today) {
  return next?.agreed && next.on < today ? next.on : today;
}
