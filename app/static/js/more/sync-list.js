/** What waits on this phone and why; what could not be sent, as text to copy. */
import { html } from "htm/preact";
import { asOfMoment } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { counted } from "../core/outbox.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";

/** @import {Facts, Kept, Op, OutboxItem} from "../core/types.js" */

/** @type {{[act: string]: string}} */
const ACT_WORDS = {
  "goal.write": "A goal",
  "goal.remove": "A goal taken away",
  "entry.record": "A line of money",
  "entry.correct": "A correction",
  "entry.void": "A line taken back",
  "pot.write": "A pot",
  "pot.transfer": "Money moved",
  "period.write": "What was agreed",
  "period.end": "The end of a period",
  "commitment.write": "A promise",
  "file.announce": "A photo",
  "receipt.read": "A photo of a receipt",
  "receipt.drop": "A photo put away",
  "person.write": "The person's name or colour",
  "conflict.choose": "A choice between two",
};
/** @type {{[phase: string]: string}} */
const PHASE_WORDS = {
  idle: "Everything that could be sent is sent.",
  sending: "Sending now.",
  waiting: "It goes on its own in a moment.",
  offline: "No signal. Everything works. What waits goes on its own.",
  signin: "Sign in to send what waits. Nothing is lost.",
  update: "A new version is needed to send. Nothing is lost.",
  other_account: "Another account is signed in here. Sign in with yours to send.",
  full: "This phone has no room left. Free some space, then try again.",
};

export default function SyncList() {
  const { live } = useApp();
  const person = usePerson();
  const { phase, sentence, lastContact } = live.status.value;
  const waiting = counted(live.outbox().filter((item) => item.done === null));
  const kept = live.kept();
  return html`<${Screen} tab="more" title="What is sent" back=${{ href: person.path("more"), words: "More" }}
    dock=${waiting.length ? html`<button class="nhsuk-button" type="button" onClick=${() => live.sync.kick("tap")}>Send now</button>` : null}>
    <div class="stack">
      <${Note} icon=${phase === "idle" ? "check-circle-bold" : "info-bold"}>${sentence ?? PHASE_WORDS[phase] ?? ""}<//>
      ${phase === "signin" && html`<a class="nhsuk-button nhsuk-button--secondary" href="/sign-in?next=/app/">Sign in</a>`}
      <p class="quiet">${lastContact ? `Last contact: ${asOfMoment(new Date(lastContact), new Date(live.clock.now()))}.` : "No contact yet."}</p>
      ${waiting.length > 0
        ? html`<h2>Waits on this phone</h2><ul class="card card--rows">${waiting.map((item) => html`<${Waiting} key=${item.op.id} item=${item} />`)}</ul>`
        : html`<div class="card"><${Empty} icon="check-circle" title="Nothing waits">All that you wrote on this phone is sent.<//></div>`}
      ${kept.length > 0 && html`<h2>Not taken</h2>${kept.map((words) => html`<${NotTaken} key=${words.id} words=${words} />`)}`}
    </div>
  <//>`;
}

/** @param {{item: OutboxItem}} props */
function Waiting({ item }) {
  return html`<li class="row"><span class="tile"><${Icon} name="device-mobile" /></span>
    <span class="row__body"><span class="row__title">${ACT_WORDS[item.op.act] ?? item.op.act}</span><span class="quiet">${item.aside ?? shortly(item.op)}</span></span></li>`;
}

/** What could not be sent: its author can copy it for 7 days. @param {{words: Kept}} props */
function NotTaken({ words }) {
  const { live } = useApp();
  const text = plain(words.op.facts);
  return html`<div class="card stack stack--s">
    <p><b>${ACT_WORDS[words.op.act] ?? words.op.act}.</b> ${words.sentence}</p>
    <pre class="copy" tabindex="0">${text}</pre>
    <div class="duo">
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => navigator.clipboard?.writeText(text)}><${Icon} name="copy-bold" small />Copy</button>
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => live.replica.discard([words.id])}><${Icon} name="trash-bold" small />I do not need it</button>
    </div>
  </div>`;
}

/** @param {Op} op */
function shortly(op) {
  const { amount, what, words } = op.facts;
  const sum = typeof amount === "number" ? formatAmount(amount) : "";
  return [sum, String(what ?? words ?? "")].filter(Boolean).join(", ").slice(0, 80);
}

/** @param {Facts} facts */
function plain(facts) {
  const lines = Object.entries(facts).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return lines.map(([name, value]) => (name === "amount" ? formatAmount(Number(value)) : String(value))).join("\n");
}
