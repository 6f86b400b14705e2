/** Tell the moderators of a text. "I recognise someone" hides it from everybody at once. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, Radios } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { findPost } from "./held.js";

/** @import {PostReport} from "../core/operations.js" */
/** @import {Group, Post} from "./held.js" */

const RECOGNISE = "recognise";
/** @type {Array<[string, string, string?]>} */
const REASONS = [
  [RECOGNISE, "I recognise someone", "It is hidden from everybody at once."],
  ["harm", "Somebody may not be safe"],
  ["unkind", "It is unkind"],
  ["advert", "It sells something"],
  ["other", "Something else breaks the rules"],
];

export default function Report() {
  const { live, router } = useApp();
  const person = usePerson();
  const { rest, query } = router.place.value;
  // kept: what is hidden by this very report is not here any more when it is sent
  const [found] = useState(() => findPost(live, person.stream, rest[0] ?? ""));
  if (!found) return html`<${Missing} tab="more" what="This text" back=${{ href: person.path("groups"), words: "Groups" }} />`;
  return html`<${ReportForm} post=${found.post} group=${found.group} known=${query.get("why") === RECOGNISE} />`;
}

/** @param {{post: Post, group: Group, known: boolean}} props */
function ReportForm({ post, group, known }) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const [reason, setReason] = useState(known ? RECOGNISE : "");
  const [problem, setProblem] = useState(/** @type {string | null} */ (null));
  const close = exampleOf(live, person.stream, post);
  const hides = reason === RECOGNISE;
  const send = async () => {
    if (!reason) return setProblem("Choose what it is about.");
    const facts = { group: group.id, post: post.id, reason: /** @type {PostReport["reason"]} */ (reason) };
    const wrong = await sentenceOf(() => live.act({ act: "post.report", stream: person.stream, row: ids(), facts }));
    if (wrong) return setProblem(wrong);
    router.go(person.path(hides ? `group/${group.id}` : close));
    return undo.say(hides ? "Hidden. A moderator looks at it. Nobody is told that it was you." : "The moderators are told. Nobody is told that it was you.");
  };
  return html`<${Task} title=${known ? "I recognise someone" : "Report this"} close=${person.path(close)}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${send}><${Icon} name=${hides ? "eye-slash" : "flag"} />${hides ? "Hide it now" : "Tell the moderators"}</button>`}>
    <div class="stack">
      <${ErrorSummary} problems=${problem ? { reason: problem } : {}} />
      <div class="said"><${Words} text=${Object.values(post.texts)[0] ?? ""} small /></div>
      ${known ? html`<p>It is hidden from everybody in the group, on their phones too, once this is sent. Then a moderator looks at it.</p>
        <p>Do not tell anybody whom you recognised.</p>`
        : html`<${Radios} id="reason" legend="What is it about?" value=${reason} onInput=${setReason} options=${REASONS} problem=${problem ?? undefined} />`}
      ${reason === "harm" && html`<${Note} kind="check" icon="warning-circle-bold" title="Is somebody in danger now?">Ring 999. <a href="/help">Whom else to ask</a><//>`}
    </div>
  <//>`;
}

/**
 * The screen on which a text stands: a question or an answer stands below its example.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @param {Post} post
 */
function exampleOf(live, stream, post) {
  const above = post.about === "answer" ? findPost(live, stream, post.on ?? "")?.post.on : post.on;
  return `example/${above ?? post.id}`;
}
