/** One photo of a receipt, as large as one needs it: two fingers, two taps, buttons or keys. */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { fullDay } from "../core/dates.js";
import { Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { moneyRows } from "./figures.js";
import { usePicture } from "./photos.js";
import { LEAST, MOST, STEP, WHOLE, moved, pinched, tappedTwice, zoomed } from "./zoom.js";

/**
 * @import {Point, Size, View} from "./zoom.js"
 */

const TWICE_MS = 300;
const STILL = 8;
const NUDGE = 80;

/** @type {{[key: string]: Point}} */
const ARROWS = { ArrowLeft: { x: NUDGE, y: 0 }, ArrowRight: { x: -NUDGE, y: 0 }, ArrowUp: { x: 0, y: NUDGE }, ArrowDown: { x: 0, y: -NUDGE } };

export default function PhotoScreen() {
  const { live, router } = useApp();
  const person = usePerson();
  const [id = "", number = "1"] = router.place.value.rest;
  const entry = moneyRows(live, person.stream).entries.find((one) => one.id === id);
  const sha = entry?.files[Number(number) - 1];
  const address = usePicture(sha ?? "", "picture");
  if (!entry || !sha) return html`<${Missing} tab="money" what="This photo" back=${{ href: person.path("photos"), words: "Photos" }} />`;
  const words = `${entry.merchant || entry.what}, ${fullDay(entry.on)}, photo ${number}`;
  return html`<${Screen} tab="money" title=${entry.merchant || entry.what} back=${{ href: person.path(`entry/${id}`), words: "The receipt" }}>
    ${address ? html`<${Closely} address=${address} words=${words} />` : html`<${Note} icon="image" title="The photo is not here yet.">It shows when there is signal.<//>`}
  <//>`;
}

/** @param {{address: string, words: string}} props */
function Closely({ address, words }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [view, setView] = useState(/** @type {View} */ (WHOLE));
  const size = () => sizeOf(frame.current);
  const by = (/** @type {number} */ factor) => () => setView((now) => zoomed(now, factor, size()));
  const fingers = useFingers(frame, setView);
  const press = (/** @type {KeyboardEvent} */ event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || view.scale === LEAST) return;
    event.preventDefault();
    setView((now) => moved(now, arrow, size()));
  };
  const place = { "--x": `${view.x}px`, "--y": `${view.y}px`, "--z": String(view.scale) };
  return html`<div class="stack stack--s">
    <div class="zoom" ref=${frame} tabindex="0" role="group" aria-label="The photo. Arrow keys move it when it is large." onKeyDown=${press} ...${fingers}>
      <img class="zoom__picture" src=${address} alt=${words} draggable=${false} style=${place} />
    </div>
    <div class="zoom__buttons" role="group" aria-label="Size of the photo">
      <button class="chip" type="button" disabled=${view.scale >= MOST} onClick=${by(STEP)}><${Icon} name="plus-bold" />Larger</button>
      <button class="chip" type="button" disabled=${view.scale <= LEAST} onClick=${by(1 / STEP)}><${Icon} name="minus-bold" />Smaller</button>
      <button class="chip" type="button" disabled=${view.scale <= LEAST} onClick=${() => setView(WHOLE)}>Whole photo</button>
    </div>
    <p class="quiet">Tap twice to look closely. When it is large, tap a place to bring it to the middle.</p>
  </div>`;
}

/**
 * One finger moves, two make larger or smaller, a tap brings a place to the middle, two taps come near or go back.
 * @param {import("preact").RefObject<HTMLElement | null>} frame
 * @param {(change: (now: View) => View) => void} setView
 */
function useFingers(frame, setView) {
  const down = useRef(/** @type {Map<number, Point>} */ (new Map()));
  const start = useRef({ x: 0, y: 0, at: -TWICE_MS, moved: false });
  const pointOf = (/** @type {PointerEvent} */ event) => inFrame(event, frame.current);
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, pointOf(event));
      if (down.current.size === 1) start.current = { ...start.current, ...pointOf(event), moved: false };
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const before = down.current.get(event.pointerId);
      if (!before) return;
      const after = pointOf(event);
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      down.current.set(event.pointerId, after);
      if (other || Math.hypot(after.x - start.current.x, after.y - start.current.y) > STILL) start.current.moved = true;
      setView((now) => other ? pinched(now, [before, other], [after, other], sizeOf(frame.current)) : moved(now, { x: after.x - before.x, y: after.y - before.y }, sizeOf(frame.current)));
    },
    onPointerUp: (/** @type {PointerEvent} */ event) => {
      down.current.delete(event.pointerId);
      if (start.current.moved) return;
      const twice = event.timeStamp - start.current.at < TWICE_MS;
      start.current.at = twice ? -TWICE_MS : event.timeStamp;
      const at = pointOf(event);
      setView((now) => twice ? tappedTwice(now, at, sizeOf(frame.current)) : moved(now, { x: -at.x, y: -at.y }, sizeOf(frame.current)));
    },
    onPointerCancel: (/** @type {PointerEvent} */ event) => void down.current.delete(event.pointerId),
  };
}

/** @param {HTMLElement | null} frame @returns {Size} */
function sizeOf(frame) {
  return { width: frame?.clientWidth ?? 1, height: frame?.clientHeight ?? 1 };
}

/** @param {PointerEvent} event @param {HTMLElement | null} frame @returns {Point} */
function inFrame(event, frame) {
  const box = frame?.getBoundingClientRect();
  if (!box) return { x: 0, y: 0 };
  return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
}
