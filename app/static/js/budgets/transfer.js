/** Move money between two pots: the only way in which they mix. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formatAmount } from "../core/money.js";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { COUNTS_LATER } from "./line-problems.js";
import { read } from "./money-in.js";
import { isLedgerDay } from "./rules.js";

/** @import {Problems} from "../parts/fields.js" */

export default function Transfer() {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const pots = potFigures(moneyRows(live, person.stream), live.today()).filter((one) => !isNotional(one.pot)).map((one) => one.pot);
  const [draft, setDraft, begun] = useDraft(() => ({ source: pots[0]?.id ?? "", target: pots[1]?.id ?? "", amount: "", on: live.today(), what: "" }), { fresh: true });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const currency = pots.find((pot) => pot.id === draft.source)?.currency;
  const save = async () => {
    const amount = read(draft.amount, currency);
    if (typeof amount === "string") return setProblems({ amount });
    if (draft.source === draft.target) return setProblems({ target: "Choose two different pots." });
    if (!isLedgerDay(draft.on)) return setProblems({ on: "Choose the day on which it was." });
    const facts = { ...draft, amount, what: draft.what || "Moved between pots", note: "", out_entry: ids(), in_entry: ids() };
    const problem = await sentenceOf(() => begun.saving(() => live.act({ act: "pot.transfer", stream: person.stream, row: ids(), facts })));
    if (problem) return setProblems({ what: problem });
    begun.done(person.path("money"));
    undo.say(`${formatAmount(amount, currency)} is moved.`, () =>
      live.act({ act: "entry.void", stream: person.stream, row: facts.out_entry, facts: { reversal: ids(), other_reversal: ids() } }));
    return undefined;
  };
  const options = pots.map((pot) => [pot.id, pot.name]);
  if (pots.length < 2) {
    return html`<${Task} title="Move money" close=${person.path("money")} dock=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add a pot</a>`}>
      <div class="card"><${Empty} icon="arrows-left-right" title="There is one pot">Moving money needs two. For example your own money, to help out the council's.<//></div><//>`;
  }
  return html`<${Task} title="Move money" close=${person.path("money")} dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Move it</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${TextField} id="amount" label="How much?" value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problems["amount"]} />
      <${Radios} id="source" legend="From" value=${draft.source} onInput=${set("source")} options=${options} />
      <${Radios} id="target" legend="To" value=${draft.target} onInput=${set("target")} options=${options} problem=${problems["target"]} />
      <${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} ahead=${COUNTS_LATER} />
      <${TextField} id="what" label="A few words" hint="You can leave this out." value=${draft.what} onInput=${set("what")} problem=${problems["what"]} />
    </div>
  <//>`;
}
