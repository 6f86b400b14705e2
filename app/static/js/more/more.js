/** More: what waits, who may do what, the phone's lock, the account, help. */
import { html } from "htm/preact";
import { Icon, LinkRow } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Screen, syncWords } from "../parts/frame.js";

/** @type {{[role: string]: string}} */
const ROLE_WORDS = {
  holder: "Their own plan",
  representative: "Looks after this plan",
  nominee: "Looks after the money",
  helper: "Writes down what is spent",
  viewer: "Looks, and changes nothing",
  reviewer: "Looks, comments and agrees",
};

export default function More() {
  const { live } = useApp();
  const person = usePerson();
  const members = live.rows(person.stream, "member").filter((row) => !row.body["ended"]);
  const kept = live.kept().length;
  const tile = (/** @type {string} */ name) => html`<span class="tile"><${Icon} name=${name} /></span>`;
  return html`<${Screen} tab="more" title="More">
    <div class="stack">
      <div class="card card--rows">
        <${LinkRow} href=${person.path("sync")} title=${syncWords(live.status.value, kept).words} quiet=${kept ? `${kept} ${kept === 1 ? "thing was" : "things were"} not taken` : `What waits on this ${deviceWord()}, and why`} lead=${tile("device-mobile")} />
        ${person.can("manage") && html`<${LinkRow} href=${person.path("groups")} title="Groups" quiet="Ideas from other people's plans" lead=${tile("users-three")} />`}
        <${LinkRow} href=${person.path("reviews")} title="Reviews" quiet="The next one, and getting ready" lead=${tile("calendar-check")} />
        <${LinkRow} href=${person.path("reminders")} title="Reminders" quiet="Which days, what time, on this device" lead=${tile("bell")} />
        <${LinkRow} href=${person.path("lock")} title=${`Lock this ${deviceWord()}'s copy`} quiet="With a PIN of your own" lead=${tile("lock")} />
        <${LinkRow} href=${person.path("reading")} title="Reading receipts" quiet=${`On this ${deviceWord()}, also without signal`} lead=${tile("receipt")} />
      </div>
      <section aria-labelledby="who-head"><h2 id="who-head">Who can see and change this plan</h2>
        <ul class="card card--rows">${members.map((row) => html`<li class="row" key=${row.id}>
          ${tile("user")}<span class="row__body"><span class="row__title">${String(row.body["name"])}${row.body["account"] === live.who.account ? " (you)" : ""}</span>
          <span class="quiet">${ROLE_WORDS[String(row.body["role"])] ?? ""}</span></span></li>`)}
          <li><${LinkRow} href=${`/people/${person.id}`} title="Who can do what" quiet="See it all, invite somebody, or end it" lead=${tile("eye")} /></li>
          <li><${LinkRow} href=${person.path("show")} title=${person.role === "holder" ? "Show my plan to somebody" : `Show ${person.name}`} quiet="Hand over the phone, to look only" lead=${tile("hand")} /></li>
          <li><${LinkRow} href=${`/people/${person.id}/concern`} title="Raise a concern" quiet="When somebody may not be safe" lead=${tile("warning-circle")} /></li></ul>
      </section>
      <div class="card card--rows">
        <${LinkRow} href="/people/new" title="Look after somebody else" lead=${tile("user-plus")} />
        <${LinkRow} href="/account" title="Your account and devices" lead=${tile("user-circle")} />
        <${LinkRow} href="/help" title="Help" lead=${tile("question")} />
        <${LinkRow} href=${person.path("sign-out")} title=${`Sign out on this ${deviceWord()}`} lead=${tile("sign-out")} />
      </div>
    </div>
  <//>`;
}
