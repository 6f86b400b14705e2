/**
 * The frame of every screen of a person's plan: band, sheet, dock and tabs. The band says whose plan it is.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Avatar, Icon } from "./bits.js";
import { useApp, usePerson } from "./context.js";
import { VersionNote } from "./new-version.js";
import { WhosePlan } from "./whose-plan.js";

/** @import {ComponentChildren, VNode} from "preact" */

/** @type {Array<[string, string, string]>} */
const TABS = [
  ["home", "Home", "house"],
  ["plan", "Plan", "clipboard-text"],
  ["options", "Options", "lightbulb"],
  ["money", "Money", "wallet"],
  ["more", "More", "dots-three-circle"],
];

/**
 * A screen with tabs.
 * @param {{tab: string, title?: string, top?: ComponentChildren, home?: boolean, back?: {href: string, words: string},
 *   dock?: VNode | null, children: ComponentChildren}} props
 * `top` stands in the band under the chip; `dock` is the one main act.
 */
export function Screen({ tab, title, top, home, back, dock, children }) {
  const person = usePerson();
  return html`<div class="app" data-person=${person.colour}>
    <div class="frame">
      <header class=${`band${home ? " band--home" : ""}`}>
        <div class="band__top">
          <${PersonChip} />
          ${back ? html`<a class="plain plain--band" href=${back.href}><${Icon} name="arrow-left-bold" small />${back.words}</a>` : html`<${SyncMark} />`}
        </div>
        <a class="plain plain--band menu-jump" href="#tabs">Menu</a>
        ${title && html`<h1 tabindex="-1">${title}</h1>`}
        ${top}
      </header>
      <main class="sheet" id="main"><${VersionNote} /><${Undoing} />${children}</main>
      <div class="bottom">
        ${dock && html`<div class="dock">${dock}</div>`}
        <nav class="tabs" id="tabs" aria-label="Main">
          ${TABS.map(([code, words, icon]) => html`<a key=${code} href=${person.path(code)} aria-current=${code === tab ? "page" : undefined}>
            <span class="tabs__pill"><${Icon} name=${code === tab ? `${icon}-fill` : icon} /></span>${words}
          </a>`)}
        </nav>
        <div class="brand wideonly"><span>Inhand</span></div>
      </div>
    </div>
  </div>`;
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
          <a class="plain plain--band" href=${close}><${Icon} name="x-bold" small />Close</a>
        </div>
        <h1 tabindex="-1">${title}</h1>
        ${top}
      </header>
      <main class="sheet" id="main">${children}</main>
      <div class="bottom">${dock && html`<div class="dock dock--line">${dock}</div>`}</div>
    </div>
  </div>`;
}

/** Whose plan is open; a tap shows the others. */
function PersonChip() {
  const { live } = useApp();
  const person = usePerson();
  const [open, setOpen] = useState(false);
  const more = live.people().length > 1;
  return html`<button class="chip-person" type="button" aria-haspopup="dialog" onClick=${() => setOpen(true)}>
      <${Avatar} name=${person.name} colour=${person.colour} />${person.name}
      <${Icon} name="caret-down-bold" small /><span class="hide">${more ? "Open another plan" : "Whose plan?"}</span>
    </button>
    ${open && html`<${WhosePlan} onClose=${() => setOpen(false)} />`}`;
}

/** Whether everything is sent. It opens the list of what waits and why. */
export function SyncMark() {
  const { live } = useApp();
  const person = usePerson();
  const { words, icon } = syncWords(live.status.value);
  return html`<a class="sync" href=${person.path("sync")}><${Icon} name=${icon} small />${words}</a>`;
}

/**
 * @param {import("../core/sync.js").SyncStatus} status
 * @returns {{words: string, icon: string}}
 */
export function syncWords({ phase, waiting }) {
  const stuck = { signin: "Sign in to send", update: "New version needed", other_account: "Cannot send: see why", full: "Phone is full" };
  if (phase in stuck) return { words: stuck[/** @type {keyof typeof stuck} */ (phase)], icon: "warning-circle-bold" };
  if (phase === "offline") return { words: waiting ? `No signal, ${waiting} wait` : "No signal", icon: "wifi-slash-bold" };
  if (waiting) return { words: `${waiting} not sent yet`, icon: "device-mobile-bold" };
  return { words: "All sent", icon: "check-circle-bold" };
}

/** The undo bar. */
export function Undoing() {
  const { undo } = useApp();
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  const offer = undo.offer.value;
  useEffect(() => () => undo.forget(), []);
  return html`<div role="status" ref=${bar}>
    ${offer && html`<div class="undo"><span>${offer.sentence}</span>${offer.back && html`<button type="button" onClick=${() => undo.undo()}>Undo</button>`}</div>`}
  </div>`;
}
