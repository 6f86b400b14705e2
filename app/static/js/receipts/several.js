/** Several photos: pages of one receipt, or receipts one after the other. And those that still wait. */
import { html } from "htm/preact";
import { formatAmount } from "../core/money.js";
import { LinkRow, Icon } from "../parts/bits.js";
import { usePerson } from "../parts/context.js";
import { Radios } from "../parts/fields.js";
import { amountOrNull } from "./split.js";

/** @import {ReadingRow} from "./reading.js" */

/** @param {{count: number, each: boolean, onChange: (each: boolean) => void}} props */
export function OneOrSeveral({ count, each, onChange }) {
  if (count < 2) return null;
  return html`<${Radios} id="several" legend="What is on these photos?" value=${each ? "each" : "one"} onInput=${(/** @type {string} */ value) => onChange(value === "each")}
    options=${[["one", "One receipt"], ["each", `${count} receipts`, "You look at one after the other."]]} />`;
}

/** Photos that were kept and not written down. @param {{waiting: ReadingRow[]}} props */
export function StillWaiting({ waiting }) {
  const person = usePerson();
  if (!waiting.length) return null;
  return html`<section aria-labelledby="still-waiting"><h2 id="still-waiting">${waiting.length === 1 ? "A photo waits" : `${waiting.length} photos wait`}</h2>
    <ul class="card card--rows">${waiting.map((one, at) => html`<li key=${one.id}>
      <${LinkRow} href=${person.path(`spend/${one.sha256}`)} title=${one.result?.merchant.value ?? `Photo ${at + 1}`}
        quiet=${quietWords(one)} lead=${html`<span class="tile"><${Icon} name="receipt" /></span>`} /></li>`)}</ul>
  </section>`;
}

/** @param {ReadingRow} reading */
function quietWords({ result, state }) {
  if (result?.total.value) return `We read ${asMoney(result.total.value, result.currency)}. It is not written down yet.`;
  return state === "waiting" ? "It is not read yet." : "It is not written down yet.";
}

/**
 * What was read, as people write it where it is surely pounds.
 * @param {string} text
 * @param {string | null} currency
 */
function asMoney(text, currency) {
  const amount = (currency ?? "GBP") === "GBP" ? amountOrNull(text, "GBP") : null;
  return amount === null ? text : formatAmount(amount);
}
