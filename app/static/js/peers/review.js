/** A text on its way to a group, wherever it stands: what can be done with it now, and who reads it. */
import { html } from "htm/preact";
import { Icon, Note, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Late } from "./late.js";
import { CodeList } from "./parts.js";
import { ReviewText } from "./review-text-screen.js";
import { SecondReader } from "./second.js";
import { HarmHelp, WhoReads, isMine, useSoon, useStanding, useStop } from "./share-parts.js";
import { OVER, kindWords, textsOf } from "./share-states.js";
import { PART_WORDS, RECOGNISE } from "./words.js";

/** @import {Row} from "../core/types.js" */
/** @import {Standing} from "./share-states.js" */

export default function Sharing() {
  const { live, router } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? "";
  const row = live.row(person.stream, "sharing", id);
  const kept = live.kept().find(({ op }) => op.act === "sharing.write" && op.row === id);
  if (!row && kept) return html`<${NotTaken} sentence=${kept.sentence} texts=${textsIn(kept.op.facts)} />`;
  if (!row) return html`<${Missing} tab="more" what="This text" back=${{ href: person.path("sharings"), words: "What I share" }} />`;
  if (row.body["state"] === "review" && isMine(live, row) && person.can("manage") && live.statusOf(id) !== "saved") return html`<${ReviewText} key=${row.rev} row=${row} />`;
  return html`<${Where} row=${row} />`;
}

/** @param {import("../core/types.js").Facts} facts @returns {Array<[string, string]>} */
function textsIn(facts) {
  return Object.keys(PART_WORDS).filter((part) => facts[part]).map((part) => [part, String(facts[part])]);
}

/** Written without signal for a group that is not there any more. @param {{sentence: string, texts: Array<[string, string]>}} props */
function NotTaken({ sentence, texts }) {
  const person = usePerson();
  return html`<${Screen} tab="more" title="It was not taken" back=${{ href: person.path("sharings"), words: "What I share" }}>
    <div class="stack"><${Note} kind="check" icon="warning-circle-bold">${sentence}<//>
      <p>Your words are here. You can copy them for 7 days.</p>
      ${texts.map(([part, text]) => html`<div class="said" key=${part}><${Words} text=${text} /></div>`)}
    </div><//>`;
}

/** @param {{row: Row}} props */
function Where({ row }) {
  const { live } = useApp();
  const person = usePerson();
  const { body } = row;
  const state = String(body["state"]);
  const standing = useStanding(row);
  useSoon(row);
  const decides = state === "agreeing" && person.role === "holder" && live.statusOf(row.id) !== "saved";
  const agree = html`<button class="nhsuk-button" type="button" onClick=${() => live.act({ act: "sharing.agree", stream: person.stream, row: row.id })}><${Icon} name="check-bold" />Yes, it may be shown</button>`;
  const ask = html`<a class="nhsuk-button" href=${`/people/${person.id}/sharing/${row.id}/reader`}><${Icon} name="share-network-bold" />Choose a second reader</a>`;
  const dock = decides ? agree : state === "reading" && person.can("manage") ? ask : null;
  return html`<${Screen} tab="more" title=${kindWords(body)} back=${{ href: person.path("sharings"), words: "What I share" }} dock=${dock}>
    <div class="stack stack--l">
      <${Late} row=${row} />
      <${Says} standing=${standing} />
      ${body["harm"] && !OVER.includes(state) && html`<${HarmHelp} />`}
      ${state === "reading" && html`<${SecondReader} />`}
      <${Text} body=${body} />
      ${!OVER.includes(state) && html`<${WhoReads} group=${String(body["group"])} />`}
      <${Ways} row=${row} decides=${decides} />
    </div>
  <//>`;
}

/** @param {{standing: Standing}} props */
function Says({ standing: { tag, kind, icon, says } }) {
  return html`<div class="stack stack--s" role="status"><p><${Tag} kind=${kind} icon=${icon}>${tag}<//></p><p>${says}</p></div>`;
}

/** The words as far as this phone has them: finished ones as people will read them, others as they were written. @param {{body: Row["body"]}} props */
function Text({ body }) {
  const texts = Object.entries(textsOf(body)).filter(([, text]) => text.trim());
  if (!texts.length) return null;
  const finished = Object.keys(/** @type {object} */ (body["final"] ?? {})).length > 0;
  return html`<section class="stack stack--s" aria-labelledby="text-head"><h2 id="text-head">${finished ? "What people read" : "What was written"}</h2>
    <div class="card stack">${texts.map(([part, text]) => html`<div key=${part}>${part !== "words" && html`<h3>${PART_WORDS[part] ?? ""}</h3>`}<${Words} text=${text} small /></div>`)}
      <${CodeList} codes=${body["codes"]} /></div>
    ${finished ? html`<p class="quiet">${RECOGNISE}</p>` : html`<p class="quiet">Only who looks after this plan sees it like this.</p>`}
  </section>`;
}

/** Taking it back, one tap, and the way to the group. @param {{row: Row, decides: boolean}} props */
function Ways({ row, decides }) {
  const person = usePerson();
  const stop = useStop(row);
  const state = String(row.body["state"]);
  const over = OVER.includes(state);
  const words = decides ? "No, do not share it" : ["held", "ready", "shown"].includes(state) ? "Take it back" : "Do not share it";
  return html`<div class="stack stack--s">
    ${!over && person.can("manage") && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${stop}><${Icon} name="x-bold" small />${words}</button>`}
    <p><a class="plain plain--start" href=${person.path(`group/${String(row.body["group"])}`)}>See the group<${Icon} name="caret-right" small /></a></p>
  </div>`;
}
