/** The rules of a group, one's name in it, whom one does not want to read, and the way out. */
import { html } from "htm/preact";
import { Icon, LinkRow } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { blockedBy, groupOf } from "./held.js";
import { peopleWords } from "./parts.js";
import { RULES } from "./rules.js";

/** @import {Group} from "./held.js" */

export default function GroupRules() {
  const { live, router } = useApp();
  const person = usePerson();
  const group = groupOf(live, person.stream, router.place.value.rest[0] ?? "");
  const back = { href: person.path(group ? `group/${group.id}` : "groups"), words: group ? "Group" : "Groups" };
  if (!group?.name) return html`<${Missing} tab="more" what="This group" back=${back} />`;
  const tile = (/** @type {string} */ name) => html`<span class="tile"><${Icon} name=${name} /></span>`;
  return html`<${Screen} tab="more" title="Rules and your name" back=${back} top=${html`<p class="asof lead">${group.name}</p>`}>
    <div class="stack">
      <section class="card stack stack--s" aria-labelledby="name-head"><h2 id="name-head">Your name here</h2>
        <p>You are <b>${group.seat.pseudonym}</b>. The name is used in this group alone.</p>
        <p>Others see neither your account nor your plan. Someone who knows you well may still recognise you.</p></section>
      <section class="card stack stack--s" aria-labelledby="rules-head"><h2 id="rules-head">The rules</h2>
        <ul class="can">${RULES.map((rule) => html`<li key=${rule}><${Icon} name="check-bold" small /><span>${rule}</span></li>`)}</ul></section>
      <section class="card stack stack--s" aria-labelledby="who-head"><h2 id="who-head">Who is here</h2>
        <p>${peopleWords(group)} ${moderatorWords(group)}</p></section>
      <${Unread} group=${group} />
      <div class="card card--rows">
        <${LinkRow} href=${`/groups/${group.id}`} title=${group.seat.role === "moderator" ? "Moderators, link and leaving" : "Leave this group"} quiet="All that you shared here goes with you. This page needs signal." lead=${tile("sign-out")} />
      </div>
    </div>
  <//>`;
}

/** Members whom this plan does not read. @param {{group: Group}} props */
function Unread({ group }) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const blocked = blockedBy(live, person.stream);
  const found = group.seats.filter((one) => blocked.has(one.id));
  if (!found.length) return null;
  const say = (/** @type {string} */ about, /** @type {boolean} */ on) => live.act({ act: "mark.write", stream: person.stream, row: ids(), facts: { group: group.id, kind: "blocked", about, on } });
  const read = async (/** @type {string} */ seat, /** @type {string} */ name) => {
    await say(seat, false);
    undo.say(`You read ${name} again.`, () => say(seat, true));
  };
  return html`<section aria-labelledby="unread-head"><h2 id="unread-head">Whom you do not read</h2>
    <ul class="card card--rows">${found.map(({ id, pseudonym }) => html`<li class="row" key=${id}><span class="row__body row__title">${pseudonym}</span>
      <button class="plain" type="button" onClick=${() => read(id, pseudonym)}>Read again<span class="hide">: ${pseudonym}</span></button></li>`)}</ul></section>`;
}

/** @param {Group} group */
function moderatorWords({ seats, seat }) {
  const names = seats.filter((one) => one.role === "moderator").map((one) => (one.id === seat.id ? "you" : one.pseudonym));
  if (!names.length) return "";
  const last = names.pop() ?? "";
  const all = names.length ? `${names.join(", ")} and ${last}` : last;
  if (all === "you") return "You are the only moderator: you look at what is reported. Make somebody else one too.";
  return names.length ? `The moderators are ${all}. They look at what is reported.` : `The moderator is ${all}, who looks at what is reported.`;
}
