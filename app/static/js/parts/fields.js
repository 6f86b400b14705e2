/** Form parts. Bad input gets a clear sentence and loses nothing. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./bits.js";
import { fullDay, isDate, weekday } from "../core/dates.js";
import { lengthWords, mostIn, useHold } from "./bounds.js";
import { useApp } from "./context.js";

/** @import {ComponentChildren} from "preact" */
/** @typedef {{[field: string]: string}} Problems  field id to sentence */

/**
 * What has to be mended, on top of a form, with links to the fields. It takes the focus when it comes.
 * @param {{problems: Problems}} props
 */
export function ErrorSummary({ problems }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const found = Object.entries(problems);
  const key = JSON.stringify(problems);
  useEffect(() => {
    if (found.length) box.current?.focus();
  }, [key]);
  if (!found.length) return null;
  return html`<div class="nhsuk-error-summary" role="alert" tabindex="-1" ref=${box}>
    <h2 class="nhsuk-error-summary__title">${found.length === 1 ? "One thing to mend" : `${found.length} things to mend`}</h2>
    <ul class="nhsuk-list nhsuk-error-summary__list">
      ${found.map(([id, sentence]) => html`<li key=${id}><a href=${`#${id}`} onClick=${(/** @type {Event} */ event) => jump(event, id)}>${sentence}</a></li>`)}
    </ul>
  </div>`;
}

/**
 * A label, a hint, a problem and the control.
 * @param {{id: string, label: ComponentChildren, hint?: string | undefined, problem?: string | undefined, children: ComponentChildren}} props
 */
export function Field({ id, label, hint, problem, children }) {
  return html`<div class=${`nhsuk-form-group${problem ? " nhsuk-form-group--error" : ""}`}>
    <label class="nhsuk-label" for=${id}>${label}</label>
    ${hint && html`<div class="nhsuk-hint" id=${`${id}-hint`}>${hint}</div>`}
    ${problem && html`<p class="nhsuk-error-message" id=${`${id}-problem`}><${Icon} name="warning-circle-bold" small /> ${problem}</p>`}
    ${children}
  </div>`;
}

const A_DAY = "Day, month and year, like 21 November 2026.";
const HALF_A_DAY = "This is no whole day. Write day, month and year, or empty the field.";

/**
 * A day. Browsers write it in their own order: what is chosen stands there in words. Half a day is told, not lost.
 * `ahead` says what a day means that is still to come, where most often it is a slip.
 * @param {{id: string, label: ComponentChildren, value: string, onInput: (value: string) => void, hint?: string | undefined, problem?: string | undefined,
 *   ahead?: string | undefined}} props
 */
function DayField({ id, label, value, onInput, hint, problem: found, ahead }) {
  const { live } = useApp();
  const [half, setHalf] = useState(false);
  const control = useRef(/** @type {HTMLInputElement | null} */ (null));
  useHold(control, half);
  const problem = half ? HALF_A_DAY : found;
  const said = [hint, isDate(value) ? "" : A_DAY].filter(Boolean).join(" ");
  const described = [said && `${id}-hint`, problem && `${id}-problem`, isDate(value) && `${id}-words`].filter(Boolean).join(" ") || undefined;
  const later = ahead && isDate(value) && value > live.today();
  const look = () => setHalf(control.current?.validity.badInput ?? false);
  return html`<${Field} id=${id} label=${label} hint=${said || undefined} problem=${problem}>
    <div class=${isDate(value) ? "day day--said" : "day"}>
      <input type="date" class="nhsuk-input" ref=${control} id=${id} name=${id} value=${value} autocomplete="off" aria-describedby=${described}
        aria-invalid=${problem ? "true" : undefined} onBlur=${look}
        onInput=${(/** @type {Event} */ event) => { if (half) look(); onInput(/** @type {HTMLInputElement} */ (event.target).value); }} />
      ${isDate(value) && html`<p class="day__words" id=${`${id}-words`}>${weekday(value)} ${fullDay(value)}</p>`}
    </div>
    ${ahead && html`<p role="status" class=${later ? "kept kept--phone" : ""}>${later && html`<${Icon} name="warning-circle-bold" />This day is still to come. ${ahead}`}</p>`}
  <//>`;
}

