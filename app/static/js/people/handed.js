/** Where the words are that were not taken: in one's own account, for seven days. */
import { html } from "htm/preact";
import { Note } from "../parts/bits.js";
import { useApp } from "../parts/context.js";
import { handedOf } from "./untaken.js";

export function HandedIn() {
  const { live } = useApp();
  live.kept(); // drawn again when something was handed in
  const handed = handedOf(localStorage, live.who.account, live.clock.now());
  if (!handed) return null;
  const one = handed.count === 1;
  return html`<${Note} kind="check" icon="copy-bold" title=${one ? "1 thing you wrote was not taken." : `${handed.count} things you wrote were not taken.`}>
    ${one ? "It stays" : "They stay"} in your account for 7 days. <a href="/account/not-taken">Copy ${one ? "it" : "them"} there</a>.<//>`;
}
