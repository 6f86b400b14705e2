/** "Written down. Undo": stays until the next act or until the screen is left where it was read; no timer. */
import { signal } from "@preact/signals";

/** @typedef {{sentence: string, back: (() => Promise<unknown>) | null, label: string}} Undoable */

/** So long it takes to see that something is offered: a tap before that was not meant for this screen. */
const SEEN_MS = 1_500;

/** The one thing that can be undone now. */
export class Undo {
  #now;
  #shown = 0;

  /** @param {() => number} [now]  ms */
  constructor(now = () => performance.now()) {
    this.#now = now;
    /** @type {import("@preact/signals").Signal<Undoable | null>} */
    this.offer = signal(/** @type {Undoable | null} */ (null));
  }

  /**
   * @param {string} sentence
   * @param {(() => Promise<unknown>) | null} [back]
   * @param {string} [label]  what going back is called
   */
  say(sentence, back = null, label = "Undo") {
    this.#shown = this.#now();
    this.offer.value = { sentence, back, label };
  }

  /** The screen that showed this is left. Who left it at once goes on seeing it. @param {Undoable | null} offer */
  left(offer) {
    if (offer && this.offer.peek() === offer && this.#now() - this.#shown > SEEN_MS) this.forget();
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
