/** Correct a line: the old one is taken back and the new one stands. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { WithReading } from "../receipts/beside.js";
import { suggest } from "../receipts/confirm.js";
import { useReadings } from "../receipts/keep.js";
import { useLook } from "../receipts/receipt-fields.js";
import { moneyRows } from "./figures.js";
import { newestOf, reversalIds } from "./entry.js";
import { aimAt, changesOf, draftOf, meet } from "./correction.js";
import { GoalField } from "./goal-field.js";
import { COUNTS_LATER } from "./line-problems.js";
import { isService } from "./rules.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {Found} from "../receipts/confirm.js" */
/** @import {Entry} from "./rules.js" */

export default function EntryEdit() {
  const { live, router } = useApp();
  const person = usePerson();
  const { entries, pots } = moneyRows(live, person.stream);
  const held = useRef(/** @type {Entry | undefined} */ (undefined)); // the line as it was when the form opened
  const now = newestOf(entries, router.place.value.rest[0] ?? "");
  const entry = (held.current ??= now);
  if (!entry || !now) return html`<${Missing} tab="money" what="This line" back=${{ href: person.path("money"), words: "Money" }} />`;
  return html`<${Form} entry=${entry} now=${now} entries=${entries} currency=${pots.find((pot) => pot.id === entry.pot)?.currency ?? "GBP"} />`;
}

/** `now`: what the line says by now. @param {{entry: Entry, now: Entry, entries: Entry[], currency: import("../core/money.js").Currency}} props */
function Form({ entry, now, entries, currency }) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const [draft, setDraft, begun] = useDraft(() => draftOf(entry, currency), { base: entry.id, now: draftOf(now, currency) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const { readings } = useReadings(entry.files);
  const found = suggest(readings, { currency, today: live.today() });
  const { look, riser } = useLook(readings, entry.files, set("amount"));
  const beside = (/** @type {"amount" | "on" | "merchant"} */ field, /** @type {Found | null} */ read, /** @type {unknown} */ control) =>
    html`<${WithReading} value=${draft[field]} found=${read} typed sha256=${entry.files[read?.photo ?? 0]} onUse=${set(field)} onLook=${look}>${control}<//>`;
  const save = async () => {
    const saw = entries.find((one) => one.id === begun.base) ?? entry; // who goes on in what they began saw no more than then
    const { changes, found: wrong } = changesOf(saw, draft, currency);
    if (Object.keys(wrong).length) return setProblems(wrong);
    const { to, wanted, asks } = meet(saw, now, changes);
    if (!Object.keys(wanted).length) return begun.done(person.path(`entry/${now.id}`));
    const next = ids();
    const facts = { changes: wanted, entry: next, ...reversalIds(to, ids), ...(to.transfer && { other_entry: ids() }) };
    const problem = await sentenceOf(() => begun.saving(() => live.act({ act: "entry.correct", ...aimAt(live, person.stream, to), facts })));
    if (problem) return setProblems({ note: problem });
    begun.done(person.path(`entry/${asks ? to.id : next}`));
    return undo.say(asks ? "Somebody changed this too. Both are kept, to choose from." : `It is corrected. What it said before is kept.${begun.met}`);
  };
  return html`<${Task} title="Correct this line" close=${person.path(`entry/${entry.id}`)}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save the correction</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      ${!isService(entry.kind) && beside("amount", found.amount, html`<${TextField} id="amount" label="How much?" value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problems["amount"]} />`)}
      ${beside("on", found.on, html`<${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} ahead=${COUNTS_LATER} />`)}
      ${beside("merchant", found.what, html`<${TextField} id="merchant" label="Where?" value=${draft.merchant} onInput=${set("merchant")} />`)}
      <${TextField} id="what" label="What for?" value=${draft.what} onInput=${set("what")} />
      <${GoalField} value=${draft.goal} onInput=${set("goal")} />
      ${entry.kind === "service_missed" && html`<${TextField} id="reason" label="Why not?" hint="You can leave this out." value=${draft.reason} onInput=${set("reason")} />`}
      <${TextField} id="note" label="A note, in your words" rows=${3} own value=${draft.note} onInput=${set("note")} problem=${problems["note"]} />
    </div>
    ${riser}
  <//>`;
}
