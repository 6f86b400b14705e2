/** All that this plan shares: on its way, shown, and over. */
import { html } from "htm/preact";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { textsIn } from "./share-facts.js";
import { TextRow } from "./share-parts.js";
import { OVER } from "./share-states.js";

/** @import {Row} from "../core/types.js" */

export default function Sharings() {
  const { live, router } = useApp();
  const person = usePerson();
  const group = router.place.value.query.get("group");
  const rows = textsIn(live.rows(person.stream, "sharing"), group);
  const over = rows.filter((row) => OVER.includes(String(row.body["state"])));
  const there = rows.filter((row) => !over.includes(row));
  const add = html`<a class="nhsuk-button" href=${person.path(group ? `share-example?group=${group}` : "share-example")}><${Icon} name="plus-bold" />Share something</a>`;
  const back = group ? { href: person.path(`group/${group}`), words: "Group" } : { href: person.path("groups"), words: "Groups" };
  return html`<${Screen} tab="more" title=${person.role === "holder" ? "What I share" : `What ${person.name} shares`} back=${back} dock=${there.length && person.can("manage") ? add : null}>
    <div class="stack stack--l">
      ${!there.length && html`<div class="card"><${Empty} icon="chat-circle-text" title="Nothing is shared" action=${person.can("manage") ? add : null}>
        What helped you may help somebody else. “A friend goes swimming with her” is enough.<//></div>`}
      ${there.length > 0 && html`<${List} rows=${there} />`}
      ${over.length > 0 && html`<section class="stack stack--s" aria-labelledby="over-head"><h2 id="over-head">Not shared any more</h2><${List} rows=${over} /></section>`}
    </div>
  <//>`;
}

/** @param {{rows: Row[]}} props */
function List({ rows }) {
  return html`<ul class="card card--rows">${rows.map((row) => html`<li key=${row.id}><${TextRow} row=${row} /></li>`)}</ul>`;
}
