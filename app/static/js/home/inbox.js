/** One inbox over everybody whose plan one may open: what waits, under whose name, each a tap from its place. */
import { html } from "htm/preact";
import { Avatar, Icon, LinkRow, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Screen } from "../parts/frame.js";
import { allThings } from "./all-things.js";

/** @import {Person} from "../parts/live.js" */

export default function Inbox() {
  const { live } = useApp();
  const open = usePerson();
  return html`<${Screen} tab="home" title="What waits" back=${{ href: open.path("home"), words: "Home" }}>
    <div class="stack stack--l">${live.people().map((person) => html`<${Waits} key=${person.id} person=${person} />`)}</div>
  <//>`;
}

/** @param {{person: Person}} props */
function Waits({ person }) {
  const { live } = useApp();
  const things = allThings(live, person.id);
  const known = live.replica.known(`person:${person.id}`);
  return html`<section class="waits" data-person=${person.colour} aria-labelledby=${`waits-${person.id}`}>
    <h2 class="waits__name" id=${`waits-${person.id}`}><${Avatar} name=${person.name} colour=${person.colour} />${person.name}</h2>
    ${things.length > 0 && html`<ul class="card card--rows">${things.map((one) => html`<li key=${one.key}>
      <${LinkRow} href=${one.href ?? `/app/${person.id}/${one.screen}`} title=${one.title} quiet=${one.quiet} lead=${html`<span class="tile tile--tint"><${Icon} name=${one.icon} /></span>`} />
    </li>`)}</ul>`}
    ${!things.length && known && html`<${Note} kind="good" icon="check-bold" title="All is looked at.">Nothing waits for ${person.name}.<//>`}
    ${!known && html`<${Note} title="Not all is here yet.">This ${deviceWord()} has not received the whole plan.<//>`}
  </section>`;
}
