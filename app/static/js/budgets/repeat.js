/** The same as last week: what was spent then, written down again one by one or all together. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { dayAndMonth, sayDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Task } from "../parts/frame.js";
import { Sum } from "../parts/money.js";
import { moneyRows } from "./figures.js";
import { lastWeek } from "./views.js";

/**
 * @import {Entry, Pot} from "./rules.js"
 * @import {ActRequest} from "../core/compose.js"
 */

/** @typedef {{entry: Entry, on: string}} Again */

export default function Repeat() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const { entries, pots } = moneyRows(live, person.stream);
  const open = pots.filter((pot) => pot.closed_on === null);
  const [week] = useState(() => lastWeek(entries.filter((one) => open.some((pot) => pot.id === one.pot)), live.today()));
  const [left, setLeft] = useState(() => new Set(week?.lines.map(({ entry }) => entry.id)));
  if (!week) return html`<${Nothing} />`;
  const wanted = week.lines.filter(({ entry }) => left.has(entry.id));
  const save = async () => {
    const lines = wanted.map((line) => requestOf(person.stream, line, ids()));
    await live.acts(lines);
    router.leave(person.path("money"));
    undo.say(`${lines.length} ${lines.length === 1 ? "line is" : "lines are"} written down again.`, () =>
      live.acts(lines.map(({ stream, row }) => ({ act: "entry.void", stream, row, facts: { reversal: ids() } }))));
  };
  const toggle = (/** @type {string} */ id) => setLeft((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const words = `From ${dayAndMonth(week.from)} to ${dayAndMonth(week.to)} you spent this. Take away what did not happen again.`;
  return html`<${Task} title="The same as last week" close=${person.path("money")}
    dock=${wanted.length > 0 && html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />${saveWords(wanted, pots)}</button>`}>
    <div class="stack">
      <p>${words}</p>
      <ul class="card card--rows">${week.lines.map((line) => html`<li key=${line.entry.id}><${Line} line=${line} pots=${pots} chosen=${left.has(line.entry.id)} onToggle=${toggle} /></li>`)}</ul>
      ${!wanted.length && html`<p role="status">Nothing is chosen.</p>`}
    </div>
  <//>`;
}

/** @param {{line: Again, pots: Pot[], chosen: boolean, onToggle: (id: string) => void}} props */
function Line({ line: { entry, on }, pots, chosen, onToggle }) {
  const { live } = useApp();
  const pot = pots.find((one) => one.id === entry.pot);
  return html`<label class="row tickrow">
    <input class="tickrow__box" type="checkbox" checked=${chosen} onChange=${() => onToggle(entry.id)} />
    <span class="row__body"><span class="row__title">${entry.merchant || entry.what}</span>
      <span class="quiet">${pot?.name ?? "A pot that is not here yet"}, now for ${sayDay(on, live.today())}</span></span>
    <span class="row__end row__title"><${Sum} amount=${entry.amount} currency=${pot?.currency ?? "GBP"} /></span>
  </label>`;
}

function Nothing() {
  const person = usePerson();
  return html`<${Task} title="The same as last week" close=${person.path("money")}
    dock=${html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>`}>
    <div class="card"><${Empty} icon="receipt" title="Nothing to repeat yet">Add the first receipt. A week later you can write it down again here, with one tap.<//></div>
  <//>`;
}

/**
 * A receipt is for one payment, so photos and notes stay with the old line.
 * @param {string} stream
 * @param {Again} again
 * @param {string} row
 * @returns {ActRequest & {stream: string, row: string}}
 */
function requestOf(stream, { entry: { pot, kind, amount, what, merchant, goal }, on }, row) {
  const counted = /** @type {import("./rules.js").CountedKind} */ (kind);
  return { act: "entry.record", stream, row, facts: { pot, kind: counted, amount, on, what, merchant, goal } };
}

/** @param {Again[]} lines @param {Pot[]} pots */
function saveWords(lines, pots) {
  const currencies = new Set(lines.map(({ entry }) => pots.find((pot) => pot.id === entry.pot)?.currency ?? "GBP"));
  const [currency] = currencies;
  const sum = lines.reduce((all, { entry }) => all + entry.amount, 0);
  const count = `${lines.length} ${lines.length === 1 ? "line" : "lines"}`;
  return currencies.size === 1 ? `Write ${count} again, ${formatAmount(sum, currency)}` : `Write ${count} again`;
}
