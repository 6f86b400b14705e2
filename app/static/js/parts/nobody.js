/** What stands there when no plan can be shown: not received yet, or no longer looked after. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useApp } from "./context.js";

/** @param {{unknown: boolean}} props */
export function Nobody({ unknown }) {
  const { live } = useApp();
  const received = live.replica.known(`account:${live.who.account}`);
  return html`<div class="app"><div class="frame frame--solo">
    <header class="band"><h1 tabindex="-1">${titleOf(received, unknown)}</h1></header>
    <main class="sheet stack" id="main">
      ${received && !unknown && html`<p><b>Did you accept an invitation?</b> Then whoever invited you has to let you in first. We write you a mail.</p>`}
      <p>${received ? "Plans that you look after stand here." : "Your plan comes as soon as there is signal. Keep this page open."}</p>
      ${received && html`<${Kept} />`}
      ${received && html`<a class="nhsuk-button" href="/people/new">Look after somebody</a>`}
      ${received && unknown && html`<a class="nhsuk-button nhsuk-button--secondary" href="/app/">Open another plan</a>`}
    </main>
  </div></div>`;
}

/** What was written for a plan that is closed now: still here to be copied. */
function Kept() {
  const { live } = useApp();
  const kept = live.kept();
  const [parts, setParts] = useState(/** @type {typeof import("../more/sync-list.js") | null} */ (null));
  useEffect(() => void import("../more/sync-list.js").then(setParts), []);
  if (!parts) return null;
  return html`<${parts.HandedIn} />${kept.length > 0 && html`<${parts.AllNotTaken} kept=${kept} />`}`;
}

/**
 * @param {boolean} received
 * @param {boolean} unknown
 */
function titleOf(received, unknown) {
  if (!received) return "Getting your plan";
  return unknown ? "You do not look after this plan" : "No plan yet";
}
