/** Beginnings of sentences for who does not know how to start; one tap puts it into the field. */
import { html } from "htm/preact";

/** @param {{starts: ReadonlyArray<string>, onPick: (words: string) => void}} props */
export function Starters({ starts, onPick }) {
  const pick = (/** @type {string} */ start) => {
    onPick(start);
    document.getElementById("words")?.focus();
  };
  return html`<div><h2 class="small-head">Stuck? Start with one of these</h2>
    <div class="chips">${starts.map((start) => html`<button key=${start} class="chip" type="button" onClick=${() => pick(start)}>${start.trim()}...</button>`)}</div></div>`;
}
