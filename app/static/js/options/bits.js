/** Small parts of the screens about support. */
import { html } from "htm/preact";
import { Icon, Tag } from "../parts/bits.js";
import { usePerson } from "../parts/context.js";
import { EVIDENCE, costWords } from "./words.js";

/** @import {Option} from "./search.js" */

/**
 * Three bars and their words; the words carry it.
 * @param {{level: number}} props
 */
export function Evidence({ level }) {
  return html`<span class="evidence"><span class="bars" data-level=${level} aria-hidden="true"><i></i><i></i><i></i></span>${EVIDENCE[level]}</span>`;
}

/**
 * One option in a list; the whole card is the link.
 * @param {{option: Option, href: string, chosen: boolean}} props
 */
export function OptionCard({ option, href, chosen }) {
  return html`<a class="card option" href=${href}>
    <span class="option__top">
      <span class="tile tile--tint"><${Icon} name=${option.icon} /></span>
      <span class="option__body"><span class="option__name">${option.name}</span> <span class="option__what">${option.what}</span></span>
    </span>
    ${chosen && html`<${Tag} kind="good" icon="check-bold">Chosen<//>`}
    <span class="option__foot"><b>${costWords(option.cost)}</b><${Evidence} level=${option.evidence.level} /></span>
  </a>`;
}

/** What stands there before the directory came. */
export function NotHereYet() {
  const person = usePerson();
  return html`<div class="card stack">
    <h2>The ideas are not on this phone yet</h2>
    <p>They come by themselves when there is signal. After that you can search them anywhere.</p>
    ${person.can("write_plan") && html`<p>You can write down your own idea now. It needs no signal.</p>`}
  </div>`;
}
