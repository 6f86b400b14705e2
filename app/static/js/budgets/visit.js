/** Say how an agreed visit or service went: it happened, or it did not. No payment words. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { COUNTS_LATER, lineProblems } from "./line-problems.js";

/** @import {Problems} from "../parts/fields.js" */

export default function Visit() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const pots = potFigures(moneyRows(live, person.stream), live.today()).filter((one) => isNotional(one.pot)).map((one) => one.pot);
  const asked = router.place.value.query;
  const [draft, setDraft, begun] = useDraft(() => ({ pot: asked.get("pot") ?? pots[0]?.id ?? "", went: asked.get("went") ?? "", on: live.today(), reason: "", note: "" }), { fresh: true });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const save = async () => {
    if (!draft.went) return setProblems({ went: "Say whether it happened." });
    const row = ids();
    const missed = draft.went === "missed";
    const pot = pots.find((one) => one.id === draft.pot);
    /** @type {import("../core/operations.js").EntryRecord} */
    const facts = {
      pot: draft.pot, kind: missed ? "service_missed" : "service_received", amount: 0, on: draft.on,
      what: pot?.name ?? "", reason: missed ? draft.reason || null : null, note: draft.note,
    };
    const found = lineProblems(facts, pot);
    if (Object.keys(found).length) return setProblems(found);
    const problem = await sentenceOf(() => begun.saving(() => live.act({ act: "entry.record", stream: person.stream, row, facts })));
    if (problem) return setProblems({ note: problem });
    begun.done(person.path("home"));
    undo.say(missed ? "It did not happen. That is written down." : "It happened. That is written down.", () =>
      live.act({ act: "entry.void", stream: person.stream, row, facts: { reversal: ids() } }));
    return undefined;
  };
  if (!pots.length) return html`<${NothingAgreed} />`;
  return html`<${Task} title="How did the visit go?" close=${person.path("home")} dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      ${pots.length > 1 && html`<${Radios} id="pot" legend="Which one?" value=${draft.pot} onInput=${set("pot")} options=${pots.map((one) => [one.id, one.name])} problem=${problems["pot"]} />`}
      <${Radios} id="went" legend=${pots.length > 1 ? "Did it happen?" : `${pots[0]?.name}: did it happen?`} value=${draft.went} onInput=${set("went")} problem=${problems["went"]}
        options=${[["happened", "It happened"], ["missed", "It did not happen"]]} />
      <${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} ahead=${COUNTS_LATER} />
      ${draft.went === "missed" && html`<${TextField} id="reason" label="Why not?" hint="You can leave this out." value=${draft.reason} onInput=${set("reason")} />`}
      <${TextField} id="note" label="How was it, in your words?" hint="You can leave this out." rows=${3} own value=${draft.note} onInput=${set("note")} problem=${problems["note"]} />
    </div>
  <//>`;
}

function NothingAgreed() {
  const person = usePerson();
  return html`<${Task} title="A visit" close=${person.path("home")} dock=${html`<a class="nhsuk-button" href=${person.path("pot-new?holding=notional")}>Add what was agreed</a>`}>
    <div class="card"><${Empty} icon="calendar-check" title="What was agreed?">Say first what you should get. For example: 24 visits of a physio a year.<//></div>
  <//>`;
}
