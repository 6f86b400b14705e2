/** "How is it going?": one tap notes it for today, words may follow; what was noted before stands below. */
import { html } from "htm/preact";
import { sayDay } from "../core/dates.js";
import { Icon, Kept, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { GOING, checkInsOf, goingOf, ofToday } from "./going.js";

/** @import {Row} from "../core/types.js" */
/** @import {Going} from "./going.js" */

const FIRST = 2;

/** How it was going last time, as a tag; nothing where nobody has said. @param {{goal: string}} props */
export function LastGoing({ goal }) {
  const { live } = useApp();
  const [last] = checkInsOf(live.rows(usePerson().stream, "check_in"), goal);
  return last ? html`<${GoingTag} code=${last.body["going"]} />` : null;
}

/** @param {{code: unknown}} props */
export function GoingTag({ code }) {
  const going = goingOf(code);
  return going ? html`<${Tag} kind=${going.kind} icon=${going.icon}>${going.words}<//>` : null;
}

/** @param {{goal: string, open: boolean}} props  `open`: the goal is still being worked on */
export function CheckIns({ goal, open }) {
  const { live } = useApp();
  const person = usePerson();
  const found = checkInsOf(live.rows(person.stream, "check_in"), goal);
  const may = person.can("write_plan") && open;
  if (!found.length && !may) return null;
  return html`<section class="stack stack--s" aria-labelledby="going-head"><h2 id="going-head">How is it going?</h2>
    ${may && html`<${Ask} goal=${goal} found=${found} />`}
    ${found.length > 0 && html`<ul class="card card--rows">${found.slice(0, FIRST).map((row) => html`<${CheckIn} key=${row.id} row=${row} />`)}</ul>`}
    ${found.length > FIRST && html`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">What was said before that</span></summary>
      <ul class="card card--rows">${found.slice(FIRST).map((row) => html`<${CheckIn} key=${row.id} row=${row} />`)}</ul></details>`}
  </section>`;
}

/** Three answers; a second tap on a day changes one's own answer. @param {{goal: string, found: Row[]}} props */
function Ask({ goal, found }) {
  const { live, undo, ids } = useApp();
  const { stream } = usePerson();
  const today = live.today();
  const now = ofToday(found, { today, account: live.who.account });
  const tap = async (/** @type {Going} */ { code, words }) => {
    if (now?.body["going"] === code) return;
    const row = now?.id ?? ids();
    const before = now ? goingOf(now.body["going"])?.code ?? code : code;
    await live.act({ act: "check_in.write", stream, row, facts: now ? { going: code } : { goal, on: today, going: code } });
    undo.say(`${words}: noted for today.`, () => now
      ? live.act({ act: "check_in.write", stream, row, facts: { going: before } })
      : live.act({ act: "check_in.remove", stream, row }));
  };
  return html`<div class="chips" role="group" aria-labelledby="going-head">
    ${GOING.map((one) => html`<button key=${one.code} class="chip" type="button" aria-pressed=${now?.body["going"] === one.code ? "true" : "false"} onClick=${() => tap(one)}>
      <${Icon} name=${one.icon} />${one.words}</button>`)}
  </div>`;
}

/** @param {{row: Row}} props */
function CheckIn({ row: { id, body } }) {
  const { live } = useApp();
  const person = usePerson();
  const day = sayDay(String(body["on"]), live.today());
  const words = String(body["words"] ?? "");
  return html`<li class="row row--tight"><div class="row__body stack stack--s">
    <div><${GoingTag} code=${body["going"]} /></div>
    ${words && html`<${Words} text=${words} small />`}
    <div class="split split--mid"><span class="quiet">${live.nameOf(person.stream, String(body["written_by"] ?? "")).replace(/^./, (letter) => letter.toUpperCase())}, ${day}${live.statusOf(id) === "sent" ? "" : html` <${Kept} row=${id} />`}</span>
      ${person.can("write_plan") && html`<a class="plain" href=${person.path(`check-in/${id}`)}>${words ? "Change" : "Say more"}<span class="hide"> about ${day}</span></a>`}</div>
  </div></li>`;
}
