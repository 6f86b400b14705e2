/** "A new version is ready": it waits for a tap. A half-filled form is never in its way: tasks do not show it. */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { Icon } from "./bits.js";
import { useApp } from "./context.js";

/** @import {WorkerUpdate} from "../core/worker-update.js" */

/** Whether a new version waits. */
export class NewVersion {
  #update;

  /** @param {WorkerUpdate} update */
  constructor(update) {
    this.#update = update;
    this.ready = signal(update.status() === "ready");
    update.subscribe((status) => (this.ready.value = status === "ready"));
  }

  take() {
    this.#update.take();
  }
}

export function VersionNote() {
  const { version } = useApp();
  if (!version.ready.value) return null;
  return html`<div class="note note--good stack--below" role="status"><${Icon} name="sparkle" small />
    <p>A new version is ready. <button class="plain" type="button" onClick=${() => version.take()}>Take the new version</button></p></div>`;
}
