/** Parts of the screens for sharing: this plan's own texts, who reads them, what never leaves, what happens to a text. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, LinkRow, Note, Tag } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { lateAnswers } from "./late.js";
import { forgetHalfway } from "./review-halfway.js";
import { againOf } from "./share-facts.js";
import { kindWords, standingOf, textsOf } from "./share-states.js";
import { readersWords } from "./words.js";

/** @import {Facts, Row} from "../core/types.js" */

const MINUTE_MS = 60_000;
const SOON_MS = 4_000;
/** What the server moves on by itself within a minute. */
const MOVING = ["checking", "sending"];

/** The time, anew each minute: a countdown in words stays true. */
export function useNow() {
  const { live } = useApp();
  const [now, setNow] = useState(live.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now, live.clock.now());
}

/** Where a text stands, for whoever looks. @param {Row} row */
export function useStanding(row) {
  const { live } = useApp();
  const person = usePerson();
  const now = useNow();
  const signal = live.status.value.phase !== "offline";
  return standingOf(row.body, { now, signal, hidden: useHidden(row), saved: live.statusOf(row.id) === "saved", own: person.role === "holder", name: person.name, writer: isMine(live, row) ? null : live.nameOf(person.stream, String(row.body["written_by"])) });
}

/** Whether a text that was shown is out of sight now: its group has been here whole, and does not have it. @param {Row} row */
function useHidden({ id, body }) {
  const { live } = useApp();
  const group = String(body["group"]);
  const there = live.row(`group:${group}`, "post", id);
  return useGroupOf(group).open && live.replica.known(`group:${group}`) && body["state"] === "shown" && !there;
}

/** Whether whoever looks wrote it: nobody else may let it go on. @param {import("../parts/live.js").Live} live @param {Row} row */
export function isMine(live, row) {
  return !row.body["written_by"] || row.body["written_by"] === live.who.account;
}

/** While somebody looks at what is being checked, the phone asks how far it is. @param {Row} row */
export function useSoon(row) {
  const { live } = useApp();
  const moving = MOVING.includes(String(row.body["state"]));
  useEffect(() => {
    const timer = moving ? setInterval(() => void live.sync.kick("timer"), SOON_MS) : undefined;
    return () => clearInterval(timer);
  }, [moving]);
}

/** A group as this phone has it. @param {string} group */
export function useGroupOf(group) {
  const { live } = useApp();
  const stream = `group:${group}`;
  const body = live.row(stream, "group", group)?.body;
  return { name: String(body?.["name"] ?? "the group"), open: body?.["is_open"] === true };
}

/** The groups in which the open plan has a seat. @returns {Array<{id: string, pseudonym: string}>} */
export function useOwnSeats() {
  const { live } = useApp();
  const person = usePerson();
  return live.rows(person.stream, "own_seat").map(({ body }) => ({ id: String(body["group"]), pseudonym: String(body["pseudonym"]) }));
}

/** @param {{row: Row}} props */
export function TextRow({ row }) {
  const person = usePerson();
  const { tag, kind, icon } = useStanding(row);
  return html`<${LinkRow} href=${person.path(`sharing/${row.id}`)} title=${html`${kindWords(row.body)} <span class="words words--s">${beginning(row.body)}</span>`}
    lead=${html`<span class="tile"><${Icon} name="chat-circle-text" /></span>`} quiet=${html`<${Tag} kind=${kind} icon=${icon}>${tag}<//>`} />`;
}

/** What a text begins with, as far as this phone has any: its first part, whole. @param {Facts} body */
function beginning(body) {
  return Object.values(textsOf(body)).find((text) => text.trim()) ?? "";
}

/** Who will read it, in words. @param {{group: string}} props */
export function WhoReads({ group }) {
  const { name, open } = useGroupOf(group);
  return html`<${Note} icon="users-three" title=${`Only people in “${name}” read it.`}>${readersWords(open)} It is never public.<//>`;
}

/** What happens to a text, step by step, with pictures for who does not read well. @param {{group: string}} props */
export function Steps({ group }) {
  const { name } = useGroupOf(group);
  const steps = [["eye-slash", "We take out names, places and numbers."], ["eye", "You look at it, and hide more if you want."], ["clock", "It is held for a day. You can take it back."], ["users-three", group ? `People in “${name}” read it.` : "People in the group read it."]];
  return html`<section class="stack stack--s" aria-labelledby="steps-head"><h2 id="steps-head">What happens to it</h2>
    <ol class="card card--rows">${steps.map(([icon, words], at) => html`<li class="row" key=${icon}><span class="tile"><${Icon} name=${icon} /></span><span class="row__body">${at + 1}. ${words}</span></li>`)}</ol>
  </section>`;
}

/** What stays on this phone and with us, whatever is chosen. */
export function NeverLeaves() {
  const kinds = [["user", "Names, and how to reach somebody"], ["image", "Photos and receipts"], ["calendar", "Days and dates"], ["coins", "Exact sums"], ["map-pin", "Local places and who you buy from"]];
  return html`<section class="stack stack--s" aria-labelledby="never-head"><h2 id="never-head">What never goes</h2>
    <ul class="card card--rows">${kinds.map(([icon, words]) => html`<li class="row" key=${icon}><span class="tile"><${Icon} name=${icon} /></span><span class="row__body">${words}</span><${Icon} name="lock-bold" small /></li>`)}</ul>
  </section>`;
}

/** Whom to turn to when a text says that somebody is not safe. */
export function HarmHelp() {
  const person = usePerson();
  return html`<div class="card stack stack--s" role="note" aria-labelledby="harm-head">
    <h2 id="harm-head">Is someone not safe?</h2>
    <p>If somebody is in danger now, call <a href="tel:999"><b>999</b></a>.</p>
    <p><a href=${`/people/${person.id}/concern`}>Tell somebody who can help</a>. You can share this text all the same. The moderators of the group are told.</p>
  </div>`;
}

/** Takes a text back at once. Undo hands the same words to the door anew: what was shown is gone from phones by then. @param {Row} row */
export function useStop(row) {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const signal = live.status.value.phase !== "offline";
  return async () => {
    const texts = textsOf(row.body);
    const facts = againOf(row.body, texts);
    const { stream } = person;
    await live.act({ act: "sharing.stop", stream, row: row.id });
    forgetHalfway(row.id);
    await live.replica.discard(lateAnswers(live.kept(), row.id).map(({ id }) => id));
    const again = ids();
    const back = () => live.act({ act: "sharing.write", stream, row: again, facts }).then(() => router.go(person.path(`sharing/${again}`)));
    const shown = row.body["state"] === "shown";
    const said = !signal ? "It is taken back when there is signal. Undo sends it through the check again." : shown ? "It is gone from the group. Undo sends it through the check again." : "It is taken back. Undo sends it through the check again.";
    undo.say(said, Object.values(texts).some((text) => text.trim()) ? back : null);
  };
}
