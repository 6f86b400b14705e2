/** One line of money: what it was, its photos, what was changed, and taking it back. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { fullDay } from "../core/dates.js";
import { Icon, Kept, Note, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { Sum } from "../parts/money.js";
import { Author } from "../plans/goal.js";
import { EntryReading } from "../receipts/entry-reading.js";
import { aimAt } from "./correction.js";
import { moneyRows } from "./figures.js";
import { KIND_WORDS } from "./lately.js";
import { isService } from "./rules.js";

/** @import {Entry, Pot} from "./rules.js" */

export default function EntryScreen() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const { entries, pots } = moneyRows(live, person.stream);
  const entry = newestOf(entries, router.place.value.rest[0] ?? "");
  const back = { href: person.path("money"), words: "Money" };
  if (!entry) return html`<${Missing} tab="money" what="This line" back=${back} />`;
  const pot = pots.find((one) => one.id === entry.pot);
  const mayChange = person.can("write_money") || (person.can("log_money") && (!entry.author || entry.author === live.who.account));
  const takeBack = async () => {
    await live.act({ act: "entry.void", ...aimAt(live, person.stream, entry), facts: reversalIds(entry, ids) });
    router.leave(person.path("money"));
    undo.say("It is taken back. The record of it stays.", () => live.act(again(person.stream, entry, ids())));
  };
  const lines = [entry, ...beforeOf(entries, entry)].map((one) => one.id);
  const open = live.rows(person.stream, "conflict").find((row) => lines.includes(String(row.body["row"])) && row.body["choice"] === null);
  return html`<${Screen} tab="money" title=${entry.merchant || entry.what} back=${back}>
    <div class="stack">
      ${open && html`<${Note} kind="check" icon="arrows-left-right-bold" title="Two amounts for one receipt."><a href=${person.path(`conflict/${open.id}`)}>Look at both and choose.</a><//>`}
      <dl class="card facts">
        <div><dt>How much</dt><dd class="facts__sum"><${Sum} amount=${entry.amount} currency=${pot?.currency ?? "GBP"} /></dd></div>
        <div><dt>What</dt><dd>${whatWords(entry)}</dd></div>
        <div><dt>When</dt><dd>${fullDay(entry.on)}</dd></div>
        <div><dt>Pot</dt><dd>${pot?.name ?? "Not here yet"}</dd></div>
        ${entry.reason && html`<div><dt>${isService(entry.kind) ? "Why" : "Also"}</dt><dd>${entry.reason}</dd></div>`}
        ${entry.goal && html`<div><dt>Goal</dt><dd><${GoalWords} id=${entry.goal} /></dd></div>`}
        <div><dt>Who</dt><dd><${Author} account=${entry.author} /> <${Kept} row=${entry.id} /></dd></div>
      </dl>
      ${entry.note && html`<div class="said"><${Words} text=${entry.note} small /></div>`}
      ${entry.files.map((sha, at) => html`<${Photo} key=${sha} entry=${entry.id} sha=${sha} number=${at + 1} />`)}
      <${EntryReading} entry=${entry} currency=${pot?.currency ?? "GBP"} />
      ${entry.superseded ? html`<${Note} title="This was taken back.">It no longer counts.<//>` : mayChange && html`<div class="card card--rows">
        <a class="row" href=${person.path(`entry-edit/${entry.id}`)}><span class="tile"><${Icon} name="pencil-simple" /></span><span class="row__body row__title">Correct it</span></a>
        <button class="row row--button" type="button" onClick=${takeBack}><span class="tile"><${Icon} name="arrow-counter-clockwise" /></span><span class="row__body row__title">Take it back</span></button>
      </div>`}
      <${Before} entry=${entry} entries=${entries} pot=${pot} />
    </div>
  <//>`;
}

/** Spending says what it was for; everything else says what kind of thing it is, too. @param {Entry} entry */
function whatWords({ kind, merchant, what }) {
  const said = merchant && merchant !== what ? what : "";
  if (kind === "spending") return said || "Spending";
  return [KIND_WORDS[kind] ?? kind, said].filter(Boolean).join(", ");
}