/**
 * @param {{id: string, label: ComponentChildren, value: string, onInput: (value: string) => void, hint?: string,
 *   problem?: string | undefined, rows?: number, own?: boolean, type?: string, mode?: string, money?: boolean, autofocus?: boolean, most?: number,
 *   ahead?: string | undefined}} props
 * `rows` makes it a text area; `own` shows what is written as a person's own words; `most` is another bound than usual.
 */
export function TextField(props) {
  const { id, label, value, onInput, hint, problem, ahead } = props;
  return props.type === "date" ? html`<${DayField} ...${{ id, label, value, onInput, hint, problem, ahead }} />` : html`<${WordsField} ...${props} />`;
}

/** @param {Parameters<typeof TextField>[0]} props */
function WordsField({ id, label, value, onInput, hint, problem: found, rows, own, type = "text", mode, money, autofocus, most }) {
  const { fault, near } = lengthWords(value, most ?? mostIn(id, { long: Boolean(rows || own), type, mode }));
  const problem = fault ?? found;
  const described = [hint && `${id}-hint`, problem && `${id}-problem`, near && `${id}-room`].filter(Boolean).join(" ") || undefined;
  const common = {
    id,
    name: id,
    value,
    "aria-describedby": described,
    "aria-invalid": problem ? "true" : undefined,
    onInput: (/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.target).value),
  };
  const start = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (autofocus) start.current?.focus();
  }, []);
  useHold(start, fault !== null);
  const control = rows
    ? html`<textarea ...${common} autocomplete="off" ref=${start} class=${`nhsuk-textarea${own ? " words" : ""}`} rows=${rows} dir="auto"></textarea>`
    : html`<input ...${common} ref=${start} type=${type} inputmode=${mode} autocomplete="off" class=${`nhsuk-input${money ? " input--money" : ""}`} />`;
  return html`<${Field} id=${id} label=${label} hint=${hint} problem=${problem}>${control}${near && html`<p class="quiet" id=${`${id}-room`}>${near}</p>`}<//>`;
}

/**
 * @param {{id: string, label: ComponentChildren, value: string, onInput: (value: string) => void, options: Array<[string, string]>,
 *   hint?: string, problem?: string | undefined}} props
 */
export function SelectField({ id, label, value, onInput, options, hint, problem }) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  return html`<${Field} id=${id} label=${label} hint=${hint} problem=${problem}>
    <select autocomplete="off" class="nhsuk-select" id=${id} value=${value} aria-describedby=${described} aria-invalid=${problem ? "true" : undefined}
      onChange=${(/** @type {Event} */ event) => onInput(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([code, words]) => html`<option key=${code} value=${code} selected=${code === value}>${words}</option>`)}
    </select>
  <//>`;
}

/**
 * A few answers, one of them chosen.
 * @param {{id: string, legend: ComponentChildren, value: string, onInput: (value: string) => void, options: Array<[string, ComponentChildren, string?]>,
 *   hint?: string, problem?: string | undefined}} props
 */
export function Radios({ id, legend, value, onInput, options, hint, problem }) {
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  return html`<div class=${`nhsuk-form-group${problem ? " nhsuk-form-group--error" : ""}`}>
    <fieldset class="nhsuk-fieldset" aria-describedby=${described}>
      <legend class="nhsuk-label">${legend}</legend>
      ${hint && html`<div class="nhsuk-hint" id=${`${id}-hint`}>${hint}</div>`}
      ${problem && html`<p class="nhsuk-error-message" id=${`${id}-problem`}><${Icon} name="warning-circle-bold" small /> ${problem}</p>`}
      <div class="nhsuk-radios" id=${id}>
        ${options.map(([code, words, more], at) => html`<div class="nhsuk-radios__item" key=${code}>
          <input class="nhsuk-radios__input" type="radio" name=${id} id=${`${id}-${at}`} value=${code} checked=${code === value}
            onChange=${() => onInput(code)} />
          <label class="nhsuk-label nhsuk-radios__label" for=${`${id}-${at}`}>${words}</label>
          ${more && html`<div class="nhsuk-hint nhsuk-radios__hint">${more}</div>`}
        </div>`)}
      </div>
    </fieldset>
  </div>`;
}

/**
 * To the field, or to the chosen or first answer of a group: a group itself takes no focus.
 * @param {Event} event
 * @param {string} id
 */
function jump(event, id) {
  event.preventDefault();
  const found = document.getElementById(id);
  const answer = found?.querySelector("input:checked") ?? found?.querySelector("input, select, textarea, button");
  (answer instanceof HTMLElement ? answer : found)?.focus();
}
