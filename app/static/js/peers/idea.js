/** A borrowed idea: a draft in the plan that names its example, until it is said in own words. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Kept, LinkRow, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Screen, Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { ideasOf } from "./held.js";
import { SourceWords } from "./drafts.js";

/** @import {Idea} from "./held.js" */

export default function IdeaScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const { screen, rest } = router.place.value;
  const idea = ideasOf(live, person.stream).find((one) => one.id === rest[0]);
  if (!idea) return html`<${Missing} tab="plan" what="This idea" back=${{ href: person.path("plan"), words: "Plan" }} />`;
  return screen === "idea-write" ? html`<${Writing} idea=${idea} />` : html`<${Shown} idea=${idea} />`;
}

/** @param {{idea: Idea}} props */
function Shown({ idea }) {
  const person = usePerson();
  const { words, option, lost, rewritten, id } = idea;
  const main = option && !words
    ? { href: `choose/${option.id}`, icon: "check-bold", words: "Choose this" }
    : rewritten ? { href: `goal-new?idea=${id}`, icon: "flag", words: "Make it a goal" } : { href: `idea-write/${id}`, icon: "pencil-simple-bold", words: "Say it my way" };
  const dock = html`<a class="nhsuk-button" href=${person.path(main.href)}><${Icon} name=${main.icon} />${main.words}</a>`;
  return html`<${Screen} tab="plan" title=${rewritten ? "An idea in your words" : "A borrowed idea"} back=${{ href: person.path("plan"), words: "Plan" }} dock=${dock}>
    <div class="stack">
      ${lost && html`<${Note} icon="info-bold" title="The example was taken back.">${option ? "Its words are gone. The kind of support stays." : "Its words are gone from here too. You can still write your own."}<//>`}
      ${words && html`<div class="said stack stack--s"><${Words} text=${words} /><div class="said__by"><${SourceWords} idea=${idea} /><${Kept} row=${id} /></div></div>`}
      ${!words && !lost && html`<p class="quiet"><${SourceWords} idea=${idea} /> <${Kept} row=${id} /></p>`}
      <${Ways} idea=${idea} />
    </div>
  <//>`;
}

/** @param {{idea: Idea}} props */
function Ways({ idea }) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const { id, option, rewritten, source, words } = idea;
  const tile = (/** @type {string} */ name) => html`<span class="tile"><${Icon} name=${name} /></span>`;
  const body = live.row(person.stream, "borrowed", id)?.body ?? {};
  const away = async () => {
    const facts = { group: String(body["group"]), post: String(body["post"]), part: /** @type {"option"} */ (body["part"]) };
    await live.act({ act: "idea.remove", stream: person.stream, row: id, facts: {} });
    router.go(person.path("plan"));
    const back = rewritten
      ? () => live.act({ act: "idea.write", stream: person.stream, row: id, facts: { words } })
      : () => live.act({ act: "idea.borrow", stream: person.stream, row: ids(), facts });
    undo.say("The idea is put away.", rewritten || source ? back : null);
  };
  return html`<div class="card card--rows">
    ${option && html`<${LinkRow} href=${person.path(`option/${option.id}`)} title=${option.name} quiet=${option.what} lead=${tile(option.icon)} />`}
    ${source && html`<${LinkRow} href=${person.path(`example/${source.post.id}`)} title="Open the example" quiet=${source.group.name ?? ""} lead=${tile("users-three")} />`}
    ${rewritten && html`<${LinkRow} href=${person.path(`idea-new?idea=${id}`)} title="Make it something that could help" quiet="Beside your goals, with what it may cost." lead=${tile("lightbulb")} />
      <${LinkRow} href=${person.path(`idea-write/${id}`)} title="Change the words" lead=${tile("pencil-simple")} />`}
    <button class="row row--button" type="button" onClick=${away}>${tile("trash")}<span class="row__body row__title">Put it away</span></button>
  </div>`;
}

/** @param {{idea: Idea}} props */
function Writing({ idea }) {
  const { live, router, undo } = useApp();
  const person = usePerson();
  const [words, setWords] = useState(idea.words);
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const here = person.path(`idea/${idea.id}`);
  const save = async () => {
    if (!words.trim()) return setProblem("Write a few words. A small idea is fine.");
    if (words.split(/\s+/).join(" ") === idea.words.split(/\s+/).join(" ")) return setProblem("These are still the borrowed words. Change them so that they are yours.");
    const wrong = await sentenceOf(() => live.act({ act: "idea.write", stream: person.stream, row: idea.id, facts: { words } }));
    if (wrong) return setProblem(wrong);
    router.go(here);
    return undo.say("It is in your words now. It names no example any more.");
  };
  return html`<${Task} title="Say it my way" close=${here}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save my words</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problem ? { words: problem } : {}} />
      <${TextField} id="words" label="How would you say it?" hint="Afterwards it is yours, and stays whatever happens to the example." most=${2_000} rows=${6} own value=${words} onInput=${setWords} problem=${problem ?? undefined} />
    </div>
  <//>`;
}
