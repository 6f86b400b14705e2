/** What waits on this phone and why; what could not be sent, as text to copy. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asOfMoment } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { counted } from "../core/outbox.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Screen } from "../parts/frame.js";
import { HandedIn } from "../people/handed.js";
import { isHereAlready } from "../receipts/waiting.js";
import { actWords, plainWords, reasonWords } from "./act-words.js";

/** @import {Facts, Kept, Op, OutboxItem} from "../core/types.js" */
/** @import {Live} from "../parts/live.js" */

export { HandedIn };

/** @type {{[phase: string]: string}} */
const PHASE_WORDS = {
  idle: "It goes on its own in a moment.",
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
  const here = kept.filter(isHereAlready);
  const lost = kept.filter((one) => !isHereAlready(one));
  return html`<${Screen} tab="more" title="What is sent" back=${{ href: person.path("more"), words: "More" }}
    dock=${waiting.length ? html`<button class="nhsuk-button" type="button" onClick=${() => live.sync.kick("tap")}>Send now</button>` : null}>
    <div class="stack">
      ${(waiting.length > 0 || phase !== "idle") && html`<${Note} icon="info-bold">${sentence ?? PHASE_WORDS[phase] ?? ""}<//>`}
      ${phase === "signin" && html`<a class="nhsuk-button nhsuk-button--secondary" href="/sign-in?next=/app/">Sign in</a>`}
      <p class="quiet">${lastContact ? `Last contact with the server: ${asOfMoment(new Date(lastContact), new Date(live.clock.now())).replace("as of ", "")}.` : "No contact yet."}</p>
      ${lost.length > 0 && html`<${AllNotTaken} kept=${lost} />`}
      ${here.length > 0 && html`<${HereAlready} kept=${here} />`}
      ${waiting.length > 0
        ? html`<h2>Waits on this ${deviceWord()}</h2><ul class="card card--rows">${waiting.map((item) => html`<${Waiting} key=${item.op.id} item=${item} />`)}</ul>`
        : !kept.length && html`<div class="card"><${Empty} icon="check-circle" title="Nothing waits">All that you wrote on this ${deviceWord()} is sent.<//></div>`}
      <${HandedIn} />
    </div>
  <//>`;
}

/** @param {{item: OutboxItem}} props */
function Waiting({ item }) {
  const { live } = useApp();
  return html`<li class="row"><span class="tile"><${Icon} name="device-mobile" /></span>
    <span class="row__body"><span class="row__title">${actWords(item.op)}</span><span class="quiet">${item.aside ?? shortly(item.op, lineOf(live, item.op))}</span></span></li>`;
}

/** All that could not be sent. @param {{kept: ReadonlyArray<Kept>}} props */
export function AllNotTaken({ kept }) {
  return html`<h2>Not taken</h2>
    <p>This is not in the plan. Copy your words and write them again, or let them go.</p>
    ${kept.map((words) => html`<${NotTaken} key=${words.id} words=${words} />`)}`;
}

/** Photos that somebody else sent before: nothing is lost, and nothing is to be written again. @param {{kept: ReadonlyArray<Kept>}} props */
function HereAlready({ kept }) {
  const { live } = useApp();
  const count = new Set(kept.map(({ op }) => op.facts["sha256"])).size;
  return html`<section class="card stack stack--s" aria-labelledby="here-already"><h2 id="here-already">${count === 1 ? "A photo is here already" : `${count} photos are here already`}</h2>
    <p>Somebody else sent the very same one. Nothing is lost. Ask them if the money is written down, so that it counts once.</p>
    <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => live.replica.discard(kept.map(({ id }) => id))}><${Icon} name="check-bold" small />I have read this</button>
  </section>`;
}

/** What could not be sent: its author can copy it for 7 days. What is let go of goes with the screen. @param {{words: Kept}} props */
function NotTaken({ words }) {
  const { live } = useApp();
  const [gone, setGone] = useState(false);
  const letGo = useRef(false);
  letGo.current = gone;
  useEffect(() => () => {
    if (letGo.current) void live.replica.discard([words.id]);
  }, []);
  if (gone) return html`<div role="status"><div class="undo"><span>You let it go.</span><button type="button" onClick=${() => setGone(false)}>Undo</button></div></div>`;
  return html`<${ToCopy} words=${words} onLetGo=${() => setGone(true)} />`;
}

/** @param {{words: Kept, onLetGo: () => void}} props */
function ToCopy({ words, onLetGo }) {
  const [said, setSaid] = useState("");
  const { live } = useApp();
  const text = plainWords({ ...lineOf(live, words.op), ...words.op.facts });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("It is copied.");
    } catch {
      setSaid("This could not be copied. Mark the words and copy them.");
    }
  };
  return html`<div class="card stack stack--s">
    <p><b>${actWords(words.op)}.</b> ${reasonWords(words.sentence)}</p>
    <pre class="copy" tabindex="0">${text}</pre>
    <div class="duo">
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${copy}><${Icon} name="copy-bold" small />Copy</button>
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onLetGo}><${Icon} name="trash-bold" small />I do not need it</button>
    </div>
    <p role="status" class="quiet">${said}</p>
  </div>`;
}

/**
 * The line that a correction or a taking back is about: it says only what changes.
 * @param {Live} live
 * @param {Op} op
 * @returns {Facts}
 */
function lineOf(live, { act, stream, row }) {
  const line = act === "entry.correct" || act === "entry.void" ? live.replica.row(stream, "entry", row)?.body : undefined;
  return line ? { what: line["merchant"] || line["what"] || "", on: line["on"] ?? null } : {};
}

/** @param {Op} op @param {Facts} line */
function shortly({ facts }, line) {
  const changes = /** @type {Facts} */ (facts["changes"] ?? {});
  const { amount, what, words } = { ...line, ...facts, ...changes };
  const sum = typeof amount === "number" ? formatAmount(amount) : "";
  return [sum, String(what ?? words ?? "")].filter(Boolean).join(", ").slice(0, 80);
}
