/** What is next: things to settle first, then goals in own words. */
import { html } from "htm/preact";
import { Icon, LinkRow, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";

export function Next() {
  const { live } = useApp();
  const person = usePerson();
  const open = live.rows(person.stream, "conflict").filter((row) => row.body["choice"] === null);
  const goals = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active");
  return html`<section aria-labelledby="next-head"><h2 id="next-head">What is next</h2>
    <div class="card card--rows">
      ${open.map((row) => html`<${LinkRow} key=${row.id} href=${person.path(`conflict/${row.id}`)} title="Two people changed one thing"
        quiet="Look at both and choose." lead=${html`<span class="tile"><${Icon} name="arrows-left-right" /></span>`} />`)}
      ${goals.slice(0, 1).map((row) => html`<a class="row" key=${row.id} href=${person.path(`goal/${row.id}`)}>
        <span class="tile tile--tint"><${Icon} name="flag" /></span>
        <span class="row__body"><${Words} text=${String(row.body["words"])} small /></span>
        <${Icon} name="caret-right" small />
      </a>`)}
      ${!open.length && !goals.length && html`<${LinkRow} href=${person.path("goal-new")} title="Write the first goal"
        quiet="A goal can be small." lead=${html`<span class="tile tile--tint"><${Icon} name="flag" /></span>`} />`}
    </div>
  </section>`;
}
