/** One goal: own words, why, how it goes, what was written before. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Chosen } from "../options/chosen.js";
import { Icon, Kept, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { TextField } from "../parts/fields.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Riser } from "../parts/riser.js";
import { sayDay, localDay } from "../core/dates.js";
import { SIDES } from "./goal-write.js";

export default function Goal() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const goal = live.row(person.stream, "goal", id)?.body;
  const [closing, setClosing] = useState(false);
  const back = { href: person.path("plan"), words: "Plan" };
  if (!goal) return html`<${Missing} tab="plan" what="This goal" back=${back} />`;
  const write = (/** @type {import("../core/types.js").Facts} */ facts) => live.act({ act: "goal.write", stream: person.stream, row: id, facts });
  const change = async (/** @type {string} */ state, /** @type {string} */ sentence) => {
    const before = goal["state"] ?? "active";
    await write({ state });
    undo.say(sentence, () => write({ state: before }));
  };
  const remove = async () => {
    const { words, why } = goal;
    await live.act({ act: "goal.remove", stream: person.stream, row: id });
    router.go(person.path("plan"));
    undo.say("The goal is taken away.", () => write({ words: words ?? "", why: why ?? "" }));
  };
  const side = SIDES.find(([code]) => code && code === goal["side"])?.[1];
  const dock = person.can("write_plan") && goal["state"] === "active"
    ? html`<button class="nhsuk-button" type="button" onClick=${() => setClosing(true)}><${Icon} name="check-bold" />We got there</button>` : null;
  return html`<${Screen} tab="plan" title="A goal" back=${back} dock=${dock}>
    <div class="stack">
      <div class="said"><${Words} text=${String(goal["words"])} /><div class="said__by"><${Author} account=${String(goal["written_by"] ?? "")} /><${Kept} row=${id} /></div></div>
      ${goal["state"] === "reached" && html`<${Tag} kind="good" icon="check-bold">Got there<//>`}
      ${goal["closing_words"] && html`<div class="said"><${Words} text=${String(goal["closing_words"])} small /></div>`}
      ${goal["why"] && html`<section><h2>Why it matters</h2><${Words} text=${String(goal["why"])} small /></section>`}
      ${side && html`<p class="quiet">Side of life: ${side}</p>`}
      <${Chosen} goal=${id} />
      ${person.can("write_plan") && html`<${Changes} id=${id} active=${goal["state"] === "active"} change=${change} remove=${remove} />`}
      <${History} goal=${id} />
    </div>
    ${closing && html`<${GotThere} onClose=${() => setClosing(false)} onSave=${(/** @type {string} */ words) => write({ state: "reached", closing_words: words })} />`}
  <//>`;
}

/**
 * @param {{id: string, active: boolean, change: (state: string, sentence: string) => Promise<void>, remove: () => Promise<void>}} props
 */
function Changes({ id, active, change, remove }) {
  const person = usePerson();
  const [state, words, said, icon] = active
    ? ["put_by", "Put it by for now", "The goal is put by.", "clock"]
    : ["active", "Take it up again", "The goal is open again.", "arrow-counter-clockwise"];
  return html`<div class="card card--rows">
    <a class="row" href=${person.path(`goal-edit/${id}`)}><span class="tile"><${Icon} name="pencil-simple" /></span><span class="row__body row__title">Change the words</span></a>
    <button class="row row--button" type="button" onClick=${() => change(state ?? "", said ?? "")}><span class="tile"><${Icon} name=${icon} /></span><span class="row__body row__title">${words}</span></button>
    <button class="row row--button" type="button" onClick=${remove}><span class="tile"><${Icon} name="trash" /></span><span class="row__body row__title">Take this goal away</span></button>
  </div>`;
}

/** @param {{onClose: () => void, onSave: (words: string) => Promise<unknown>}} props */
function GotThere({ onClose, onSave }) {
  const [words, setWords] = useState("");
  return html`<${Riser} title="You got there" onClose=${onClose}>
    <div class="stack">
      <${TextField} id="closing" label="How is it now, in your words?" hint="You can leave this out." rows=${4} own value=${words} onInput=${setWords} />
      <button class="nhsuk-button" type="button" onClick=${async () => { await onSave(words); onClose(); }}>Save</button>
    </div>
  <//>`;
}

/** What was written before; nothing is lost. @param {{goal: string}} props */
function History({ goal }) {
  const { live } = useApp();
  const person = usePerson();
  const rows = live.rows(person.stream, "version").map((row) => row.body).filter((one) => one["row"] === goal && one["field"] === "words");
  if (rows.length < 2) return null;
  rows.sort((one, other) => String(other["at"]).localeCompare(String(one["at"])));
  const today = live.today();
  return html`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">What it said before</span></summary>
    <div class="nhsuk-details__text stack">${rows.slice(1).map((one) => html`<div key=${String(one["id"])}>
      <${Words} text=${String(one["value"])} small /><p class="quiet"><${Author} account=${String(one["by"])} />, ${sayDay(localDay(new Date(String(one["at"]))), today)}</p></div>`)}</div>
  </details>`;
}

/** @param {{account: string}} props */
export function Author({ account }) {
  const { live } = useApp();
  const person = usePerson();
  const member = live.rows(person.stream, "member").find((row) => row.body["account"] === account);
  const name = account === live.who.account || !account ? "you" : String(member?.body["name"] ?? "somebody else");
  return html`<span>Written by ${name}</span>`;
}
