/** "The visit happened", "It did not happen": one tap writes it down for today, and Undo takes it back. */
import { html } from "htm/preact";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { VisitLinks } from "./visit-links.js";

/**
 * @import {EntryRecord} from "../core/operations.js"
 * @import {Pot} from "./rules.js"
 */

/** @param {{pots: Pot[]}} props  with several pots the next screen asks which one */
export function VisitButtons({ pots }) {
  const [pot, other] = pots;
  const person = usePerson();
  const write = useVisit();
  if (!pot || other) return html`<${VisitLinks} person=${person.id} />`;
  return html`<div class="duo">
    <button class="nhsuk-button" type="button" onClick=${() => write(pot, "happened")}><${Icon} name="check-bold" />The visit happened</button>
    <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => write(pot, "missed")}><${Icon} name="x-bold" />It did not happen</button>
  </div>`;
}

/** Writes a visit of today. A second one on a day is counted, and said. */
function useVisit() {
  const { live, undo, ids } = useApp();
  const { stream } = usePerson();
  return async (/** @type {Pot} */ pot, /** @type {"happened" | "missed"} */ went) => {
    const row = ids();
    const on = live.today();
    const before = live.rows(stream, "entry").filter(({ body }) => isSame(body, pot.id, on)).length;
    /** @type {EntryRecord} */
    const facts = { pot: pot.id, kind: went === "missed" ? "service_missed" : "service_received", amount: 0, on, what: pot.name };
    await live.act({ act: "entry.record", stream, row, facts });
    const said = went === "missed" ? "It did not happen. That is written down." : "It happened. That is written down.";
    undo.say(before ? `${said} It is number ${before + 1} for today.` : said, () =>
      live.act({ act: "entry.void", stream, row, facts: { reversal: ids() } }));
  };
}

/**
 * A line of this pot and day that counts.
 * @param {import("../core/types.js").Facts} body
 * @param {string} pot
 * @param {string} on
 */
function isSame(body, pot, on) {
  return body["pot"] === pot && body["on"] === on && body["kind"] !== "reversal" && !body["superseded"];
}
