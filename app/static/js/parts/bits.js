/** Small parts that every screen uses. Words first; pictures only repeat them. */
import { html } from "htm/preact";
import { useApp } from "./context.js";
import { deviceWord } from "./device.js";
import { Icon } from "./icon.js";

export { Avatar, Icon } from "./icon.js";

/** @import {ComponentChildren, VNode} from "preact" */

/**
 * Words of a person: serif, byte for byte, never tidied.
 * @param {{text: string, small?: boolean, lang?: string}} props
 */
export function Words({ text, small, lang }) {
  return html`<p class=${`words${small ? " words--s" : ""}`} dir="auto" lang=${lang}>${text}</p>`;
}

/**
 * Whether a thing is sent. The ordinary is quiet, the exception takes room.
 * @param {{row: string}} props
 */
export function Kept({ row }) {
  const { live } = useApp();
  const status = live.statusOf(row);
  if (status === "saved") {
    return html`<span class="kept kept--phone"><${Icon} name="device-mobile-bold" />Saved on this ${deviceWord()}</span>`;
  }
  if (status === "refused") {
    return html`<span class="kept kept--phone"><${Icon} name="warning-circle-bold" />Not taken</span>`;
  }
  return html`<span class="kept"><${Icon} name="check-bold" />Sent</span>`;
}

/**
 * @param {{kind?: "plain" | "good" | "check", icon?: string, title?: string, children: ComponentChildren}} props
 */
export function Note({ kind = "plain", icon = "info-bold", title, children }) {
  const look = kind === "plain" ? "note" : `note note--${kind}`;
  return html`<div class=${look}><${Icon} name=${icon} small /><p>${title && html`<b>${title} </b>`}${children}</p></div>`;
}

/**
 * @param {{kind?: "good" | "check" | "stop" | "", icon: string, children: ComponentChildren}} props
 */
export function Tag({ kind = "", icon, children }) {
  return html`<span class=${`tag${kind ? ` tag--${kind}` : ""}`}><${Icon} name=${icon} />${children}</span>`;
}

/**
 * A row of a list that leads somewhere.
 * @param {{href: string, title: ComponentChildren, lead?: VNode, quiet?: ComponentChildren, end?: ComponentChildren}} props
 */
export function LinkRow({ href, title, lead, quiet, end }) {
  return html`<a class="row" href=${href}>
    ${lead}
    <span class="row__body"><span class="row__title">${title}</span>${quiet && html`<span class="quiet">${quiet}</span>`}</span>
    ${end && html`<span class="row__end">${end}</span>`}
    <${Icon} name="caret-right" small />
  </a>`;
}

/**
 * A day as a tile; the day is also in words beside it.
 * @param {{top: string, bottom: string, day?: boolean}} props
 */
export function DayTile({ top, bottom, day }) {
  return html`<span class=${`daytile${day ? " daytile--day" : ""}`} aria-hidden="true"><span>${top}</span>${bottom}</span>`;
}

/**
 * An empty list that invites.
 * @param {{icon: string, title: string, children: ComponentChildren, action?: VNode}} props
 */
export function Empty({ icon, title, children, action }) {
  return html`<div class="empty">
    <span class="tile tile--tint tile--large"><${Icon} name=${icon} large /></span>
    <h2>${title}</h2>
    <p class="quiet">${children}</p>
    ${action}
  </div>`;
}
