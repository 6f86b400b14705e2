/** A second reader: who that may be, what they see, and that asking them needs signal. */
import { html } from "htm/preact";
import { Icon, Note } from "../parts/bits.js";
import { useApp } from "../parts/context.js";

export function SecondReader() {
  const { live } = useApp();
  const signal = live.status.value.phase !== "offline";
  const steps = [["user", "Choose one person you trust. They need an account of Inhand."], ["share-network", "We make a link. You give it to them."], ["eye", "They read the text below, and nothing else of the plan."], ["chat-circle", "They say if they could tell who it is."]];
  return html`<section class="stack stack--s" aria-labelledby="second-head"><h2 id="second-head">Why a second reader?</h2>
    <p>Something in it is rare, or you were not sure. Another pair of eyes sees more.</p>
    <ol class="card card--rows">${steps.map(([icon, words]) => html`<li class="row" key=${icon}><span class="tile"><${Icon} name=${icon} /></span><span class="row__body">${words}</span></li>`)}</ol>
    ${!signal && html`<${Note} icon="wifi-slash-bold">Making the link needs signal. The text waits here until then.<//>`}
    <p class="quiet">Did you give somebody a link already? Then wait for their answer. A new link ends the old one.</p>
  </section>`;
}
