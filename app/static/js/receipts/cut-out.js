/** Parts of a receipt's photo: the strip around one place, set upright, and the whole photo with its numbers to tap. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { fullDay, isDate } from "../core/dates.js";
import { useApp, usePerson } from "../parts/context.js";
import { Riser } from "../parts/riser.js";
import { uprightSpot } from "./reading.js";

/** @import {ReadNumber, Spot} from "./reading.js" */
/** @import {Found} from "./confirm.js" */

const WHOLE = 10_000;
const MARK = "#f8c03e";
const LEAST_TAP = 21;
const MOST_ZOOM = 3.5;
const DRAWN_WIDTH = 1_600;

/**
 * The decoded photo, or null while it is not here.
 * @param {string | undefined} sha256
 * @returns {HTMLImageElement | null}
 */
function useImage(sha256) {
  const { doors } = useApp();
  const person = usePerson();
  const [image, setImage] = useState(/** @type {HTMLImageElement | null} */ (null));
  useEffect(() => {
    let here = true;
    const show = async () => {
      const address = sha256 ? await doors.picture(person.id, sha256, "picture") : null;
      if (!address) return;
      const made = new Image();
      made.src = address;
      await made.decode();
      if (here) setImage(made);
    };
    show().catch(() => {});
    return () => void (here = false);
  }, [sha256]);
  return image;
}

/**
 * The strip of the photo around what was read, straightened, with the place outlined.
 * @param {{sha256: string | undefined, found: Found, words: string}} props
 */
export function CutOut({ sha256, found, words }) {
  const image = useImage(found.spot ? sha256 : undefined);
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (image && canvas.current && found.spot) drawStrip(canvas.current, image, found.spot, found.turn);
  }, [image, found.spot, found.turn]);
  if (!found.spot || !image) return null;
  return html`<canvas class="cutout" ref=${canvas} role="img" aria-label=${`Cut out of the photo: ${isDate(words) ? fullDay(words) : words}`}></canvas>`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLImageElement} image
 * @param {Spot} spot
 * @param {number} turn
 */
