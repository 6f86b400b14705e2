/** Money as words on a screen. */
import { html } from "htm/preact";
import { formatAmount } from "../core/money.js";

/** @import {Currency} from "../core/money.js" */

/**
 * A sum that never breaks over a line. Unknown is said, never 0.
 * @param {{amount: number | null, currency?: Currency}} props
 */
export function Sum({ amount, currency = "GBP" }) {
  return html`<span class="num">${amount === null ? "not known yet" : formatAmount(amount, currency)}</span>`;
}

/**
 * What is left, promised and spent of a pot; the words beside it say the same.
 * @param {{left: number, promised: number, of: number}} props
 */
export function PotBar({ left, promised, of }) {
  const part = (/** @type {number} */ amount) => ({ "--w": `${of > 0 ? Math.max(0, Math.min(100, (100 * amount) / of)) : 0}%` });
  return html`<div class="potbar" aria-hidden="true"><i class="left" style=${part(left)}></i><i class="promised" style=${part(promised)}></i></div>`;
}
