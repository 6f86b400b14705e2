/** Change the order of the goals, or of the steps of one goal: a button up and one down, by tap or by key. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { Empty, Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { inOrder, moved, placesFor } from "./order.js";
import { stepsOf } from "./steps.js";

/** @import {ActRequest} from "../core/compose.js" */
/** @import {Row} from "../core/types.js" */

export default function Reorder() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const [said, setSaid] = useState("");
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const goal = router.place.value.rest[0];
  const rows = goal ? stepsOf(live, person.stream, goal) : openGoals(live.rows(person.stream, "goal"));
  const ids = rows.map((row) => row.id);
  const write = (/** @type {string[]} */ order, /** @type {Row[]} */ now) => live.acts(placesFor(now, order).map(({ id, position }) =>
    /** @type {ActRequest} */ ({ act: goal ? "step.write" : "goal.write", stream: person.stream, row: id, facts: { position } })));
  const move = async (/** @type {string} */ id, /** @type {number} */ by) => {
    const order = moved(ids, id, by);
    const place = order.indexOf(id) + 1;
    await write(order, rows);
    setSaid(`It is now number ${place} of ${ids.length}.`);
    undo.say("The order is changed.", () => write(ids, rows.map((row) => ({ ...row, body: { ...row.body, position: -1 } }))));
    requestAnimationFrame(() => focusIn(list.current, id, by));
  };
  const back = goal ? { href: person.path(`goal/${goal}`), words: "Goal" } : { href: person.path("plan"), words: "Plan" };
  return html`<${Screen} tab="plan" title=${goal ? "The order of steps" : "The order of goals"} back=${back}>
    <div class="stack">
      <p>${goal ? "What comes first stands on top." : "What matters most now stands on top."}</p>
      <p class="hide" role="status">${said}</p>
      ${!rows.length && html`<div class="card"><${Empty} icon="flag" title="Nothing to put in order yet">Write something first. Then you can move it up or down.<//></div>`}
      <ol class="card card--rows" ref=${list}>${rows.map((row, at) => html`<li key=${row.id} class="place" data-id=${row.id}>
        <div class="place__words"><${Words} text=${String(row.body["words"])} small /></div>
        <div class="place__moves">
          <${Move} name="up" words=${String(row.body["words"])} off=${at === 0} onTap=${() => move(row.id, -1)} />
          <${Move} name="down" words=${String(row.body["words"])} off=${at === rows.length - 1} onTap=${() => move(row.id, 1)} />
        </div></li>`)}</ol>
    </div>
  <//>`;
}

/** @param {{name: "up" | "down", words: string, off: boolean, onTap: () => void}} props */
function Move({ name, words, off, onTap }) {
  return html`<button class="plain" type="button" data-move=${name} disabled=${off} onClick=${onTap}>
    <${Icon} name=${`arrow-${name}-bold`} small />Move ${name}<span class="hide">: ${words.slice(0, 60)}</span></button>`;
}

/** The goals that are open, in their order. @param {Row[]} rows */
export function openGoals(rows) {
  return rows.filter(({ body }) => body["state"] === "active").sort(inOrder);
}

/** The focus follows what was moved; at an end of the list it goes to the other button. @param {HTMLElement | null} list @param {string} id @param {number} by */
function focusIn(list, id, by) {
  const buttons = [...(list?.querySelectorAll("[data-id]") ?? [])].find((one) => one.getAttribute("data-id") === id)?.querySelectorAll("button");
  const [up, down] = buttons ?? [];
  const wanted = by < 0 ? up : down;
  (wanted?.disabled ? (by < 0 ? down : up) : wanted)?.focus();
}
