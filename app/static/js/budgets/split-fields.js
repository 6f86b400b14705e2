/** One receipt over several pots or goals: an amount, a pot and a goal for each part. */
import { html } from "htm/preact";
import { formatAmount, plainAmount } from "../core/money.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { SelectField, TextField } from "../parts/fields.js";
import { amountOrNull, leftToSplit } from "../receipts/split.js";
import { goalOptions } from "./goal-field.js";

/**
 * @import {Part} from "../receipts/split.js"
 * @import {Pot} from "./rules.js"
 */

/** @param {{parts: Part[], total: string, pots: Pot[], pot: Pot | undefined, goal: string, problem: string | undefined, onChange: (parts: Part[]) => void}} props */
export function SplitFields({ parts, total, pots, pot, goal, problem, onChange }) {
  const currency = pot?.currency ?? "GBP";
  const amount = amountOrNull(total, currency);
  const left = leftToSplit(amount, parts, currency);
  const part = (/** @type {string} */ value) => ({ amount: value, pot: pot?.id ?? "", goal });
  if (!parts.length) return html`<button class="plain plain--start" type="button" onClick=${() => onChange([part(""), part("")])}>Split it over pots or goals</button>`;
  const rest = () => onChange([...parts, part(left !== null && left > 0 ? plainAmount(left, currency) : "")]);
  return html`<section class="stack stack--s" aria-labelledby="split-title">
    <h2 id="split-title">In ${parts.length} parts</h2>
    ${parts.map((one, at) => html`<${OnePart} key=${at} at=${at} part=${one} pots=${pots} problem=${at === 0 ? problem : undefined}
      onChange=${(/** @type {Part} */ next) => onChange(parts.map((other, place) => (place === at ? next : other)))} />`)}
    <p role="status" class="quiet">${leftWords(left, currency)}</p>
    <div class="duo">
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${rest}><${Icon} name="plus-bold" small />Another part</button>
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => onChange([])}>Do not split it</button>
    </div>
  </section>`;
}

/** @param {{at: number, part: Part, pots: Pot[], problem: string | undefined, onChange: (part: Part) => void}} props */
function OnePart({ at, part, pots, problem, onChange }) {
  const { live } = useApp();
  const person = usePerson();
  const goals = goalOptions(live, person.stream);
  const set = (/** @type {keyof Part} */ field) => (/** @type {string} */ value) => onChange({ ...part, [field]: value });
  return html`<div class="card stack stack--s">
    <${TextField} id=${`part-${at}`} label=${`Part ${at + 1}: how much?`} value=${part.amount} onInput=${set("amount")} mode="decimal" money problem=${problem} />
    ${pots.length > 1 && html`<${SelectField} id=${`part-pot-${at}`} label="From which pot?" value=${part.pot} onInput=${set("pot")} options=${pots.map((pot) => [pot.id, pot.name])} />`}
    ${goals.length > 0 && html`<${SelectField} id=${`part-goal-${at}`} label="For which goal?" value=${part.goal} onInput=${set("goal")} options=${[["", "None, or later"], ...goals]} />`}
  </div>`;
}

/** @param {number | null} left @param {import("../core/money.js").Currency} currency */
function leftWords(left, currency) {
  if (left === null) return "";
  if (left === 0) return "The parts add up.";
  return left > 0 ? `${formatAmount(left, currency)} is left to share out.` : `The parts are ${formatAmount(-left, currency)} too much.`;
}
