/** Money in: from the funder, from the person, a refund, or paid back to the person. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { NotAnAmount, formatAmount, parseAmount } from "../core/money.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { COUNTS_LATER, lineProblems } from "./line-problems.js";

/** @import {Problems} from "../parts/fields.js" */

/** @param {{own: boolean, whose: string}} person @returns {Array<[string, string, string?]>} */
const kindsOf = ({ own, whose }) => [
  ["instalment", "The funder paid in"],
  ["contribution", own ? "I put money in" : `${whose} own money was put in`],
  ["refund", "A shop gave money back"],
  ["payback", "The pot pays me back", "For what I paid myself before."],
  ["repayment", own ? "I gave money back to the funder" : "Money went back to the funder"],
];
/** @type {{[kind: string]: string}} */
const WHAT = { instalment: "Paid in", contribution: "Put in", refund: "Refund", payback: "Paid back", repayment: "Given back" };

export default function MoneyIn() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const pots = potFigures(moneyRows(live, person.stream), live.today()).filter((one) => !isNotional(one.pot));
  const asked = router.place.value.query;
  const [draft, setDraft, begun] = useDraft(() => ({ kind: asked.get("kind") ?? "instalment", amount: "", on: live.today(), pot: asked.get("pot") ?? pots[0]?.pot.id ?? "", what: "" }), { fresh: true });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof typeof draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const chosen = pots.find((one) => one.pot.id === draft.pot);
  const owed = chosen?.balance.owed ?? 0;
  const save = async () => {
    const row = ids();
    const amount = read(draft.amount, chosen?.pot.currency);
    if (typeof amount === "string") return setProblems({ amount });
    const kind = /** @type {import("./rules.js").CountedKind} */ (draft.kind);
    const facts = { pot: draft.pot, kind, amount, on: draft.on, what: draft.what || (WHAT[draft.kind] ?? "") };
    const found = lineProblems(facts, chosen?.pot);
    if (Object.keys(found).length) return setProblems(found);
    const problem = await sentenceOf(() => begun.saving(() => live.act({ act: "entry.record", stream: person.stream, row, facts })));
    if (problem) return setProblems({ what: problem });
    begun.done(person.path("money"));
    undo.say(`${formatAmount(amount, chosen?.pot.currency)} is written down.`, () => live.act({ act: "entry.void", stream: person.stream, row, facts: { reversal: ids() } }));
    return undefined;
  };
  return html`<${Task} title="Money in" close=${person.path("money")} dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      <${Radios} id="kind" legend="What happened?" value=${draft.kind} onInput=${set("kind")} options=${kindsOf(person)} />
      <${TextField} id="amount" label="How much?" value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problems["amount"]}
        hint=${draft.kind === "payback" && owed > 0 ? `This pot owes ${formatAmount(owed, chosen?.pot.currency)} to whoever paid.` : undefined} />
      <${Radios} id="pot" legend="Which pot?" value=${draft.pot} onInput=${set("pot")} options=${pots.map((one) => [one.pot.id, one.pot.name])} problem=${problems["pot"]} />
      <${TextField} id="on" label="When?" type="date" value=${draft.on} onInput=${set("on")} problem=${problems["on"]} ahead=${COUNTS_LATER} />
      <${TextField} id="what" label="A few words" hint="You can leave this out." value=${draft.what} onInput=${set("what")} problem=${problems["what"]} />
    </div>
  <//>`;
}

/**
 * The amount, or the sentence that says what to mend.
 * @param {string} text
 * @param {import("../core/money.js").Currency} [currency]
 */
export function read(text, currency) {
  try {
    return parseAmount(text, currency);
  } catch (error) {
    if (!(error instanceof NotAnAmount)) throw error;
    return error.message;
  }
}
