/** Small parts of the screens of groups. */
import { html } from "htm/preact";
import { wordsFor } from "../options/words.js";
import { optionOf } from "../options/directory.js";
import { Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { sideWords } from "../plans/sides.js";
import { nameIn } from "./held.js";
import { ATTRIBUTES, BANDS, FEWEST, OUTCOMES, PART_WORDS } from "./words.js";

/** @import {Group, Post} from "./held.js" */

/** @type {{[outcome: string]: [kind: "good" | "check" | "", icon: string]}} */
const LOOKS = {
  better: ["good", "check-bold"],
  same: ["", "minus-bold"],
  worse: ["check", "arrow-down-bold"],
  refused: ["check", "prohibit-bold"],
  waiting: ["", "clock-bold"],
};

/** How it went, as a tag. @param {{post: Post}} props */
export function Outcome({ post }) {
  const outcome = post.codes["outcome"] ?? "";
  const [kind, icon] = LOOKS[outcome] ?? ["", "minus-bold"];
  const words = wordsFor(OUTCOMES, outcome);
  return words ? html`<${Tag} kind=${kind} icon=${icon}>${words}<//>` : null;
}

/**
 * The words of an example, part by part, and what its codes say: what everybody in the group reads.
 * @param {{post: Post}} props
 */
export function ExampleBody({ post }) {
  return html`<div class="said stack">${Object.entries(PART_WORDS).filter(([part]) => post.texts[part]).map(([part, title]) => html`<section key=${part}>
    <h2 class="small-head">${title}</h2><${Words} text=${post.texts[part]} small /></section>`)}</div>
    <${Codes} codes=${post.codes} said=${post.said} card />`;
}

/** What an example that may still show says in codes, as it would be read. @param {{codes: unknown}} props  those of a sharing */
export function CodeList({ codes }) {
  const all = /** @type {{[name: string]: unknown}} */ (codes ?? {});
  const attributes = /** @type {{[name: string]: string}} */ (all["attributes"] ?? {});
  return html`<${Codes} codes=${all} said=${attributes} />${Object.keys(attributes).length > 0 && html`<p class="quiet">Who it was for only shows when ${FEWEST} people say the same.</p>`}`;
}

/** @param {{codes: {[name: string]: unknown}, said: {[name: string]: string}, card?: boolean}} props */
function Codes({ codes, said: chosen, card = false }) {
  const { live } = useApp();
  const person = usePerson();
  const [side = "", outcome = "", band = "", id = ""] = ["side", "outcome", "band", "option"].map((name) => String(codes[name] ?? ""));
  const option = id ? optionOf(live, id) : undefined;
  const said = Object.entries(chosen).map(([name, code]) => wordsFor(ATTRIBUTES[name] ?? [], code)).filter(Boolean);
  if (!side && !outcome && !band && !option && !said.length) return null;
  return html`<dl class=${card ? "card facts" : "facts"}>
    ${outcome && html`<div><dt>How it went</dt><dd>${wordsFor(OUTCOMES, outcome)}</dd></div>`}
    ${option && html`<div><dt>What it was</dt><dd>${card ? html`<a href=${person.path(`option/${option.id}`)}>${option.name}</a>` : option.name}</dd></div>`}
    ${band && html`<div><dt>What it cost</dt><dd>${wordsFor(BANDS, band)}</dd></div>`}
    ${side && html`<div><dt>Side of life</dt><dd>${sideWords(side)}</dd></div>`}
    ${said.length > 0 && html`<div><dt>Who it was for</dt><dd>${said.join(", ")}</dd></div>`}
  </dl>`;
}

/** Who wrote something, by the name they have here. @param {{group: Group, post: Post}} props */
export function SaidBy({ group, post }) {
  return html`<span>${post.seat === group.seat.id ? `${nameIn(group, post.seat)}, that is you` : nameIn(group, post.seat)}</span>`;
}

/** What it cost, beside other facts; "" where it is not said. @param {Post} post */
export function costWords({ codes }) {
  return codes["band"] === "none" ? "No cost" : wordsFor(BANDS, codes["band"]);
}

/** How many names are here: one person may have several, for plans they look after. @param {Group} group */
export function peopleWords({ seats }) {
  return seats.length === 1 ? "You are the only one here." : `${seats.length} names are here.`;
}

/** What others found, in bands; "" while fewer than the first band did. @param {Post} post */
export function helpedWords({ helped }) {
  return helped ? `${helped} or more people say this helped them too.` : "";
}
