/** A sheet that rises over the screen: a real dialog, so that focus stays in it and Escape closes it. */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./bits.js";

/** @import {ComponentChildren} from "preact" */

/** @param {{title: string, onClose: () => void, children: ComponentChildren}} props */
export function Riser({ title, onClose, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return html`<dialog class="riser" ref=${box} aria-labelledby="riser-title" onClose=${onClose} onCancel=${onClose}>
    <div class="split split--mid">
      <h2 id="riser-title">${title}</h2>
      <button class="plain" type="button" onClick=${onClose}><${Icon} name="x-bold" small />Close</button>
    </div>
    ${children}
  </dialog>`;
}
