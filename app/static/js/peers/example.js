/** One example as everybody in its group reads it, with questions and answers; borrowing, "this helped me too", reports. */
import { html } from "htm/preact";
import { Icon, Kept, LinkRow, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { findPost, hangingOn, nameIn, readIn } from "./held.js";
import { ExampleBody, SaidBy, helpedWords } from "./parts.js";

/** @import {Group, Post} from "./held.js" */
/** @typedef {{group: Group, post: Post}} Shown */

export default function ExampleScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const found = findPost(live, person.stream, router.place.value.rest[0] ?? "");
  const back = { href: person.path(found ? `group/${found.group.id}` : "groups"), words: found ? "Group" : "Groups" };
  if (found?.post.about !== "example") return html`<${Missing} tab="more" what="This example" back=${back} />`;
  const own = found.post.seat === found.group.seat.id;
  const dock = own ? null : html`<a class="nhsuk-button" href=${person.path(`borrow/${found.post.id}`)}><${Icon} name="lightbulb" />Borrow this idea</a>`;
  return html`<${Screen} tab="more" title=${own ? "Your example" : "An example"} back=${back} dock=${dock}
    top=${html`<p class="asof lead">${own ? "Others read it as it stands here." : `By ${nameIn(found.group, found.post.seat)}.`}</p>`}>
    <div class="stack">
      <${ExampleBody} post=${found.post} />
      ${own ? html`<${OwnNote} post=${found.post} />` : html`<${Helped} group=${found.group} post=${found.post} />`}
      <${Talk} group=${found.group} post=${found.post} />
      ${!own && html`<${Note} icon="eye-bold">Names and places are changed. Someone who knows the writer well may still recognise them.<//>
        <${Note} icon="scales">What worked for one family is no advice. Talk about treatment with a doctor or nurse.<//>
        <${Worries} group=${found.group} post=${found.post} />`}
    </div>
  <//>`;
}

/** @param {{post: Post}} props */
function OwnNote({ post }) {
  const person = usePerson();
  return html`<div class="card card--rows"><${LinkRow} href=${person.path(`sharing/${post.id}`)} title="Take it back, or see how it stands"
    quiet=${helpedWords(post) || "Someone who knows you well may still recognise you."} lead=${html`<span class="tile"><${Icon} name="eye" /></span>`} /></div>`;
}

/** @param {Shown} props */
function Helped({ group, post }) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const mark = live.rows(person.stream, "mark").find((row) => row.body["kind"] === "helped" && row.body["about"] === post.id);
  const say = (/** @type {boolean} */ on) => live.act({ act: "mark.write", stream: person.stream, row: mark?.id ?? ids(), facts: { group: group.id, kind: "helped", about: post.id, on } });
  const tap = async () => {
    const on = !mark;
    await say(on);
    undo.say(on ? "Written down. It is counted a day later, without your name." : "It is not counted any more.", () => say(!on));
  };
  return html`<div class="stack stack--s">
    <button class="nhsuk-button nhsuk-button--secondary" type="button" aria-pressed=${String(Boolean(mark))} onClick=${tap}>
      <${Icon} name=${mark ? "check-bold" : "thumbs-up"} />This helped me too</button>
    ${(helpedWords(post) || mark) && html`<p class="quiet">${helpedWords(post)} ${mark && html`<${Kept} row=${mark.id} />`}</p>`}
  </div>`;
}

/** Questions, each with its answers. @param {Shown} props */
function Talk({ group, post }) {
  const { live } = useApp();
  const person = usePerson();
  const posts = readIn(live, person.stream, group.id);
  const questions = hangingOn(posts, post.id);
  const ask = `share-words?group=${group.id}&about=question&on=${post.id}`;
  return html`<section class="stack stack--s" aria-labelledby="talk-head"><h2 id="talk-head">Questions</h2>
    ${!questions.length && html`<p class="quiet">Nobody has asked anything yet.</p>`}
    ${questions.map((one) => html`<${Question} key=${one.id} group=${group} question=${one} answers=${hangingOn(posts, one.id)} />`)}
    ${post.seat !== group.seat.id && html`<a class="plain plain--start" href=${person.path(ask)}><${Icon} name="question-bold" small />Ask about this</a>`}
  </section>`;
}

/** @param {{group: Group, question: Post, answers: Post[]}} props */
function Question({ group, question, answers }) {
  const person = usePerson();
  const answer = `share-words?group=${group.id}&about=answer&on=${question.id}`;
  return html`<article class="card stack stack--s">
    <${Said} group=${group} post=${question} />
    ${answers.map((one) => html`<div class="said" key=${one.id}><${Said} group=${group} post=${one} /></div>`)}
    <a class="plain plain--start" href=${person.path(answer)}><${Icon} name="chat-circle-text" small />Answer<span class="hide">: ${question.texts["words"]?.slice(0, 60)}</span></a>
  </article>`;
}

/** @param {Shown} props */
function Said({ group, post }) {
  const person = usePerson();
  const own = post.seat === group.seat.id;
  return html`<${Words} text=${post.texts["words"] ?? ""} small />
    <div class="split split--mid"><p class="quiet"><${SaidBy} group=${group} post=${post} /></p>
      ${own ? html`<a class="plain" href=${person.path(`sharing/${post.id}`)}>Take it back</a>`
        : html`<a class="plain" href=${person.path(`report/${post.id}`)}>Report<span class="hide"> what ${nameIn(group, post.seat)} wrote</span></a>`}</div>`;
}

/** @param {Shown} props */
function Worries({ group, post }) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const name = nameIn(group, post.seat);
  const tile = (/** @type {string} */ icon) => html`<span class="tile"><${Icon} name=${icon} /></span>`;
  const block = async () => {
    const facts = { group: group.id, kind: /** @type {const} */ ("blocked"), about: post.seat };
    const row = ids();
    await live.act({ act: "mark.write", stream: person.stream, row, facts: { ...facts, on: true } });
    router.go(person.path(`group/${group.id}`));
    undo.say(`You read nothing more by ${name}. They are not told.`, () => live.act({ act: "mark.write", stream: person.stream, row, facts: { ...facts, on: false } }));
  };
  return html`<div class="card card--rows">
    <${LinkRow} href=${person.path(`report/${post.id}?why=recognise`)} title="I recognise someone" quiet="It is hidden from everybody at once." lead=${tile("eye-slash")} />
    <${LinkRow} href=${person.path(`report/${post.id}`)} title="Report this" quiet="Unkind, an advert, or somebody may not be safe." lead=${tile("flag")} />
    <button class="row row--button" type="button" onClick=${block}>${tile("prohibit")}<span class="row__body"><span class="row__title">Read nothing more by ${name}</span>
      <span class="quiet">You can change this under the rules of the group.</span></span></button>
  </div>`;
}
