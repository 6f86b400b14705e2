/** Home's money before the rows are open, from what was summed up when they last changed. The real screen takes over. */
import { html } from "htm/preact";
import { Bare, Chip, SentMark } from "../parts/bare.js";
import { Hero, Pots, mainAct } from "./sums.js";

/** @import {Seen} from "./seen.js" */

/** @param {Seen} props */
export function Glance({ person, summary: { figures, total }, waiting, asof, more }) {
  const hero = html`<${Hero} figures=${figures} total=${total} person=${person} asof=${asof} />`;
  const mark = html`<${SentMark} status=${{ phase: "idle", waiting }} href=${`/app/${person.id}/sync`} />`;
  return html`<${Bare} person=${person} tab="home" home top=${hero} mark=${mark} chip=${html`<${Chip} person=${person} more=${more} />`} dock=${mainAct(figures, person)}>
    <div role="status"></div>
    <div class="two"><div class="stack">${figures.length > 0 && html`<${Pots} figures=${figures} person=${person} />`}</div></div>
  <//>`;
}