function drawStrip(canvas, image, spot, turn) {
  const size = uprightSize(image, turn);
  const [left, top, right, bottom] = inPixels(uprightSpot(spot, turn), size);
  const [high, wide] = [bottom - top, right - left];
  const room = Math.max(wide * 0.6, high * 3);
  const from = { x: Math.max(0, left - room), y: Math.max(0, top - high * 1.4) };
  const to = { x: Math.min(size.width, right + room), y: Math.min(size.height, bottom + high * 1.4) };
  canvas.width = Math.max(1, Math.round(to.x - from.x));
  canvas.height = Math.max(1, Math.round(to.y - from.y));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.translate(-from.x, -from.y);
  drawUpright(pen, image, turn, size);
  pen.setTransform(1, 0, 0, 1, -from.x, -from.y);
  outline(pen, [left, top, right, bottom], high);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {[number, number, number, number]} box
 * @param {number} high
 */
function outline(pen, [left, top, right, bottom], high) {
  const room = high * 0.2;
  for (const [width, colour] of /** @type {[number, string][]} */ ([[high * 0.2, "#1a2321"], [high * 0.11, MARK]])) {
    pen.lineWidth = Math.max(2, width);
    pen.strokeStyle = colour;
    pen.strokeRect(left - room, top - room, right - left + 2 * room, bottom - top + 2 * room);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen  at the upright page's corner
 * @param {HTMLImageElement} image
 * @param {number} turn
 * @param {{width: number, height: number}} size  of the upright page
 */
function drawUpright(pen, image, turn, { width, height }) {
  pen.translate(width / 2, height / 2);
  pen.rotate((-turn * Math.PI) / 2);
  pen.drawImage(image, -image.naturalWidth / 2, -image.naturalHeight / 2);
}

/** @param {HTMLImageElement} image @param {number} turn */
function uprightSize(image, turn) {
  const { naturalWidth: width, naturalHeight: height } = image;
  return turn % 2 ? { width: height, height: width } : { width, height };
}

/**
 * @param {Spot} spot
 * @param {{width: number, height: number}} size
 * @returns {[number, number, number, number]}
 */
function inPixels([left, top, right, bottom], { width, height }) {
  return [(left * width) / WHOLE, (top * height) / WHOLE, (right * width) / WHOLE, (bottom * height) / WHOLE];
}

/**
 * The whole photo over the form: where a field was read, and every number to tap.
 * @param {{sha256: string, turn: number, numbers: ReadNumber[], found: Found | null, onPick: (value: string) => void, onClose: () => void}} props
 */
export function PhotoLook({ sha256, turn, numbers, found, onPick, onClose }) {
  const image = useImage(sha256);
  const here = numbers.filter((one) => one.page === 0 && !one.value.startsWith("-"));
  const values = [...new Set(here.map((one) => one.value))];
  return html`<${Riser} title="On the photo" onClose=${onClose}>
    <div class="stack">
      ${here.length > 0 && html`<p class="quiet">Tap a number to put it in “How much?”.</p>`}
      ${image ? html`<${Sheet} image=${image} turn=${turn} numbers=${here} found=${found} onPick=${onPick} />` : html`<p role="status">The photo is not on this phone yet.</p>`}
      ${values.length > 0 && html`<div class="chips" role="group" aria-label="All numbers on the photo">
        ${values.map((value) => html`<button key=${value} type="button" class="chip num" onClick=${() => onPick(value)}>${value}</button>`)}
      </div>`}
    </div>
  <//>`;
}

/** @param {{image: HTMLImageElement, turn: number, numbers: ReadNumber[], found: Found | null, onPick: (value: string) => void}} props */
function Sheet({ image, turn, numbers, found, onPick }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const mark = useRef(/** @type {HTMLElement | null} */ (null));
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [zoom, setZoom] = useState(1);
  const size = uprightSize(image, turn);
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!pen || !canvas.current) return;
    const scale = Math.min(1, DRAWN_WIDTH / size.width);
    canvas.current.width = size.width * scale;
    canvas.current.height = size.height * scale;
    pen.scale(scale, scale);
    drawUpright(pen, image, turn, size);
    setZoom(zoomFor(frame.current?.clientWidth ?? 320, size, numbers.map((one) => uprightSpot(one.box, turn))));
  }, [image, turn]);
  useEffect(() => mark.current?.scrollIntoView({ block: "center", inline: "center" }), [zoom]);
  return html`<div class="look" ref=${frame} tabindex="0" role="group" aria-label="Photo of the receipt">
    <div class="look__page" style=${{ inlineSize: `${zoom * 100}%` }}>
      <canvas ref=${canvas} class="look__photo" role="img" aria-label="The receipt"></canvas>
      ${found?.spot && html`<span class="look__mark" ref=${mark} style=${placed(uprightSpot(found.spot, turn))}></span>`}
      ${numbers.map((one, at) => html`<button key=${at} type="button" class="look__number" style=${placed(uprightSpot(one.box, turn))} onClick=${() => onPick(one.value)}><span class="hide">${one.value}</span></button>`)}
    </div>
  </div>`;
}

/** @param {Spot} spot */
function placed([left, top, right, bottom]) {
  return { left: `${left / 100}%`, top: `${top / 100}%`, width: `${(right - left) / 100}%`, height: `${(bottom - top) / 100}%` };
}

/**
 * How many times as wide as its frame the photo is shown, so that a finger finds a number.
 * @param {number} width
 * @param {{width: number, height: number}} size
 * @param {Spot[]} spots
 */
function zoomFor(width, size, spots) {
  const heights = spots.map(([, top, , bottom]) => ((bottom - top) / WHOLE) * size.height * (width / size.width)).sort((a, b) => a - b);
  const middle = heights[Math.floor(heights.length / 2)] ?? LEAST_TAP;
  return Math.min(MOST_ZOOM, Math.max(1, LEAST_TAP / Math.max(1, middle)));
}
