/** What stood in one field before; any of it can be brought back. Nothing written is lost. */
import { html } from "htm/preact";
import { Empty, Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { ByWhom, useSource } from "./bits.js";
import { headingOf } from "./headings.js";
import { allWritten, earlierWords } from "./history.js";

/** @import {ActRequest} from "../core/compose.js" */

/** @type {{[field: string]: string}} */
const TITLES = { words: "What you want", why: "Why it matters", closing_words: "How it is now" };
/** @type {{[kind: string]: (row: string) => string}} */
const HOMES = { about: () => "about", goal: (row) => `goal/${row}`, step: () => "plan" };

export default function Earlier() {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const [kind = "", row = "", field = ""] = router.place.value.rest;
  const now = String(live.row(person.stream, kind, row)?.body[field] ?? "");
  const found = earlierWords(allWritten(useSource()), { row, field, now });
  const home = person.path(HOMES[kind]?.(row) ?? "plan");
  const write = (/** @type {string} */ words) =>
    live.act(/** @type {ActRequest} */ ({ act: `${kind}.write`, stream: person.stream, row, facts: { [field]: words } }));
  const bring = async (/** @type {string} */ words) => {
    await write(words);
    router.leave(home);
    undo.say("The earlier words stand there again.", () => write(now));
  };
  const title = headingOf(field)?.title ?? TITLES[field] ?? "These words";
  return html`<${Screen} tab="plan" title="Earlier words" back=${{ href: home, words: "Back" }}>
    <div class="stack">
      <h2>${title}</h2>
      <section class="stack stack--s" aria-labelledby="now"><h3 class="small-head" id="now">It says now</h3>
        ${now ? html`<div class="said"><${Words} text=${now} small /></div>` : html`<p class="quiet">Nothing stands there now.</p>`}</section>
      <h3 class="small-head">It said before</h3>
      ${!found.length && html`<div class="card"><${Empty} icon="clock" title="Nothing was changed yet">When you change these words, the earlier ones stay here.<//></div>`}
      ${found.map((one, at) => html`<article key=${at} class="card stack stack--s"><${Words} text=${one.value} small /><${ByWhom} one=${one} />
        ${person.can("write_plan") && html`<button class="plain" type="button" onClick=${() => bring(one.value)}><${Icon} name="arrow-counter-clockwise-bold" small />Bring these back<span class="hide">: ${one.value.slice(0, 60)}</span></button>`}
      </article>`)}
    </div>
  <//>`;
}
