/** The groups of this plan: what a group is, and how to find one. */
import { html } from "htm/preact";
import { Empty, Icon, LinkRow } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { groupsOf } from "./held.js";
import { peopleWords } from "./parts.js";

/** @import {Group} from "./held.js" */

export default function Groups() {
  const { live, router } = useApp();
  const person = usePerson();
  const groups = groupsOf(live, person.stream);
  const back = router.place.value.query.get("from") === "options" ? { href: person.path("options"), words: "Options" } : { href: person.path("more"), words: "More" };
  const tile = (/** @type {string} */ name) => html`<span class="tile"><${Icon} name=${name} /></span>`;
  return html`<${Screen} tab="more" title="Groups" back=${back} top=${html`<p class="asof lead">Ideas from other people's plans.</p>`}>
    <div class="stack">
      ${!groups.length && html`<div class="card"><${Empty} icon="users-three" title="You are in no group yet">
        In a group you read what others tried, what it cost and what helped. Your plan gets a made-up name there.<//></div>`}
      ${groups.length > 0 && html`<div class="card card--rows">${groups.map((group) => html`<${GroupRow} key=${group.id} group=${group} />`)}</div>`}
      <section aria-labelledby="find-head"><h2 id="find-head">${groups.length ? "Find another group" : "How to find one"}</h2>
        <div class="card"><ul class="can">
          <li><${Icon} name="envelope-simple" small /><span>Somebody in a group sends you its link, or shows you its square code. Open it with your camera.</span></li>
          <li><${Icon} name="hand" small /><span>You ask to join a group from the list. A moderator answers.</span></li>
          <li><${Icon} name="users-three" small /><span>You start a group. It opens when 5 people are in it.</span></li>
        </ul></div></section>
      <div class="card card--rows">
        <${LinkRow} href="/groups" title="Groups you can ask to join" quiet="This page needs signal." lead=${tile("magnifying-glass")} />
        <${LinkRow} href="/groups/new" title="Start a group" quiet="This page needs signal." lead=${tile("plus")} />
      </div>
    </div>
  <//>`;
}

/** @param {{group: Group}} props */
function GroupRow({ group }) {
  const person = usePerson();
  const lead = html`<span class="tile tile--tint"><${Icon} name="users-three" /></span>`;
  if (group.name === null) return html`<${LinkRow} href=${`/groups/${group.id}`} title="A group that is not here yet" quiet="Its name is being checked, or it comes with the next signal." lead=${lead} />`;
  return html`<${LinkRow} href=${person.path(`group/${group.id}`)} title=${group.name} quiet=${`You are ${group.seat.pseudonym} there. ${peopleWords(group)}`} lead=${lead} />`;
}
