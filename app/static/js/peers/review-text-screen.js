/**
 * The review: the text as people will read it. What was changed can be opened; what stands out can be hidden everywhere.
 * Nothing is agreed to in one go: three questions, each answered.
 */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary } from "../parts/fields.js";
import { Task, Undoing } from "../parts/frame.js";
import { sentenceOf } from "../plans/bits.js";
import { TOO_LATE } from "./late.js";
import { CodeList } from "./parts.js";
import { Answers, confirmFacts, missingAnswers, needsSecond } from "./review-answers.js";
import { Find } from "./review-find.js";
import { forgetHalfway, halfwayOf, keepHalfway } from "./review-halfway.js";
import { MarkedText } from "./review-marks.js";
import { finalText, partsOf, refusedWords } from "./review-text.js";
import { HarmHelp, WhoReads, useGroupOf, useStop } from "./share-parts.js";
import { kindWords } from "./share-states.js";
import { PART_WORDS, RECOGNISE } from "./words.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {Facts, Kept, Row} from "../core/types.js" */
/** @import {Decisions} from "./review-answers.js" */
/** @import {Checked, Segment} from "./review-text.js" */

/** @type {Decisions} */
const NOTHING = { hidden: [], revealed: [], named: "", neighbour: "", news: "", agreement: "", second: false };
const MOST = 100;

/** @typedef {{part: string, number: number}} Place */

/** @param {{row: Row}} props */
export function ReviewText({ row }) {
  const person = usePerson();
  const { body, id } = row;
  const checked = /** @type {Checked} */ (/** @type {unknown} */ (body["checked"]));
  const rare = body["rare"] === true;
  const { refusal, decided, decide, hide, show } = useDecisions(id);
  const [open, setOpen] = useState(/** @type {Place | null} */ (null));
  const agreement = useAgreement();
  const { problems, confirm } = useConfirm(id, decided, agreement !== null, refusal);
  const { name } = useGroupOf(String(body["group"]));
  return html`<${Task} title="Look at it before it goes" close=${person.path("sharings")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${confirm}><${Icon} name="check-bold" />${needsSecond(decided, rare) ? "Go on to a second reader" : `Share this with ${name}`}</button>`}>
    <div class="stack stack--l">
      <${ErrorSummary} problems=${problems} />
      ${refusal && refusal.code !== TOO_LATE && html`<${Refused} sentence=${refusal.sentence} checked=${checked} decided=${decided} hide=${hide} />`}
      <${Before} body=${body} />
      <${Shown} body=${body} checked=${checked} decided=${decided} onHide=${(/** @type {string} */ word) => hide([word])} onShow=${show} onOpen=${setOpen} />
      <${Undoing} />
      <${HideAnother} onHide=${(/** @type {string} */ word) => hide([word])} />
      <${WhoReads} group=${String(body["group"])} />
      <${Answers} decided=${decided} decide=${decide} problems=${problems} rare=${rare} recognised=${body["recognised"] === true} agreement=${agreement} />
      <${Leave} row=${row} />
    </div>
    ${open && html`<${Find} segment=${/** @type {Segment} */ (checked[open.part]?.[open.number])} shown=${decided.revealed.includes(`${open.part}:${open.number}`)}
      onClose=${() => setOpen(null)} onReveal=${(/** @type {boolean} */ on) => decide(revealing(decided, open, on))} onHide=${(/** @type {string} */ words) => hide([words])} />`}
  <//>`;
}

/** What was decided so far; after a refusal, what was confirmed then. @param {string} id */
function useDecisions(id) {
  const { live, undo } = useApp();
  const refusal = live.kept().filter(({ op }) => op.act === "sharing.confirm" && op.row === id).at(-1);
  const [decided, setDecided] = useState(() => halfwayOf(id) ?? { ...NOTHING, ...decidedBefore(refusal?.op.facts) });
  useEffect(() => void keepHalfway(id, decided), [id]);
  const decide = (/** @type {Partial<Decisions>} */ changes) => setDecided((before) => keepHalfway(id, { ...before, ...changes }));
  const hide = (/** @type {string[]} */ words) => {
    const hidden = [...new Set([...decided.hidden, ...words])];
    if (hidden.length > MOST) return undo.say("100 words are hidden already. Stop this text and write it in other words.");
    decide({ hidden });
    return undo.say(`“${words.join(", ")}” is hidden everywhere.`, async () => decide({ hidden: decided.hidden }));
  };
  const show = (/** @type {string} */ word) => decide({ hidden: decided.hidden.filter((one) => one.toLowerCase() !== word.toLowerCase()) });
  return { refusal, decided, decide, hide, show };
}

/** @param {string} id @param {Decisions} decided @param {boolean} agreement @param {Kept | undefined} refusal */
function useConfirm(id, decided, agreement, refusal) {
  const { live } = useApp();
  const { stream } = usePerson();
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const confirm = async () => {
    const found = missingAnswers(decided, agreement);
    if (Object.keys(found).length) return setProblems(found);
    const problem = await sentenceOf(() => live.act({ act: "sharing.confirm", stream, row: id, facts: confirmFacts(decided, agreement) }));
    if (problem) return setProblems({ "named-0": problem });
    forgetHalfway(id);
    return refusal && live.replica.discard([refusal.id]);
  };
  return { problems, confirm };
}

