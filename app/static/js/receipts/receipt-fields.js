/** The fields of one receipt: what was read stands in them until somebody writes something else. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { same } from "../core/drafts.js";
import { useDraft } from "../parts/draft.js";
import { TextField } from "../parts/fields.js";
import { COUNTS_LATER } from "../budgets/line-problems.js";
import { WithReading } from "./beside.js";
import { PhotoLook } from "./cut-out.js";
import { fillUntouched } from "./confirm.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Found, Place, Suggested} from "./confirm.js"
 * @import {Reading} from "./reading.js"
 */

/** @typedef {{[Name in Place]: string}} Values */
/** @typedef {{field: Place, value: string} | null} Held  the field in which the person is, as it was when they came */

/**
 * What is typed into the form, kept when it is left half-way. The photos go along: they are kept anyway.
 * @template {Values & {photos: string[]}} Draft
 * @param {Draft} start
 */
export function useTyped(start) {
  const [first] = useState(start);
  const [draft, setDraft, begun] = useDraft(() => first, { fresh: true, counts: ({ photos: _, ...typed }) => typed });
  const [own, setOwn] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const newest = useRef(draft); // two fields may be set before the next drawing
  newest.current = draft;
  const touched = new Set([...own, ...namesOf(first).filter((name) => !same(draft[name], first[name]))]);
  const set = (/** @type {Partial<Draft>} */ facts) => {
    setDraft((newest.current = { ...newest.current, ...facts }));
    setOwn((before) => new Set([...before, ...Object.keys(facts)]));
  };
  return { draft, touched, set, begun };
}

/** @template {object} Draft @param {Draft} draft */
function namesOf(draft) {
  return /** @type {(keyof Draft & string)[]} */ (Object.keys(draft));
}

/**
 * The values that the form shows: typed ones stand, a field that the person is in does not change under their hands.
 * @template {Values} Draft
 * @param {{draft: Draft, touched: ReadonlySet<string>}} typed
 * @param {Suggested} suggested
 */
export function useShown({ draft, touched }, suggested) {
  const [held, setHeld] = useState(/** @type {Held} */ (null));
  const filled = fillUntouched(draft, touched, suggested);
  const shown = held && !touched.has(held.field) ? { ...filled, [held.field]: held.value } : filled;
  return { shown, hold: setHeld };
}

/**
 * @param {{shown: Values, touched: ReadonlySet<string>, set: (facts: Partial<Values>) => void, hold: (held: Held) => void, suggested: Suggested,
 *   readings: (Reading | null)[], shas: string[], problems: Problems, between?: unknown, without?: Place[]}} props
 * `between` stands after the amount.
 */
export function ReceiptFields({ shown, touched, set, hold, suggested, readings, shas, problems, between }) {
  const { photo, look, riser } = useLook(readings, shas, (amount) => set({ amount }));
  const numbered = (readings[photo]?.numbers.length ?? 0) > 0;
  const row = (/** @type {Place} */ field, /** @type {unknown} */ control) => html`<div onFocusIn=${() => hold({ field, value: shown[field] })} onFocusOut=${() => hold(null)}>
    <${WithReading} value=${shown[field]} found=${suggested[field]} typed=${touched.has(field)} sha256=${shas[suggested[field]?.photo ?? 0]}
      onUse=${(/** @type {string} */ value) => set({ [field]: value })}
      onLook=${field === "amount" && numbered ? undefined : look}>${control}<//>
  </div>`;
  const write = (/** @type {Place} */ field) => (/** @type {string} */ value) => set({ [field]: value });
  return html`
    ${row("amount", html`<${TextField} id="amount" label="How much?" value=${shown.amount} onInput=${write("amount")} mode="decimal" money
      hint="For example 14.85" problem=${problems["amount"]} />`)}
    ${numbered && html`<button class="plain plain--start" type="button" onClick=${() => look(suggested.amount)}>Choose a number on the photo</button>`}
    ${between}
    ${row("what", html`<${TextField} id="what" label="Where, or what for?" value=${shown.what} onInput=${write("what")} problem=${problems["what"]}
      hint="You can leave this for later." />`)}
    ${row("on", html`<${TextField} id="on" label="When?" type="date" value=${shown.on} onInput=${write("on")} problem=${problems["on"]} ahead=${COUNTS_LATER} />`)}
    ${riser}`;
}

/**
 * Looking at the photo over a form, and taking a number from it.
 * @param {(Reading | null)[]} readings
 * @param {string[]} shas
 * @param {(amount: string) => void} onPick
 */
export function useLook(readings, shas, onPick) {
  const [open, setOpen] = useState(/** @type {{found: Found | null} | null} */ (null));
  const photo = open?.found?.photo ?? readings.findIndex((one) => one !== null);
  const reading = readings[photo];
  const pick = (/** @type {string} */ value) => {
    onPick(value);
    setOpen(null);
  };
  const riser = open && reading && html`<${PhotoLook} sha256=${shas[photo] ?? ""} turn=${reading.turns[0] ?? 0} numbers=${reading.numbers}
    found=${open.found} onPick=${pick} onClose=${() => setOpen(null)} />`;
  return { photo, riser, look: (/** @type {Found | null} */ found) => setOpen({ found }) };
}
