/** Correct a line: the old one is taken back and the new one stands. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { NotAnAmount, parseAmount, plainAmount } from "../core/money.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { WithReading } from "../receipts/beside.js";
import { suggest } from "../receipts/confirm.js";
import { useReadings } from "../receipts/keep.js";
import { useLook } from "../receipts/receipt-fields.js";
import { moneyRows } from "./figures.js";
import { newestOf, reversalIds } from "./entry.js";
import { GoalField } from "./goal-field.js";
import { isLedgerDay, isService } from "./rules.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {Facts} from "../core/types.js" */
/** @import {Found} from "../receipts/confirm.js" */
/** @import {Entry} from "./rules.js" */

export default function EntryEdit() {
  const { live, router } = useApp();
  const person = usePerson();
  const { entries, pots } = moneyRows(live, person.stream);
  const entry = newestOf(entries, router.place.value.rest[0] ?? "");
  if (!entry) return html`<${Missing} tab="money" what="This line" back=${{ href: person.path("money"), words: "Money" }} />`;
  return html`<${Form} entry=${entry} currency=${pots.find((pot) => pot.id === entry.pot)?.currency ?? "GBP"} />`;
}

/** @param {{entry: Entry, currency: import("../core/money.js").Currency}} props */
function Form({ entry, currency }) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const [draft, setDraft, begun] = useDraft(() => ({ amount: plainAmount(entry.amount, currency), on: entry.on, what: entry.what, merchant: entry.merchant ?? "", goal: entry.goal ?? "", note: entry.note, reason: entry.reason ?? "" }));
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const { readings } = useReadings(entry.files);
  const found = suggest(readings, { currency, today: live.today() });
  const { look, riser } = useLook(readings, entry.files, set("amount"));
  const beside = (/** @type {"amount" | "on" | "merchant"} */ field, /** @type {Found | null} */ read, /** @type {unknown} */ control) =>
    html`<${WithReading} value=${draft[field]} found=${read} typed sha256=${entry.files[read?.photo ?? 0]} onUse=${set(field)} onLook=${look}>${control}<//>`;
  const save = async () => {
    const { changes, found: wrong } = changesOf(entry, draft, currency);
    if (Object.keys(wrong).length) return setProblems(wrong);
    if (!Object.keys(changes).length) return router.go(person.path(`entry/${entry.id}`));
    const other = entry.transfer ? { other_entry: ids() } : {};
    const next = ids();
    const facts = { changes, entry: next, ...reversalIds(entry, ids), ...other };
    await begun.saving(() => live.act({ act: "entry.correct", stream: person.stream, row: entry.id, facts, ...(entry.replaces && live.statusOf(entry.id) !== "sent" ? { seen: entry.replaces } : {}) }));
    begun.done(person.path(`entry/${next}`));
    undo.say("It is corrected. What it said before is kept.");
    return undefined;
  };
  return html`<${Task} title="Correct this line" close=${person.path(`entry/${entry.id}`)}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save the correction</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      ${!isService(entry.kind) && beside("amount", found.amount, html`<${TextField} id="amount" label="How much?" value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problems["amount"]} />`)}
      ${beside("on", found.on, html`<${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} />`)}
      ${beside("merchant", found.what, html`<${TextField} id="merchant" label="Where?" value=${draft.merchant} onInput=${set("merchant")} />`)}
      <${TextField} id="what" label="What for?" value=${draft.what} onInput=${set("what")} />
      <${GoalField} value=${draft.goal} onInput=${set("goal")} />
      ${entry.kind === "service_missed" && html`<${TextField} id="reason" label="Why not?" hint="You can leave this out." value=${draft.reason} onInput=${set("reason")} />`}
      <${TextField} id="note" label="A note, in your words" rows=${3} own value=${draft.note} onInput=${set("note")} />
    </div>
    ${riser}
  <//>`;
}

/**
 * @param {Entry} entry
 * @param {{amount: string, on: string, what: string, merchant: string, goal: string, note: string, reason: string}} draft
 * @param {import("../core/money.js").Currency} currency
 * @returns {{changes: Facts, found: Problems}}
 */
function changesOf(entry, draft, currency) {
  /** @type {Problems} */
  const found = {};
  /** @type {Facts} */
  const after = { on: draft.on, what: draft.what, merchant: draft.merchant || null, goal: draft.goal || null, note: draft.note, reason: draft.reason || null };
  try {
    after["amount"] = parseAmount(draft.amount, currency, { zero: isService(entry.kind) });
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    found["amount"] = error.message;
  }
  if (!isLedgerDay(draft.on)) found["on"] = "Choose a real day.";
  const before = /** @type {Facts} */ (/** @type {unknown} */ (entry));
  return { changes: Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name])), found };
}
