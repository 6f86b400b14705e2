/** May this be written down already? The person decides; nothing is dropped by itself. */
import { html } from "htm/preact";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Riser } from "../parts/riser.js";

/**
 * @import {Currency} from "../core/money.js"
 * @import {Double} from "./doubles.js"
 */

const WHY = {
  photo: "This photo is in use there.",
  same: "The shop, the day and the sum are the same.",
  alike: "The two photos look alike.",
  slip: "The day and the sum are the same. One may be the card slip of the other.",
};

/**
 * `onJoin` is null where there is no photo to put with the other line.
 * @param {{double: Double, currency: Currency, onSame: () => void, onJoin: (() => void) | null, onOther: () => void, onClose: () => void}} props
 */
export function AskDouble({ double: { entry, why }, currency, onSame, onJoin, onOther, onClose }) {
  return html`<${Riser} title="Is this written down already?" onClose=${onClose}>
    <div class="stack">
      <p>There is <b>${entry.merchant || entry.what}, ${formatAmount(entry.amount, currency)}</b>, from ${fullDay(entry.on)}. ${WHY[why]}</p>
      <button class="nhsuk-button" type="button" onClick=${onOther}>No, save this one too</button>
      ${onJoin && why !== "photo" && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onJoin}>Yes, put this photo with it</button>`}
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onSame}>Yes, do not save it twice</button>
    </div>
  <//>`;
}
