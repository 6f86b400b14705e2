/**
 * The frame of every screen of a person's plan: band, sheet, dock and tabs. The band says whose plan it is.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Bare, Chip, SentMark } from "./bare.js";
import { Avatar, Icon } from "./bits.js";
import { useApp, usePerson } from "./context.js";
import { VersionNote } from "./new-version.js";
import { WhosePlan } from "./whose-plan.js";

export { syncWords } from "./bare.js";

/** @import {ComponentChildren, VNode} from "preact" */

/**
 * A screen with tabs.
 * @param {{tab: string, title?: string, top?: ComponentChildren, home?: boolean, back?: {href: string, words: string},
 *   dock?: VNode | null, children: ComponentChildren}} props
 * `top` stands in the band under the chip; `dock` is the one main act.
 */
export function Screen({ tab, title, top, home, back, dock, children }) {
  const person = usePerson();
  const mark = back ? html`<a class="plain plain--band" href=${back.href} data-leaves><${Icon} name="arrow-left-bold" small />${back.words}</a>` : html`<${SyncMark} />`;
  return html`<${Bare} person=${person} tab=${tab} title=${title} top=${top} home=${home} dock=${dock} mark=${mark} chip=${html`<${PersonChip} />`}>
    <${VersionNote} /><${Undoing} />${children}
  <//>`;
}

/**
 * A task on its own: no tabs, Close, and one button that says what it does and where.
 * @param {{title: string, close: string, dock?: VNode | null, top?: ComponentChildren, children: ComponentChildren}} props
 */
export function Task({ title, close, dock, top, children }) {
  const person = usePerson();
  return html`<div class="app" data-person=${person.colour}>
    <div class="frame frame--solo">
      <header class="band">
        <div class="band__top">
          <span class="chip-person"><${Avatar} name=${person.name} colour=${person.colour} />For ${person.name}</span>
          <a class="plain plain--band" href=${close} data-leaves><${Icon} name="x-bold" small />Close</a>
        </div>
        <h1 tabindex="-1">${title}</h1>
        ${top}
      </header>
      <main class="sheet" id="main">${children}</main>
      <footer class="bottom">${dock && html`<div class="dock dock--line">${dock}</div>`}</footer>
    </div>
  </div>`;
}

/** Whose plan is open; a tap shows the others. */
function PersonChip() {
  const { live } = useApp();
  const person = usePerson();
  const [open, setOpen] = useState(false);
  return html`<${Chip} person=${person} more=${live.people().length > 1} onOpen=${() => setOpen(true)} />
    ${open && html`<${WhosePlan} onClose=${() => setOpen(false)} />`}`;
}

/** Whether everything is sent. It opens the list of what waits and why. */
export function SyncMark() {
  const { live } = useApp();
  const person = usePerson();
  return html`<${SentMark} status=${live.status.value} refused=${live.kept().length} href=${person.path("sync")} />`;
}

/** The undo bar. An offer that was made on the way to another screen goes along. */
export function Undoing() {
  const { undo } = useApp();
  const offer = undo.offer.value;
  const shown = useRef(/** @type {typeof offer} */ (null));
  shown.current = offer;
  useEffect(() => () => undo.left(shown.current), []);
  return html`<div role="status">
    ${offer && html`<div class="undo"><span>${offer.sentence}</span>${offer.back && html`<button type="button" onClick=${() => undo.undo()}>${offer.label}</button>`}</div>`}
  </div>`;
}
