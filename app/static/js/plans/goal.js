/** One goal: own words, small steps, what could help, the money, and what was written before. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { Chosen } from "../options/chosen.js";
import { choicesOf } from "../options/directory.js";
import { asOfWords } from "../parts/as-of.js";
import { Icon, Kept, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { TextField } from "../parts/fields.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Riser } from "../parts/riser.js";
import { SECOND_TAP_MS } from "../parts/router.js";
import { Author, Disputed, useSource } from "./bits.js";
import { CheckIns } from "./check-ins.js";
import { checkInsOf } from "./going.js";
import { GoalMoney } from "./goal-money.js";
import { allWritten, earlierWords } from "./history.js";
import { nextAct, nextStep } from "./next-act.js";
import { sideWords } from "./sides.js";
import { Steps, stepsOf, useTick } from "./steps.js";

export { Author } from "./bits.js";

/** @import {GoalWrite} from "../core/operations.js" */
/** @import {Facts} from "../core/types.js" */

export default function Goal() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const goal = live.row(person.stream, "goal", id)?.body;
  const [closing, setClosing] = useState(false);
  const closingWords = useRef(/** @type {string | null} */ (null));
  const back = { href: person.path("plan"), words: "Plan" };
  if (!goal) return html`<${Missing} tab="plan" what="This goal" back=${back} />`;
  const write = (/** @type {GoalWrite} */ facts) => live.act({ act: "goal.write", stream: person.stream, row: id, facts });
  const change = async (/** @type {GoalWrite} */ facts, /** @type {string} */ sentence) => {
    const before = /** @type {GoalWrite} */ (Object.fromEntries(Object.keys(facts).map((name) => [name, goal[name] ?? null])));
    await write(facts);
    undo.say(sentence, () => write(before));
  };
  const remove = async () => {
    const words = String(goal["words"] ?? "");
    await live.act({ act: "goal.remove", stream: person.stream, row: id });
    router.leave(back.href);
    undo.say("The goal is taken away.", () => write({ words }));
  };
  const may = person.can("write_plan");
  const open = may && goal["state"] === "active";
  const next = open ? nextOf(live, person.stream, id) : null;
  return html`<${Screen} tab="plan" title="A goal" back=${back} dock=${next && html`<${Main} next=${next} goal=${id} onClosing=${() => setClosing(true)} />`}>
    <div class="stack stack--l">
      <${Said} id=${id} goal=${goal} />
      <${CheckIns} goal=${id} open=${goal["state"] === "active"} />
      <${Steps} goal=${id} />
      <${Chosen} goal=${id} />
      <${GoalMoney} goal=${id} />
      ${may && html`<${Changes} id=${id} state=${String(goal["state"])} early=${next !== null && next !== "there"} change=${change} onClosing=${() => setClosing(true)} remove=${remove} />`}
      <p class="quiet">${asOfWords(live, person.stream)}</p>
    </div>
    ${closing && html`<${GotThere} words=${closingWords.current ?? String(goal["closing_words"] ?? "")} onWords=${(/** @type {string} */ words) => (closingWords.current = words)} onClose=${() => setClosing(false)}
      onSave=${(/** @type {string} */ words) => change({ state: "reached", closing_words: words }, "It is written down that you got there.")} />`}
  <//>`;
}

/**
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @param {string} goal
 */
function nextOf(live, stream, goal) {
  const chosen = choicesOf(live, stream).filter((choice) => choice.goal === goal).length;
  return nextAct({ steps: stepsOf(live, stream, goal), chosen, said: checkInsOf(live.rows(stream, "check_in"), goal).length });
}

/** @param {{next: ReturnType<typeof nextAct>, goal: string, onClosing: () => void}} props */
function Main({ next, goal, onClosing }) {
  const { live } = useApp();
  const person = usePerson();
  const tick = useTick();
  const ticked = useRef(Number.NEGATIVE_INFINITY); // the second tap of a double tap would be the step after it, or the end
  const once = (/** @type {(at: number) => unknown} */ work) => (/** @type {MouseEvent} */ { timeStamp: at }) => void (at - ticked.current > SECOND_TAP_MS && work(at));
  const tickNext = once((at) => {
    ticked.current = at;
    const step = nextStep(stepsOf(live, person.stream, goal));
    return step && tick(step);
  });
  const toStep = () => document.getElementById("new-step")?.focus();
  if (next === "step") return html`<button class="nhsuk-button" type="button" onClick=${toStep}><${Icon} name="plus-bold" />Add the first small step</button>`;
  if (next === "tick") return html`<button class="nhsuk-button" type="button" onClick=${tickNext}><${Icon} name="check-bold" />The next step is done</button>`;
  if (next === "help") return html`<a class="nhsuk-button" href=${person.path(`options?goal=${goal}`)}><${Icon} name="magnifying-glass-bold" />Find something that helps</a>`;
  return html`<button class="nhsuk-button" type="button" onClick=${once(onClosing)}><${Icon} name="check-bold" />We got there</button>`;
}

