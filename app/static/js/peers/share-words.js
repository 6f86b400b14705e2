/** Ask something under an example, or answer a question: words for the door. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Icon, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { LONG_WORDS, tooLong } from "./share-facts.js";
import { Steps, WhoReads, useOwnSeats } from "./share-parts.js";

/** @import {SharingWrite} from "../core/operations.js" */
/** @import {Problems} from "../parts/fields.js" */

export default function ShareWords() {
  const { live, router } = useApp();
  const person = usePerson();
  const seats = useOwnSeats();
  const { query } = router.place.value;
  const [group, on] = [query.get("group") ?? "", query.get("on") ?? ""];
  const about = query.get("about") === "answer" ? "answer" : "question";
  const post = live.row(`group:${group}`, "post", on)?.body;
  if (!post || !person.can("manage") || !seats.some((seat) => seat.id === group)) {
    return html`<${Missing} tab="more" what=${about === "answer" ? "This question" : "This example"} back=${{ href: person.path("groups"), words: "Groups" }} />`;
  }
  const [said = ""] = Object.values(/** @type {{[part: string]: string}} */ (post["texts"] ?? {}));
  const close = person.path(`example/${about === "answer" ? String(post["on"]) : on}`);
  return html`<${WordsForm} facts=${{ group, about, on }} said=${said} close=${close} />`;
}

/** @param {{facts: Pick<SharingWrite, "group" | "about" | "on">, said: string, close: string}} props */
function WordsForm({ facts, said, close }) {
  const { live, router, ids } = useApp();
  const person = usePerson();
  const [row] = useState(ids);
  const [words, setWords] = useState("");
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const answer = facts.about === "answer";
  const send = async () => {
    if (!words.trim()) return setProblems({ words: "Write a few words first." });
    if (tooLong(words)) return setProblems({ words: LONG_WORDS });
    const problem = await sentenceOf(() => live.act({ act: "sharing.write", stream: person.stream, row, facts: { ...facts, words } }));
    if (problem) return setProblems({ words: problem });
    return router.go(person.path(`sharing/${row}`), { replace: true });
  };
  return html`<${Task} title=${answer ? "Answer this question" : "Ask a question"} close=${close}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${send}><${Icon} name="eye-slash-bold" />Have it checked</button>`}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void send(); }}>
      <${ErrorSummary} problems=${problems} />
      <div class="said"><${Words} text=${said} small /></div>
      <${TextField} id="words" label=${answer ? "Your answer" : "Your question"} hint="In general words, without names." most=${2_000} rows=${5} own value=${words} onInput=${setWords} problem=${problems["words"]} />
      <${WhoReads} group=${facts.group} />
      <${Steps} group=${facts.group} />
      <p class="quiet">If somebody is in danger now, call <a href="tel:999">999</a>.</p>
    </form>
  <//>`;
}
