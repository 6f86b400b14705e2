/** Small steps of one goal: tick off, add, and the way to change one or their order. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { sayDay } from "../core/dates.js";
import { Icon, Kept, Tag } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { TextField } from "../parts/fields.js";
import { sentenceOf } from "./bits.js";
import { nextStep } from "./next-act.js";
import { inOrder } from "./order.js";

/** @import {Row} from "../core/types.js" */
/** @import {Live} from "../parts/live.js" */

/** The steps of a goal in their order, live. @param {Live} live @param {string} stream @param {string} goal */
export function stepsOf(live, stream, goal) {
  return live.rows(stream, "step").filter(({ body }) => body["goal"] === goal).sort(inOrder);
}

/** "2 of 3 steps are done." @param {ReadonlyArray<Row>} steps */
export function doneWords(steps) {
  const done = steps.filter(({ body }) => body["state"] === "done").length;
  if (!steps.length) return "";
  return done === steps.length ? `All ${done === 1 ? "of it is" : `${done} steps are`} done.` : `${done} of ${steps.length} steps ${done === 1 ? "is" : "are"} done.`;
}

/** @param {{goal: string}} props */
export function Steps({ goal }) {
  const { live } = useApp();
  const person = usePerson();
  const may = person.can("write_plan");
  const steps = stepsOf(live, person.stream, goal);
  if (!steps.length && !may) return null;
  return html`<section class="stack stack--s" aria-labelledby="steps-head">
    <h2 id="steps-head">Small steps</h2>
    <p class="quiet">${doneWords(steps) || "What would be the very first thing? One phone call counts."}</p>
    ${steps.length > 0 && html`<ul class="card card--rows">${steps.map((step) => html`<${Step} key=${step.id} step=${step} may=${may} next=${steps.length > 1 && step === nextStep(steps)} />`)}</ul>`}
    ${may && steps.length > 1 && html`<a class="plain" href=${person.path(`order/${goal}`)}><${Icon} name="arrow-down-bold" small />Change the order of steps</a>`}
    ${may && html`<${AddStep} goal=${goal} place=${Math.max(-1, ...steps.map(({ body }) => Number(body["position"]))) + 1} />`}
  </section>`;
}

/** Ticks a step off, or opens it again. */
export function useTick() {
  const { live, undo } = useApp();
  const { stream } = usePerson();
  return async (/** @type {Row} */ { id, body }) => {
    const done = body["state"] === "done";
    const write = (/** @type {"open" | "done"} */ state) => live.act({ act: "step.write", stream, row: id, facts: { state } });
    await write(done ? "open" : "done");
    undo.say(done ? "The step is open again." : "One step is done.", () => write(done ? "done" : "open"));
  };
}

/** @param {{step: Row, may: boolean, next: boolean}} props */
function Step({ step, may, next }) {
  const { live } = useApp();
  const person = usePerson();
  const tick = useTick();
  const { words, by_when: byWhen } = step.body;
  const done = step.body["state"] === "done";
  const id = `step-${step.id}`;
  return html`<li class="step">
    <input class="step__box" type="checkbox" id=${id} checked=${done} disabled=${!may} onChange=${() => tick(step)} />
    <label class="step__words" for=${id}>${next && html`<span><${Tag} icon="arrow-right-bold">Next<//></span>`}<span class="words words--s" dir="auto">${String(words)}</span>
      ${byWhen && html`<span class="quiet">By ${sayDay(String(byWhen), live.today())}</span>`}${live.statusOf(step.id) !== "sent" && html`<${Kept} row=${step.id} />`}</label>
    ${may && html`<a class="plain" href=${person.path(`step/${step.id}`)}>Change<span class="hide">: ${String(words).slice(0, 60)}</span></a>`}
  </li>`;
}

/** @param {{goal: string, place: number}} props */
function AddStep({ goal, place }) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const [words, setWords] = useState("");
  const [problem, setProblem] = useState("");
  const add = async () => {
    if (!words.trim()) return setProblem("Write what you will do. One thing is enough.");
    const row = ids();
    const sentence = await sentenceOf(() => live.act({ act: "step.write", stream: person.stream, row, facts: { goal, words, position: place } }));
    setProblem(sentence ?? "");
    if (sentence) return undefined;
    setWords("");
    undo.say("The step is added.", () => live.act({ act: "step.remove", stream: person.stream, row }));
    return document.getElementById("new-step")?.focus();
  };
  return html`<form class="card" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void add(); }}>
    <${TextField} id="new-step" label="Add a small step" hint="For example: “Ring the pool.”" own value=${words} onInput=${setWords} problem=${problem || undefined} />
    <button class="nhsuk-button nhsuk-button--secondary" type="submit"><${Icon} name="plus-bold" />Add this step</button>
  </form>`;
}