/** @param {{id: string}} props */
function GoalWords({ id }) {
  const { live } = useApp();
  const person = usePerson();
  const goal = live.row(person.stream, "goal", id);
  return goal ? html`<${Words} text=${String(goal.body["words"])} small />` : html`A goal that is not here`;
}

/** @param {{entry: string, sha: string, number: number}} props */
function Photo({ entry, sha, number }) {
  const { live, doors } = useApp();
  const person = usePerson();
  const [address, setAddress] = useState(/** @type {string | null} */ (null));
  const file = live.rows(person.stream, "file").find((row) => row.body["sha256"] === sha)?.body;
  const state = String(file?.["state"] ?? "");
  useEffect(() => {
    let here = true;
    doors.picture(person.id, sha, "picture").then((found) => here && setAddress(found)).catch(() => {});
    return () => void (here = false);
  }, [sha, state]);
  if (!address) return html`<${Note} icon="image" title=${`Photo ${number}.`}>${file || person.can("see_money") ? fileWords(state, String(file?.["reason"] ?? "")) : "Somebody else sent this photo. It is with the plan."}<//>`;
  return html`<a class="entry__photo" href=${person.path(`photo/${entry}/${number}`)}><img class="receipt" src=${address} alt=${`Photo ${number} of the receipt. Opens large.`} /></a>`;
}

/** @param {string} state @param {string} reason */
function fileWords(state, reason) {
  if (state === "refused") return reason || "This file could not be opened.";
  if (state === "missing") return "It waited on another phone and never arrived.";
  if (state === "awaited") return "It waits on the phone that took it.";
  return "It shows here when there is signal.";
}

/** What it was before: one thing with a history. @param {{entry: Entry, entries: Entry[], pot: Pot | undefined}} props */
function Before({ entry, entries, pot }) {
  const before = beforeOf(entries, entry);
  if (!before.length) return null;
  return html`<section><h2>Corrected</h2><ul class="card card--rows">
    ${before.map((one) => html`<li class="row" key=${one.id}><span class="row__body">It said <${Sum} amount=${one.amount} currency=${pot?.currency ?? "GBP"} />, ${fullDay(one.on)}. <span class="quiet"><${Author} account=${one.author} /></span></span></li>`)}
  </ul></section>`;
}

/**
 * Ids for what takes an entry back; a move of money has two sides.
 * @param {Entry} entry
 * @param {() => string} ids
 */
export function reversalIds(entry, ids) {
  return entry.transfer ? { reversal: ids(), other_reversal: ids() } : { reversal: ids() };
}

/**
 * The same line once more.
 * @param {string} stream
 * @param {Entry} entry
 * @param {string} row
 * @returns {import("../core/compose.js").ActRequest}
 */
function again(stream, entry, row) {
  const { pot, kind, amount, on, what, merchant, goal, note, reason, files } = entry;
  const counted = /** @type {import("./rules.js").CountedKind} */ (kind);
  return { act: "entry.record", stream, row, facts: { pot, kind: counted, amount, on, what, merchant, goal, note, reason, files } };
}

/** @param {Entry[]} entries @param {string} id @returns {Entry | undefined} */
export function newestOf(entries, id) {
  let entry = find(entries, id);
  for (let later = entry; later; later = entries.find((one) => one.replaces === entry?.id)) entry = later;
  return entry;
}

/** What a line was before, the newest first. @param {Entry[]} entries @param {Entry} entry @returns {Entry[]} */
function beforeOf(entries, entry) {
  const before = [];
  for (let at = find(entries, entry.replaces); at; at = find(entries, at.replaces)) before.push(at);
  return before;
}

/** @param {Entry[]} entries @param {string | null} id */
function find(entries, id) {
  return id === null ? undefined : entries.find((one) => one.id === id);
}
