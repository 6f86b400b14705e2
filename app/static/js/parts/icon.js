/** Pictures that repeat words: an icon, and a person's mark. Apart from bits.js, because a start needs these alone. */
import { html } from "htm/preact";

const SHEET = document.querySelector('meta[name="inhand-icons"]')?.getAttribute("content") ?? "/static/built/icons.svg";

/** What the page brings itself: a start needs no second document for them. */
const HERE = new Set([...document.querySelectorAll("symbol")].map((one) => one.id));

/**
 * An icon; it never stands without words.
 * @param {{name: string, small?: boolean, large?: boolean}} props
 */
export function Icon({ name, small, large }) {
  const size = small ? " i-s" : large ? " i-l" : "";
  const sheet = HERE.has(name) ? "" : SHEET;
  return html`<svg class=${`i${size}`} aria-hidden="true" focusable="false"><use href=${`${sheet}#${name}`} /></svg>`;
}

/**
 * A person's mark: colour, shape and letter.
 * @param {{name: string, colour: string, large?: boolean}} props
 */
export function Avatar({ name, colour, large }) {
  const letter = [...name.trim()][0]?.toUpperCase() ?? "?";
  return html`<span class=${`avatar${large ? " avatar--l" : ""}`} data-person=${colour} aria-hidden="true">${letter}</span>`;
}
