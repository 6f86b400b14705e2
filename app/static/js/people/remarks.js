/** What reviewers said about this plan, the newest first. */
import { html } from "htm/preact";
import { localDay, sayDay } from "../core/dates.js";
import { Icon, Kept, Tag, Words } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";

export function Remarks() {
  const { live } = useApp();
  const person = usePerson();
  const said = live.rows(person.stream, "remark").sort((one, other) => (String(one.body["written_at"]) < String(other.body["written_at"]) ? 1 : -1));
  const may = person.role === "reviewer" && person.can("remark");
  if (!said.length && !may) return null;
  return html`<section class="stack" aria-labelledby="remarks-head"><h2 id="remarks-head">Comments on this plan</h2>
    ${said.map(({ id, body }) => html`<article class="said" key=${id}>
      ${body["agrees"] === true && html`<${Tag} kind="good" icon="check-bold">Agrees to the plan<//>`}
      ${body["words"] && html`<${Words} text=${String(body["words"])} small />`}
      <div class="said__by"><span>${live.nameOf(person.stream, String(body["written_by"] ?? ""))}, ${sayDay(localDay(new Date(String(body["written_at"]))), live.today())}</span><${Kept} row=${id} /></div>
    </article>`)}
    ${may && html`<a class="plain" href=${person.path("remark")}><${Icon} name="pencil-simple" small />Comment, or agree</a>`}
  </section>`;
}
