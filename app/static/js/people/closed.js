/** A form that somebody opened by its address and may not use: nothing that they write there would be taken. */
import { html } from "htm/preact";
import { Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";

/** @type {{[role: string]: string}} */
const PARTS = {
  nominee: "You look after the money",
  helper: "You write down what is spent",
  viewer: "You look, and change nothing",
  reviewer: "You look, comment and agree",
};

export default function Closed() {
  const { live } = useApp();
  const person = usePerson();
  const managers = live.rows(person.stream, "member").filter(({ body }) => !body["ended"] && ["holder", "representative"].includes(String(body["role"])));
  const names = managers.map(({ body }) => String(body["name"])).join(" or ");
  return html`<${Screen} tab="home" title="This is not part of what you do here" back=${{ href: person.path("home"), words: "Home" }}>
    <div class="stack">
      <${Note} icon="lock-bold">${PARTS[person.role] ? `${PARTS[person.role]} for ${person.name}. Somebody else writes here.` : "Somebody else writes here."}<//>
      <p>Nothing was saved or sent.${names ? ` If you should do this, ask ${names}.` : ""}</p>
    </div>
  <//>`;
}