/** The questions are asked anew once something was shown that had been changed. @param {Decisions} decided @param {{part: string, number: number}} find @param {boolean} on */
function revealing({ revealed }, { part, number }, on) {
  const others = revealed.filter((one) => one !== `${part}:${number}`);
  return on ? { revealed: [...others, `${part}:${number}`], named: "", neighbour: "", news: "" } : { revealed: others };
}

/** What was refused by the second guard is there again, to be mended. @param {Facts | undefined} facts @returns {Partial<Decisions>} */
function decidedBefore(facts) {
  if (!facts) return {};
  const { hidden, revealed, agreement, second } = /** @type {Decisions} */ (/** @type {unknown} */ (facts));
  return { hidden, revealed, agreement: agreement ?? "", second: second ?? false };
}

/**
 * Whose yes is needed: a name where somebody without an account here has to be asked, "" where they say it themselves,
 * null where it is the person's own.
 * @returns {string | null}
 */
function useAgreement() {
  const { live } = useApp();
  const person = usePerson();
  const holder = live.rows(person.stream, "member").some(({ body }) => body["role"] === "holder" && !body["ended"]);
  return person.role === "holder" || holder ? null : person.name;
}

/**
 * What the second guard still found, where it stands, and one tap that hides it; nothing once it is hidden.
 * @param {{sentence: string, checked: Checked, decided: Decisions, hide: (words: string[]) => void}} props
 */
function Refused({ sentence, checked, decided, hide }) {
  const found = refusedWords(sentence);
  const text = (/** @type {string} */ part) => finalText(part, checked[part] ?? [], decided).toLowerCase();
  const there = found.filter((word) => Object.keys(checked).some((part) => text(part).includes(word.toLowerCase())));
  if (found.length > 0 && !there.length) return null;
  const places = Object.keys(PART_WORDS).filter((part) => part !== "words" && checked[part] && there.some((word) => text(part).includes(word.toLowerCase())));
  return html`<div class="note note--check" role="alert"><${Icon} name="warning-circle-bold" small /><div class="stack stack--s">
    <p><b>It was not taken yet.</b> ${sentence}</p>
    ${places.length > 0 && html`<p>It stands under ${places.map((part) => `“${PART_WORDS[part]}”`).join(" and ")}.</p>`}
    ${there.length > 0 && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => hide(there)}><${Icon} name="eye-slash-bold" small />Hide it everywhere</button>`}
  </div></div>`;
}

/** What has to be known before reading. @param {{body: Facts}} props */
function Before({ body }) {
  return html`<div class="stack">
    ${body["recognised"] && html`<${Note} kind="check" icon="user">Your second reader could tell who it is. Hide more, then ask somebody again.<//>`}
    ${body["harm"] && html`<${HarmHelp} />`}
    <p>This is what people will read. We changed names, places and what is rare. ${RECOGNISE}</p>
    <ul class="review-keys">
      <li><span class="redact redact--standin">Coloured words</span> were put in by us. Tap to see why.</li>
      <li><span class="redact redact--faint">Underlined words</span> are yours. Tap one to hide it everywhere.</li>
    </ul>
  </div>`;
}

/** @param {{body: Facts, checked: Checked, decided: Decisions, onHide: (word: string) => void, onShow: (word: string) => void, onOpen: (find: {part: string, number: number}) => void}} props */
function Shown({ body, checked, decided, onHide, onShow, onOpen }) {
  const parts = partsOf(checked, Object.keys(PART_WORDS));
  return html`<section aria-label=${kindWords(body)} class="card stack">
    ${parts.map((part) => html`<div key=${part}>${part !== "words" && html`<h2 class="small-head">${PART_WORDS[part]}</h2>`}
      <${MarkedText} part=${part} segments=${checked[part]} choices=${decided} onHide=${onHide} onShow=${onShow} onOpen=${(/** @type {number} */ number) => onOpen({ part, number })} /></div>`)}
    <${CodeList} codes=${body["codes"]} />
  </section>`;
}

/** For a word that is plain and still tells something, like a nickname. @param {{onHide: (word: string) => void}} props */
function HideAnother({ onHide }) {
  const [word, setWord] = useState("");
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (word.trim()) onHide(word.trim());
    setWord("");
  };
  return html`<form class="stack stack--s" onSubmit=${send}>
    <label class="nhsuk-label" for="another">Hide another word</label>
    <div class="duo"><input class="nhsuk-input" id="another" autocomplete="off" maxlength="100" value=${word} onInput=${(/** @type {Event} */ event) => setWord(/** @type {HTMLInputElement} */ (event.target).value)} />
    <button class="nhsuk-button nhsuk-button--secondary" type="submit">Hide it</button></div>
  </form>`;
}

/** @param {{row: Row}} props */
function Leave({ row }) {
  return html`<p><button class="plain plain--start" type="button" onClick=${useStop(row)}><${Icon} name="x-bold" small />Do not share it</button></p>`;
}