/** @param {{id: string, goal: Facts}} props */
function Said({ id, goal }) {
  const side = sideWords(goal["side"]);
  const weight = typeof goal["importance"] === "number" ? `It matters ${goal["importance"]} out of 10.` : "";
  return html`<div class="stack">
    <div class="said"><${Words} text=${String(goal["words"])} /><div class="said__by"><${Author} account=${String(goal["written_by"] ?? "")} /><${Kept} row=${id} /></div></div>
    <${Disputed} row=${id} />
    ${goal["state"] === "put_by" && html`<${Tag} icon="clock-bold">Put by<//>`}
    ${goal["state"] === "reached" && html`<${Tag} kind="good" icon="check-bold">Got there<//>`}
    ${goal["closing_words"] && html`<section class="stack stack--s"><h2>How it is now</h2><div class="said"><${Words} text=${String(goal["closing_words"])} small /></div></section>`}
    ${goal["why"] && html`<section class="stack stack--s"><h2>Why it matters</h2><${Words} text=${String(goal["why"])} small /></section>`}
    ${(side || weight) && html`<p class="quiet">${side && `Side of life: ${side}. `}${weight}</p>`}
    <${Earlier} id=${id} goal=${goal} />
  </div>`;
}

/** Ways to what was written before. @param {{id: string, goal: Facts}} props */
function Earlier({ id, goal }) {
  const person = usePerson();
  const written = allWritten(useSource());
  const fields = [["words", "See earlier words"], ["why", "See why it mattered before"], ["closing_words", "See what you said at the end before"]];
  const found = fields.filter(([field = ""]) => earlierWords(written, { row: id, field, now: String(goal[field] ?? "") }).length > 0);
  if (!found.length) return null;
  return html`<div class="ways">${found.map(([field, words]) => html`<a key=${field} class="plain" href=${person.path(`earlier/goal/${id}/${field}`)}><${Icon} name="clock-bold" small />${words}</a>`)}</div>`;
}

/**
 * `early`: that one got there is not the main act yet.
 * @param {{id: string, state: string, early: boolean, change: (facts: GoalWrite, sentence: string) => Promise<void>, onClosing: () => void, remove: () => Promise<void>}} props
 */
function Changes({ id, state, early, change, onClosing, remove }) {
  const { live } = useApp();
  const person = usePerson();
  const shares = person.can("manage") && live.rows(person.stream, "own_seat").length > 0;
  return html`<section class="stack stack--s"><h2>Change it</h2><div class="card card--rows">
    <a class="row" href=${person.path(`goal-edit/${id}`)}><span class="tile"><${Icon} name="pencil-simple" /></span><span class="row__body row__title">Change the words</span></a>
    ${early && html`<${Act} icon="flag" words="We got there already" onTap=${onClosing} />`}
    ${state === "reached" && html`<${Act} icon="flag" words="Change how it is now" onTap=${onClosing} />`}
    ${state === "active"
      ? html`<${Act} icon="clock" words="Put it by for now" onTap=${() => change({ state: "put_by" }, "The goal is put by.")} />`
      : html`<${Act} icon="arrow-counter-clockwise" words="Take it up again" onTap=${() => change({ state: "active" }, "The goal is open again.")} />`}
    ${shares && html`<a class="row" href=${person.path(`share-example?goal=${id}`)}><span class="tile"><${Icon} name="users-three" /></span><span class="row__body row__title">Share it with a group</span></a>`}
    <${Act} icon="trash" words="Take this goal away" onTap=${remove} />
  </div></section>`;
}

/** @param {{icon: string, words: string, onTap: () => void}} props */
function Act({ icon, words, onTap }) {
  return html`<button class="row row--button" type="button" onClick=${onTap}><span class="tile"><${Icon} name=${icon} /></span><span class="row__body row__title">${words}</span></button>`;
}

/**
 * `onWords`: what is written so far, as a sheet closes by a slip.
 * @param {{words: string, onWords: (words: string) => void, onClose: () => void, onSave: (words: string) => Promise<unknown>}} props
 */
function GotThere({ words: before, onWords, onClose, onSave }) {
  const [words, setWords] = useState(before);
  const write = (/** @type {string} */ said) => {
    setWords(said);
    onWords(said);
  };
  return html`<${Riser} title="You got there" onClose=${onClose}>
    <div class="stack">
      <${TextField} id="closing" label="How is it now, in your words?" hint="You can leave this out." rows=${4} own value=${words} onInput=${write} />
      <button class="nhsuk-button" type="button" onClick=${async () => { await onSave(words); onClose(); }}>Save</button>
    </div>
  <//>`;
}
