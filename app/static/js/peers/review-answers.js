/** What is asked before a text may go: three questions, whose yes it needs, and whether a second person reads it. */
import { html } from "htm/preact";
import { Note } from "../parts/bits.js";
import { Radios } from "../parts/fields.js";

/** @import {SharingConfirm} from "../core/operations.js" */
/** @import {Problems} from "../parts/fields.js" */
/** Answers are "" until they are given. @typedef {{hidden: string[], revealed: string[], named: string, neighbour: string, news: string, agreement: string, second: boolean}} Decisions */

/** @type {Array<["named" | "neighbour" | "news", string, string]>} */
const QUESTIONS = [
  ["named", "Is somebody still named, or called by a nickname?", "Names of pets, schools and clubs count too."],
  ["neighbour", "Would a neighbour know who it is?", "Think of somebody who lives in your street."],
  ["news", "Was it in the news, or is it the only one of its kind?", "A rare illness, a prize, something only you have."],
];
/** @type {Array<[string, string]>} */
const ANSWERS = [["no", "No"], ["maybe", "I am not sure"], ["yes", "Yes"]];
const CHOOSE = "Choose one answer.";
const HIDE_FIRST = "Hide the name first: tap it in the text. Then answer this again.";

/** @param {Decisions} decided @param {boolean} rare */
export function needsSecond({ neighbour, news, second }, rare) {
  return rare || second || ["yes", "maybe"].includes(neighbour) || ["yes", "maybe"].includes(news);
}

/** What is still to be answered, by the field to go to. @param {Decisions} decided @param {boolean} agreement @returns {Problems} */
export function missingAnswers(decided, agreement) {
  /** @type {Problems} */
  const found = {};
  for (const [name, words] of QUESTIONS) if (!decided[name]) found[`${name}-0`] = `Answer this: ${words}`;
  if (decided.named && decided.named !== "no") found["named-0"] = HIDE_FIRST;
  if (agreement && !decided.agreement) found["agreement-0"] = "Say what the person wants.";
  return found;
}

/** @param {Decisions} decided @param {boolean} agreement @returns {SharingConfirm} */
export function confirmFacts({ agreement: said, ...decided }, agreement) {
  return /** @type {SharingConfirm} */ ({ ...decided, ...(agreement ? { agreement: said } : {}) });
}

/**
 * @param {{decided: Decisions, decide: (changes: Partial<Decisions>) => void, problems: Problems, rare: boolean, recognised: boolean, agreement: string | null}} props
 */
export function Answers({ decided, decide, problems, rare, recognised, agreement }) {
  return html`<section class="stack" aria-labelledby="answers-head"><h2 id="answers-head">Three questions</h2>
    ${QUESTIONS.map(([name, words, hint]) => html`<${Radios} key=${name} id=${name} legend=${words} hint=${hint} value=${decided[name]} options=${ANSWERS}
      problem=${name === "named" && decided.named && decided.named !== "no" ? HIDE_FIRST : problems[`${name}-0`] && CHOOSE} onInput=${(/** @type {string} */ value) => decide({ [name]: value })} />`)}
    ${agreement !== null && html`<${Agreement} name=${agreement} value=${decided.agreement} problem=${problems["agreement-0"]} onInput=${(/** @type {string} */ value) => decide({ agreement: value })} />`}
    <${Second} decided=${decided} rare=${rare} recognised=${recognised} decide=${decide} />
  </section>`;
}

/** @param {{name: string, value: string, problem: string | undefined, onInput: (value: string) => void}} props */
function Agreement({ name, value, problem, onInput }) {
  const options = [["agreed", `${name} agrees`], ["young", `${name} is too young to decide`], ["cannot", `${name} cannot decide this`]];
  return html`<${Radios} id="agreement" legend=${`What does ${name} want?`} hint=${`Show ${name} the text first, in a way that works for them. If they say no, do not share it.`}
    value=${value} options=${options} problem=${problem} onInput=${onInput} />`;
}

/** @param {{decided: Decisions, rare: boolean, recognised: boolean, decide: (changes: Partial<Decisions>) => void}} props */
function Second({ decided, rare, recognised, decide }) {
  const why = recognised ? "The last one could tell who it is." : rare ? "Something in it is rare." : "You were not sure.";
  if (needsSecond({ ...decided, second: false }, rare)) {
    return html`<${Note} kind="check" icon="user" title="A second reader is next.">${why} Somebody you trust reads it before it is shown.<//>`;
  }
  return html`<div class="nhsuk-checkboxes"><div class="nhsuk-checkboxes__item">
    <input class="nhsuk-checkboxes__input" id="second" type="checkbox" autocomplete="off" checked=${decided.second} onChange=${(/** @type {Event} */ event) => decide({ second: /** @type {HTMLInputElement} */ (event.target).checked })} />
    <label class="nhsuk-label nhsuk-checkboxes__label" for="second">I want somebody else to read it first</label></div></div>`;
}
