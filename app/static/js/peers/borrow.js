/** Borrow an idea from an example: its words, or the support that it names, as a draft in the plan. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { optionOf } from "../options/directory.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, Radios } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { findPost } from "./held.js";
import { PART_WORDS } from "./words.js";

/** @import {IdeaBorrow} from "../core/operations.js" */
/** @import {ComponentChildren} from "preact" */
/** @import {Live} from "../parts/live.js" */
/** @import {Group, Post} from "./held.js" */

export default function Borrow() {
  const { live, router } = useApp();
  const person = usePerson();
  const [found] = useState(() => findPost(live, person.stream, router.place.value.rest[0] ?? ""));
  if (found?.post.about !== "example") return html`<${Missing} tab="more" what="This example" back=${{ href: person.path("groups"), words: "Groups" }} />`;
  return html`<${BorrowForm} post=${found.post} group=${found.group} />`;
}

/** @param {{post: Post, group: Group}} props */
function BorrowForm({ post, group }) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const parts = partsOf(live, post);
  const [part, setPart] = useState(parts.length === 1 ? (parts[0]?.[0] ?? "") : "");
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const [row] = useState(ids);
  const save = async () => {
    if (!part) return setProblem("Choose what you want to take.");
    const facts = { group: group.id, post: post.id, part: /** @type {IdeaBorrow["part"]} */ (part) };
    const wrong = await sentenceOf(() => live.act({ act: "idea.borrow", stream: person.stream, row, facts }));
    if (wrong) return setProblem(wrong);
    router.go(person.path(`idea/${row}`));
    return undo.say("It is a draft in your plan now.", () => live.act({ act: "idea.remove", stream: person.stream, row, facts: {} }).then(() => router.go(person.path(`example/${post.id}`))));
  };
  return html`<${Task} title="Borrow this idea" close=${person.path(`example/${post.id}`)}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Put it in my plan</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problem ? { part: problem } : {}} />
      <p>It becomes a draft that only your plan's people see. It says where it is from until you say it your way.</p>
      <${Radios} id="part" legend="What do you want to take?" value=${part} onInput=${setPart} options=${parts} problem=${problem ?? undefined} />
      <p class="quiet">If the writer takes the example back, borrowed words go from your draft too. Your own words stay.</p>
    </div>
  <//>`;
}

/** What can be taken: each with the words themselves. @param {Live} live @param {Post} post @returns {Array<[string, ComponentChildren]>} */
function partsOf(live, post) {
  const option = post.codes["option"] ? optionOf(live, post.codes["option"]) : undefined;
  const texts = Object.entries(PART_WORDS).filter(([part]) => post.texts[part]);
  const said = texts.map(([part, title]) => /** @type {[string, ComponentChildren]} */ ([part, html`<b class="part">${title}</b><span class="words words--s" dir="auto">${post.texts[part]}</span>`]));
  return option ? [["option", html`<b class="part">The kind of support</b>${option.name}`], ...said] : said;
}
