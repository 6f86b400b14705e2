/**
 * Add a receipt: photos, the amount, done. The rest now or later. Typing by hand never takes more steps.
 * The form belongs to the person it was opened for.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { NotAnAmount, formatAmount, parseAmount } from "../core/money.js";
import { TextError } from "../core/text.js";
import { StoreError } from "../core/store.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, Radios, SelectField, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { PhotoPicker } from "../parts/photo-picker.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { isLedgerDay } from "./rules.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {ReadyPhoto} from "../core/photo.js"
 * @import {Pot} from "./rules.js"
 * @import {Facts} from "../core/types.js"
 */

/** @typedef {{amount: string, on: string, what: string, pot: string, goal: string, who: string, note: string}} Draft */

export default function Spend() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const pots = potFigures(moneyRows(live, person.stream), live.today()).filter((one) => !isNotional(one.pot));
  const [photos, setPhotos] = useState(/** @type {ReadyPhoto[]} */ ([]));
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const [draft, setDraft] = useState(/** @type {Draft} */ ({
    amount: "", on: live.today(), what: "", pot: lastPot(live, person.stream) ?? pots[0]?.pot.id ?? "", goal: "", who: "pot", note: "",
  }));
  const set = (/** @type {keyof Draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const pot = pots.find((one) => one.pot.id === draft.pot)?.pot;
  const save = async () => {
    const { facts, found } = factsOf(draft, pot, photos);
    if (!facts) return setProblems(found);
    const row = ids();
    const files = photos.map(({ bytes, type, sha256 }, at) => ({ bytes, type, sha256, name: `Receipt ${at + 1}` }));
    try {
      await live.act({ act: "entry.record", stream: person.stream, row, facts, files });
    } catch (error) {
      if (error instanceof TextError || error instanceof StoreError) return setProblems({ what: error.message });
      throw error;
    }
    router.go(person.path("home"));
    undo.say(`${formatAmount(Number(facts["amount"]), pot?.currency)} is written down.`, () =>
      live.act({ act: "entry.void", stream: person.stream, row, facts: { reversal: ids() } }));
    return undefined;
  };
  if (!pots.length) return html`<${NoPot} />`;
  return html`<${Task} title="Add a receipt" close=${person.path("home")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />${saveWords(draft, pot)}</button>`}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void save(); }}>
      <${ErrorSummary} problems=${problems} />
      <${PhotoPicker} photos=${photos} onChange=${setPhotos} />
      <${Fields} draft=${draft} set=${set} problems=${problems} pots=${pots.map((one) => one.pot)} />
    </form>
  <//>`;
}

/** @param {{draft: Draft, set: (field: keyof Draft) => (value: string) => void, problems: Problems, pots: Pot[]}} props */
function Fields({ draft, set, problems, pots }) {
  return html`
    <${TextField} id="amount" label="How much?" value=${draft.amount} onInput=${set("amount")} mode="decimal" money
      hint="For example 14.85" problem=${problems["amount"]} />
    <${Pots} pots=${pots} value=${draft.pot} onInput=${set("pot")} />
    <${TextField} id="what" label="Where, or what for?" value=${draft.what} onInput=${set("what")} problem=${problems["what"]}
      hint="You can leave this for later." />
    <${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} />
    <${GoalField} value=${draft.goal} onInput=${set("goal")} />
    <${Radios} id="who" legend="Who paid?" value=${draft.who} onInput=${set("who")}
      options=${[["pot", "The budget"], ["me", "I paid it myself", "The pot owes it to you until it is paid back."]]} />`;
}

/** @param {{pots: Pot[], value: string, onInput: (value: string) => void}} props */
function Pots({ pots, value, onInput }) {
  if (pots.length < 2) return null;
  return html`<${Radios} id="pot" legend="From which pot?" value=${value} onInput=${onInput} options=${pots.map((pot) => [pot.id, pot.name])} />`;
}

/** @param {{value: string, onInput: (value: string) => void}} props */
export function GoalField({ value, onInput }) {
  const { live } = useApp();
  const person = usePerson();
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active");
  if (!goals.length) return null;
  const options = goals.map((row) => /** @type {[string, string]} */ ([row.id, shortly(String(row.body["words"]))]));
  return html`<${SelectField} id="goal" label="For which goal?" value=${value} onInput=${onInput}
    options=${[["", "None, or later"], ...options]} />`;
}

function NoPot() {
  const person = usePerson();
  return html`<${Task} title="Add a receipt" close=${person.path("home")}
    dock=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>
    <p>Say first who pays. Then every receipt has its place.</p>
  <//>`;
}

/**
 * @param {Draft} draft
 * @param {Pot | undefined} pot
 * @param {ReadyPhoto[]} photos
 * @returns {{facts: import("../core/operations.js").EntryRecord | null, found: Problems}}
 */
function factsOf(draft, pot, photos) {
  /** @type {Problems} */
  const found = {};
  const amount = amountOf(draft.amount, pot, found);
  if (!isLedgerDay(draft.on)) found["on"] = "Choose the day on the receipt.";
  if (!pot) found["pot"] = "Choose a pot.";
  if (amount === null || !pot || Object.keys(found).length) return { facts: null, found };
  const what = draft.what || (photos.length ? "Receipt" : "Spending");
  const kind = draft.who === "me" ? "paid_by_me" : "spending";
  const files = photos.map((photo) => photo.sha256);
  return { facts: { pot: pot.id, kind, amount, on: draft.on, what, goal: draft.goal || null, note: draft.note, files }, found };
}

/**
 * @param {string} text
 * @param {Pot | undefined} pot
 * @param {Problems} found
 * @returns {number | null}
 */
function amountOf(text, pot, found) {
  try {
    return parseAmount(text, pot?.currency);
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    found["amount"] = error.message;
    return null;
  }
}

/**
 * What the button does, and where.
 * @param {Draft} draft
 * @param {Pot | undefined} pot
 */
function saveWords(draft, pot) {
  try {
    return `Save ${formatAmount(parseAmount(draft.amount, pot?.currency), pot?.currency)} from ${pot?.name ?? "the pot"}`;
  } catch {
    return "Save";
  }
}

/**
 * The pot that was used last.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 */
function lastPot(live, stream) {
  const { entries } = moneyRows(live, stream);
  const spent = entries.filter((entry) => entry.kind === "spending" && !entry.superseded);
  return spent.sort((one, other) => other.on.localeCompare(one.on))[0]?.pot;
}

/** @param {string} words */
function shortly(words) {
  return words.length > 60 ? `${words.slice(0, 57)}...` : words;
}
