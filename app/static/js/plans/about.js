/** About me, and what I am good at: all headings in own words, each with a way to write and to look back. */
import { html } from "htm/preact";
import { Icon, Kept, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Disputed, useSource } from "./bits.js";
import { HEADINGS, aboutId } from "./headings.js";
import { allWritten, earlierWords } from "./history.js";

/** @import {Heading} from "./headings.js" */

export default function About() {
  const { live } = useApp();
  const person = usePerson();
  const id = aboutId(person.id);
  const about = live.row(person.stream, "about", id)?.body ?? {};
  const written = allWritten(useSource());
  const has = (/** @type {Heading} */ { field }) => String(about[field] ?? "") !== "";
  const open = HEADINGS.filter((one) => !has(one));
  return html`<${Screen} tab="plan" title=${person.role === "holder" ? "About me" : `About ${person.name}`} back=${{ href: person.path("plan"), words: "Plan" }}>
    <div class="stack">
      <p>Write as much or as little as you like. Whoever helps should know these things first.</p>
      ${open.length < HEADINGS.length && html`<p><${Kept} row=${id} /></p>`}
      <${Disputed} row=${id} />
      ${HEADINGS.filter(has).map((heading) => html`<${Said} key=${heading.field} heading=${heading} words=${String(about[heading.field])}
        before=${earlierWords(written, { row: id, field: heading.field, now: String(about[heading.field]) }).length} />`)}
      ${person.can("write_plan") && open.length > 0 && html`<section class="stack stack--s"><h2>${open.length === HEADINGS.length ? "Start anywhere" : "What you could add"}</h2>
        <div class="card card--rows">${open.map((heading) => html`<${Ask} key=${heading.field} heading=${heading} />`)}</div></section>`}
    </div>
  <//>`;
}

/** @param {{heading: Heading, words: string, before: number}} props */
function Said({ heading, words, before }) {
  const person = usePerson();
  const id = aboutId(person.id);
  return html`<section class="stack stack--s">
    <h2>${heading.title}</h2>
    <div class="said"><${Words} text=${words} /></div>
    <div class="ways">
      ${person.can("write_plan") && html`<a class="plain" href=${person.path(`about-write/${heading.field}`)}><${Icon} name="pencil-simple" small />Change<span class="hide"> “${heading.title}”</span></a>`}
      ${before > 0 && html`<a class="plain" href=${person.path(`earlier/about/${id}/${heading.field}`)}><${Icon} name="clock-bold" small />See earlier words<span class="hide"> of “${heading.title}”</span></a>`}
    </div>
  </section>`;
}

/** @param {{heading: Heading}} props */
function Ask({ heading }) {
  const person = usePerson();
  return html`<a class="row" href=${person.path(`about-write/${heading.field}`)}><span class="tile tile--tint"><${Icon} name="plus" /></span>
    <span class="row__body"><span class="row__title">${heading.title}</span><span class="quiet">${heading.ask}</span></span></a>`;
}
