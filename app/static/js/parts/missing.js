/** A thing that is not on this phone: removed, not received yet, or somebody else's. */
import { html } from "htm/preact";
import { Screen } from "./frame.js";

/** @param {{tab: string, what: string, back: {href: string, words: string}}} props */
export function Missing({ tab, what, back }) {
  return html`<${Screen} tab=${tab} title=${`${what} is not here`} back=${back}>
    <p>It may have been taken away, or this phone has not received it yet.</p>
  <//>`;
}
