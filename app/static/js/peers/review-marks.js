/** The words of a checked text with their marks: changed, standing out, hidden, sealed. */
import { html } from "htm/preact";
import { Icon } from "../parts/bits.js";
import { HIDDEN, isSealed, piecesOf } from "./review-text.js";

/** @import {ComponentChildren} from "preact" */
/** @import {Choices, Piece, Segment} from "./review-text.js" */

/**
 * @param {{part: string, segments: Segment[] | undefined, choices: Choices, onHide: (word: string) => void,
 *   onShow: (word: string) => void, onOpen: (number: number) => void}} props
 */
export function MarkedText({ part, segments = [], choices, onHide, onShow, onOpen }) {
  const marked = (/** @type {Piece} */ piece) => {
    if (piece.kind === "plain") return piece.text;
    const key = `${piece.at}`;
    if (piece.kind === "faint") return html`<${Mark} key=${key} look="faint" name=${`${piece.text}. Hide it everywhere`} onTap=${() => onHide(piece.word)}>${piece.text}<//>`;
    if (piece.kind === "hidden") return html`<${Mark} key=${key} look="hidden" name="A hidden word. Show it again" onTap=${() => onShow(piece.word)}>${HIDDEN}<//>`;
    return html`<${FindMark} key=${key} segment=${segments[piece.number]} shown=${choices.revealed.includes(`${part}:${piece.number}`)} text=${piece.text} onTap=${() => onOpen(piece.number)} />`;
  };
  return html`<p class="words words--s review-words" dir="auto">${piecesOf(part, segments, choices).map(marked)}</p>`;
}

/** @param {{segment: Segment | undefined, shown: boolean, text: string, onTap: () => void}} props */
function FindMark({ segment, shown, text, onTap }) {
  if (!segment) return text;
  if (shown) return html`<${Mark} look="rare" name=${`${text}. You show this. Change`} onTap=${onTap}>${text}<//>`;
  const look = isSealed(segment) ? "sealed" : segment.k === "RARE" ? "rare" : "standin";
  return html`<${Mark} look=${look} name=${`${text}, put in by us. See why`} onTap=${onTap}>${look === "sealed" && html`<${Icon} name="lock-bold" small />`}${text}<//>`;
}

/** A span, because a real button cannot break over lines. @param {{look: string, name: string, onTap: () => void, children: ComponentChildren}} props */
function Mark({ look, name, onTap, children }) {
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onTap();
  };
  return html`<span class=${`redact redact--${look}`} role="button" tabindex="0" aria-label=${name} onClick=${onTap} onKeyDown=${key}>${children}</span>`;
}
