/** What could help? Search in plain words, filters, free first. Works without signal. */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { NotHereYet, OptionCard } from "./bits.js";
import { choicesOf, forGoal, optionOf, useDirectory } from "./directory.js";
import { NO_FILTERS, search } from "./search.js";
import { NEEDS, SIDES, WAYS } from "./words.js";

/** @import {Filters, Option} from "./search.js" */

/** @typedef {{person: string, query: string, filters: Filters, open: boolean, most: number}} Looking */

// few at first: each letter typed draws them anew, on a cheap phone too
const FIRST = 12;
const MORE = 24;

/** What is being looked for: kept while an option is opened, so that Back finds the same list. */
const looking = signal(startFor(""));

/** @param {string} person @returns {Looking} */
function startFor(person) {
  return { person, query: "", filters: NO_FILTERS, open: false, most: FIRST };
}

export default function Options() {
  const { live, router } = useApp();
  const person = usePerson();
  const directory = useDirectory();
  const asked = router.place.value.query;
  const goal = asked.get("goal");
  const compared = optionOf(live, asked.get("compare") ?? "");
  const now = looking.value.person === person.id ? looking.value : startFor(person.id);
  const change = (/** @type {Partial<Looking>} */ part) => (looking.value = { ...now, most: FIRST, ...part });
  const found = search(directory, now.query, now.filters).filter((option) => option.id !== compared?.id);
  const idea = person.can("write_plan") && !compared
    ? html`<a class="nhsuk-button nhsuk-button--secondary" href=${person.path(forGoal("idea-new", goal))}><${Icon} name="lightbulb" />I have my own idea</a>` : null;
  const back = compared ? { href: person.path(`option/${compared.id}`), words: "Back" } : goal ? { href: person.path(`goal/${goal}`), words: "Goal" } : undefined;
  return html`<${Screen} tab="options" title=${compared ? "Compare with what?" : "What could help?"} dock=${idea} ...${back && { back }}
    top=${compared && html`<p class="asof lead">You compare ${compared.name}. Choose a second one.</p>`}>
    <div class="stack">
      ${!directory.known ? html`<${NotHereYet} />` : html`
        <${SearchField} value=${now.query} onInput=${(/** @type {string} */ query) => change({ query })} />
        <${FilterChips} now=${now} change=${change} count=${countWords(found.length, now)} />
        ${person.can("manage") && !compared && html`<a class="plain plain--start" href=${person.path("groups?from=options")}><${Icon} name="users-three" />Ideas from other people</a>`}
        <${Found} found=${found.slice(0, now.most)} goal=${goal} compared=${compared} />
        ${!found.length && html`<${NothingFits} onClear=${() => change({ query: "", filters: NO_FILTERS })} />`}
        ${found.length > now.most && html`<button class="nhsuk-button nhsuk-button--secondary" type="button"
          onClick=${() => change({ most: now.most + MORE })}>Show ${Math.min(MORE, found.length - now.most)} more</button>`}`}
    </div>
  <//>`;
}

/** @param {{found: Option[], goal: string | null, compared: Option | undefined}} props */
function Found({ found, goal, compared }) {
  const { live } = useApp();
  const person = usePerson();
  const chosen = new Set(choicesOf(live, person.stream).map((choice) => choice.option));
  const path = (/** @type {Option} */ option) => compared ? `compare/${compared.id}/${option.id}` : forGoal(`option/${option.id}`, goal);
  return html`<ul class="options">${found.map((option) => html`<li key=${option.id}>
    <${OptionCard} option=${option} href=${person.path(path(option))} chosen=${chosen.has(option.id)} /></li>`)}</ul>`;
}

/** @param {{value: string, onInput: (value: string) => void}} props */
function SearchField({ value, onInput }) {
  return html`<div role="search">
    <label class="nhsuk-label" for="search">Say it in your own words</label>
    <div class="lookup"><${Icon} name="magnifying-glass" />
      <input class="nhsuk-input" id="search" type="search" value=${value} autocomplete="off" enterkeyhint="search"
        onInput=${(/** @type {Event} */ event) => onInput(/** @type {HTMLInputElement} */ (event.target).value)} /></div>
  </div>`;
}

/** @param {{now: Looking, change: (part: Partial<Looking>) => void, count: string}} props */
function FilterChips({ now, change, count }) {
  const { filters, open } = now;
  const set = (/** @type {Partial<Filters>} */ part) => change({ filters: { ...filters, ...part } });
  const inside = [filters.need, filters.side, filters.way === "nhs" ? "" : filters.way].filter(Boolean).length;
  return html`<div class="stack stack--s">
    <div class="chips" role="group" aria-label="Filters">
      <${Chip} on=${filters.free} onTap=${() => set({ free: !filters.free })}>Free<//>
      <${Chip} on=${filters.home} onTap=${() => set({ home: !filters.home })}>At home<//>
      <${Chip} on=${filters.way === "nhs"} onTap=${() => set({ way: filters.way === "nhs" ? "" : "nhs" })}>On the NHS<//>
    </div>
    <div class="split split--mid"><p class="quiet" role="status">${count}</p>
      <button class="plain plain--start" type="button" aria-expanded=${open} onClick=${() => change({ open: !open })}>
        <${Icon} name="sliders-horizontal" />${inside ? `More filters, ${inside} in use` : "More filters"}</button></div>
    ${open && html`<div class="card stack">
      <${Group} title="What is it about?" list=${NEEDS} value=${filters.need} onPick=${(/** @type {string} */ need) => set({ need })} />
      <${Group} title="Which side of life?" list=${SIDES} value=${filters.side} onPick=${(/** @type {string} */ side) => set({ side })} />
      <${Group} title="How would you get it?" list=${WAYS} value=${filters.way} onPick=${(/** @type {string} */ way) => set({ way })} />
    </div>`}
  </div>`;
}

/** @param {{title: string, list: Array<[string, string]>, value: string, onPick: (code: string) => void}} props */
function Group({ title, list, value, onPick }) {
  return html`<section><h2 class="small-head">${title}</h2>
    <div class="chips">${list.map(([code, words]) => html`<${Chip} key=${code} on=${code === value} onTap=${() => onPick(code === value ? "" : code)}>${words}<//>`)}</div>
  </section>`;
}

/** @param {{on: boolean, onTap: () => void, children: import("preact").ComponentChildren}} props */
function Chip({ on, onTap, children }) {
  return html`<button class="chip" type="button" aria-pressed=${on ? "true" : "false"} onClick=${onTap}>${on && html`<${Icon} name="check-bold" />`}${children}</button>`;
}

/** @param {{onClear: () => void}} props */
function NothingFits({ onClear }) {
  return html`<div class="card stack">
    <p>Try other words, or fewer filters. Your own idea is as good as any of ours.</p>
    <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onClear}>Clear the search</button>
  </div>`;
}

/** @param {number} count @param {Looking} now */
function countWords(count, { query, filters }) {
  const all = !query.trim() && Object.values(filters).every((value) => !value);
  if (!count) return "Nothing here fits.";
  const ideas = `${count} ${count === 1 ? "idea" : "ideas"}`;
  const fit = all ? "" : count === 1 ? " fits" : " fit";
  return `${ideas}${fit}. ${query.trim() ? "The best match comes" : "Free ones come"} first.`;
}
