/**
 * Whose receipt is it? What was shared into the app, or the shortcut "Add a receipt", asks this where there are several
 * people; with one it goes straight on to the form.
 */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Avatar, Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";

/** @import {Person} from "../parts/live.js" */

export default function Whose() {
  const { live, router, letterbox } = useApp();
  const person = usePerson();
  const shared = router.place.value.screen === "shared";
  const [photos, setPhotos] = useState(/** @type {number | null} */ (shared ? null : 0));
  const people = live.people().filter((one) => one.scopes.includes("log_money"));
  const only = people.length === 1 ? people[0] : undefined;
  const ready = !shared || Boolean(photos);
  useEffect(() => {
    if (shared) void letterbox.waiting().then(setPhotos);
  }, [shared]);
  useEffect(() => {
    if (only && ready) router.go(formOf(only, shared), { replace: true });
  }, [only?.id, ready]);
  const back = { href: person.path("home"), words: "Home" };
  if (photos === null || (only && ready)) return html`<${Screen} tab="home" title="Opening the receipt" back=${back}><p role="status">One moment.</p><//>`;
  if (!ready) return html`<${NothingCame} back=${back} />`;
  const forget = async () => {
    await letterbox.take();
    router.go(person.path("home"));
  };
  return html`<${Screen} tab="home" title="Whose receipt is it?" back=${back}>
    <div class="stack">
      ${shared && html`<p>${photos === 1 ? "One photo waits" : `${photos} photos wait`} on this phone. Choose a plan, then save it there.</p>`}
      <ul class="card card--rows">${people.map((one) => html`<li key=${one.id}><${PersonRow} one=${one} shared=${shared} /></li>`)}</ul>
      ${!people.length && html`<p>You may look at these plans, but not add money.</p>`}
      ${shared && html`<button class="plain" type="button" onClick=${forget}><${Icon} name="trash-bold" small />Do not keep it</button>`}
    </div>
  <//>`;
}

/** @param {{one: Person, shared: boolean}} props */
function PersonRow({ one, shared }) {
  return html`<a class="row" href=${formOf(one, shared)}><${Avatar} name=${one.name} colour=${one.colour} large />
    <span class="row__body row__title">${one.name}</span><${Icon} name="caret-right" small /></a>`;
}

/** @param {{back: {href: string, words: string}}} props */
function NothingCame({ back }) {
  const person = usePerson();
  return html`<${Screen} tab="home" title="No photo came" back=${back}>
    <div class="card"><${Empty} icon="image" title="Nothing waits here" action=${html`<a class="nhsuk-button" href=${person.path("spend")}><${Icon} name="camera-bold" />Add a receipt</a>`}>
      Share the photo once more, or choose it in the form. It is still where it was.<//></div>
  <//>`;
}

/** @param {Person} person @param {boolean} shared */
function formOf(person, shared) {
  return `/app/${person.id}/spend${shared ? "?shared=1" : ""}`;
}
