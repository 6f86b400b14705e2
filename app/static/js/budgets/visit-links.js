/** "The visit happened", "It did not happen" as links. */
import { html } from "htm/preact";
import { Icon } from "../parts/icon.js";

/** For before the rows are open, or where one has to say which pot. @param {{person: string}} props */
export function VisitLinks({ person }) {
  return html`<div class="duo">
    <a class="nhsuk-button" href=${`/app/${person}/visit?went=happened`}><${Icon} name="check-bold" />The visit happened</a>
    <a class="nhsuk-button nhsuk-button--secondary" href=${`/app/${person}/visit?went=missed`}><${Icon} name="x-bold" />It did not happen</a>
  </div>`;
}
