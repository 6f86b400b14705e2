/** "Written down. Undo": stays until the next act or until the screen is left; no timer. */
import { signal } from "@preact/signals";

/** @typedef {{sentence: string, back: (() => Promise<unknown>) | null}} Undoable */

/** The one thing that can be undone now. */
export class Undo {
  constructor() {
    /** @type {import("@preact/signals").Signal<Undoable | null>} */
    this.offer = signal(/** @type {Undoable | null} */ (null));
  }

  /**
   * @param {string} sentence
   * @param {(() => Promise<unknown>) | null} [back]
   */
  say(sentence, back = null) {
    this.offer.value = { sentence, back };
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
