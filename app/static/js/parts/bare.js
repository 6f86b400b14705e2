/** The frame's look alone: given everything, it reads nothing. A start paints with it before the rows are open. */
import { html } from "htm/preact";
import { Avatar, Icon } from "./icon.js";

/** @import {ComponentChildren, VNode} from "preact" */
/** @import {SyncStatus} from "../core/sync.js" */
/** @typedef {{id: string, name: string, colour: string}} Whose */

/** @type {Array<[string, string, string]>} */
const TABS = [
  ["home", "Home", "house"],
  ["plan", "Plan", "clipboard-text"],
  ["options", "Options", "lightbulb"],
  ["money", "Money", "wallet"],
  ["more", "More", "dots-three-circle"],
];

/**
 * Band, sheet, dock and tabs.
 * @param {{person: Whose, tab: string, title?: string, top?: ComponentChildren, home?: boolean, chip: VNode, mark: VNode,
 *   dock?: VNode | null, children: ComponentChildren}} props
 */
export function Bare({ person, tab, title, top, home, chip, mark, dock, children }) {
  return html`<div class="app" data-person=${person.colour}>
    <div class="frame">
      <header class=${`band${home ? " band--home" : ""}`}>
        <div class="band__top">${chip}${mark}</div>
        <a class="plain plain--band menu-jump" href="#tabs">Menu</a>
        ${title && html`<h1 tabindex="-1">${title}</h1>`}
        ${top}
      </header>
      <main class="sheet" id="main">${children}</main>
      <footer class="bottom">
        ${dock && html`<div class="dock">${dock}</div>`}
        <nav class="tabs" id="tabs" aria-label="Main">
          ${TABS.map(([code, words, icon]) => html`<a key=${code} href=${`/app/${person.id}/${code}`} aria-current=${code === tab ? "page" : undefined}>
            <span class="tabs__pill"><${Icon} name=${code === tab ? `${icon}-fill` : icon} /></span>${words}
          </a>`)}
        </nav>
        <div class="brand wideonly"><span>Inhand</span></div>
      </footer>
    </div>
  </div>`;
}

/** @param {{person: Whose, more: boolean, onOpen?: () => void}} props */
export function Chip({ person, more, onOpen }) {
  return html`<button class="chip-person" type="button" aria-haspopup="dialog" onClick=${onOpen}>
    <${Avatar} name=${person.name} colour=${person.colour} />${person.name}
    <${Icon} name="caret-down-bold" small /><span class="hide">${more ? "Open another plan" : "Whose plan?"}</span>
  </button>`;
}

/** @param {{status: Pick<SyncStatus, "phase" | "waiting">, refused?: number, href: string}} props */
export function SentMark({ status, refused, href }) {
  const { words, icon } = syncWords(status, refused);
  return html`<a class="sync" href=${href}><${Icon} name=${icon} small />${words}</a>`;
}

/**
 * @param {Pick<SyncStatus, "phase" | "waiting">} status
 * @param {number} [refused]  how many things were not taken: nothing but their author can settle them
 * @returns {{words: string, icon: string}}
 */
export function syncWords({ phase, waiting }, refused = 0) {
  const stuck = { signin: "Sign in to send", update: "New version needed", other_account: "Cannot send: see why", full: "Phone is full" };
  if (phase in stuck) return { words: stuck[/** @type {keyof typeof stuck} */ (phase)], icon: "warning-circle-bold" };
  if (refused) return { words: stuck.other_account, icon: "warning-circle-bold" };
  if (phase === "offline") return { words: waiting ? `No signal, ${waiting} wait${waiting === 1 ? "s" : ""}` : "No signal", icon: "wifi-slash-bold" };
  if (waiting) return { words: `${waiting} not sent yet`, icon: "device-mobile-bold" };
  return { words: "All sent", icon: "check-circle-bold" };
}
