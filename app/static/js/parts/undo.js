/** "Written down. Undo": stays until the next act or until the screen is left; no timer. */
import { signal } from "@preact/signals";

/** @typedef {{sentence: string, back: (() => Promise<unknown>) | null, label: string}} Undoable */

/** The one thing that can be undone now. */
export class Undo {
  constructor() {
    /** @type {import("@preact/signals").Signal<Undoable | null>} */
    this.offer = signal(/** @type {Undoable | null} */ (null));
  }

  /**
   * @param {string} sentence
   * @param {(() => Promise<unknown>) | null} [back]
   * @param {string} [label]  what going back is called
   */
  say(sentence, back = null, label = "Undo") {
    this.offer.value = { sentence, back, label };
  }

  forget() {
    this.offer.value = null;
  }

  async undo() {
    const offered = this.offer.value;
    this.forget();
    await offered?.back?.();
  }
}
