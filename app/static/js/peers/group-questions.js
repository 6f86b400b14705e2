/** Questions in a group that nobody has answered yet, each with the example it is about. */
import { html } from "htm/preact";
import { Empty, Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { unanswered } from "./finding.js";
import { groupOf, readIn } from "./held.js";
import { SaidBy } from "./parts.js";

export default function GroupQuestions() {
  const { live, router } = useApp();
  const person = usePerson();
  const group = groupOf(live, person.stream, router.place.value.rest[0] ?? "");
  const back = { href: person.path(group ? `group/${group.id}` : "groups"), words: group ? "Group" : "Groups" };
  if (!group?.name) return html`<${Missing} tab="more" what="This group" back=${back} />`;
  const questions = unanswered(readIn(live, person.stream, group.id));
  return html`<${Screen} tab="more" title="Who knows an answer?" back=${back} top=${html`<p class="asof lead">${group.name}</p>`}>
    <div class="stack">
      ${!questions.length && html`<div class="card"><${Empty} icon="chat-circle-text" title="All are answered">You can ask something under each example.<//></div>`}
      ${questions.map((one) => html`<article class="card stack stack--s" key=${one.id}>
        <${Words} text=${one.texts["words"] ?? ""} small />
        <p class="quiet"><${SaidBy} group=${group} post=${one} /></p>
        <div class="ways"><a class="plain" href=${person.path(`share-words?group=${group.id}&about=answer&on=${one.id}`)}><${Icon} name="chat-circle-text" small />Answer<span class="hide">: ${one.texts["words"]?.slice(0, 60)}</span></a>
          <a class="plain" href=${person.path(`example/${one.on ?? ""}`)}>Read the example<span class="hide"> that it is about: ${one.texts["words"]?.slice(0, 60)}</span></a></div>
      </article>`)}
    </div>
  <//>`;
}
