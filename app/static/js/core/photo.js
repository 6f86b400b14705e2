// @ts-check
/**
 * A photo made small on the phone before it is queued: upright, at most 2,000 px, typically under 400 kB, and
 * without anything but pixels (no place, no time, no camera). A PDF, or an HEIC that this browser cannot decode,
 * goes up as it is; the server makes the pictures of it. What touches the browser comes in as `tools`.
 */

export const LONGEST_SIDE = 2_000;
export const PICTURE_BYTES = 400_000;
export const MOST_BYTES = 20_000_000;
const QUALITIES = [0.82, 0.74, 0.66];
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx"];
const WE_TAKE = "We take photos (JPEG, PNG, WebP, HEIC) and PDF.";
const DAMAGED = "We cannot open this photo. It may be damaged or cut short. Take it again.";
const NO_MEMORY = "Your phone has too little memory free for this photo. Close other apps, then try again.";

/** @typedef {"jpeg" | "png" | "webp" | "heic" | "pdf" | "other"} Kind */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{width: number, height: number, close: () => void}} Bitmap */
/**
 * @typedef {object} PhotoTools
 * @property {(file: Blob) => Promise<Bitmap>} decode upright; rejects what it cannot decode
 * @property {(bitmap: Bitmap, width: number, height: number, quality: number) => Promise<Bytes | null>} encode JPEG on
 *   white; null when the browser gives none
 * @property {(bytes: Bytes) => Promise<ArrayBuffer>} digest sha256
 * @property {() => boolean} drawsTruly false where the browser answers drawings with noise against fingerprinting
 */
/**
 * `shrunk` is false for bytes that go up as they are; width and height are then 0 (not known here).
 * @typedef {{bytes: Bytes, type: string, sha256: string, width: number, height: number, shrunk: boolean}} ReadyPhoto
 */

/** We do not take this file; the message is a sentence for its owner. */
export class PhotoRefused extends Error {
  /** @override */
  name = "PhotoRefused";
}

/**
 * @param {Blob} file
 * @param {PhotoTools} tools
 * @returns {Promise<ReadyPhoto>}
 */
export async function preparePhoto(file, tools) {
  if (file.size === 0) throw new PhotoRefused("This file is empty. Take the photo again.");
  const kind = kindOf(new Uint8Array(await file.slice(0, 256).arrayBuffer()));
  if (kind === "pdf" || (kind !== "other" && !tools.drawsTruly())) return asItIs(file, kind, tools);
  const bitmap = await tools.decode(file).catch(() => null);
  if (bitmap === null && kind === "heic") return asItIs(file, kind, tools);
  if (bitmap === null) throw new PhotoRefused(kind === "other" ? `We cannot open this file. ${WE_TAKE}` : DAMAGED);
  try {
    return await shrunk(bitmap, tools);
  } finally {
    bitmap.close();
  }
}

/**
 * @param {Blob} file
 * @param {Kind} kind
 * @param {PhotoTools} tools
 * @returns {Promise<ReadyPhoto>}
 */
async function asItIs(file, kind, tools) {
  if (file.size > MOST_BYTES) throw new PhotoRefused(tooBig(file.size));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = kind === "pdf" ? "application/pdf" : `image/${kind}`;
  return { bytes, type, sha256: hex(await tools.digest(bytes)), width: 0, height: 0, shrunk: false };
}

/**
 * @param {Bitmap} bitmap
 * @param {PhotoTools} tools
 * @returns {Promise<ReadyPhoto>}
 */
async function shrunk(bitmap, tools) {
  const { width, height } = fit(bitmap.width, bitmap.height);
  /** @type {Bytes | null} */
  let encoded = null;
  for (const quality of QUALITIES) {
    encoded = await tools.encode(bitmap, width, height, quality);
    if (encoded === null || encoded.length <= PICTURE_BYTES) break;
  }
  if (encoded === null || kindOf(encoded) !== "jpeg") throw new PhotoRefused(NO_MEMORY);
  const bytes = bareJpeg(encoded);
  return { bytes, type: "image/jpeg", sha256: hex(await tools.digest(bytes)), width, height, shrunk: true };
}

/**
 * The size within `longest`, in the same shape; never larger than it was.
 * @param {number} width
 * @param {number} height
 */
export function fit(width, height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Counted as phones count: 1 MB is 1,000,000 bytes, rounded up.
 * @param {number} size
 */
export function tooBig(size) {
  return `This file is ${Math.ceil(size / 1_000_000)} MB. We take up to ${MOST_BYTES / 1_000_000} MB. Try a photo of it.`;
}

/**
 * What a file is by its first bytes, never by its name.
 * @param {Uint8Array} head at least 32 bytes where the file has them
 * @returns {Kind}
 */
export function kindOf(head) {
  const text = String.fromCharCode(...head.subarray(0, 256));
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.replace(/^(\xef\xbb\xbf)?[\r\n\t ]*/, "").startsWith("%PDF-")) return "pdf";
  return text.slice(4, 8) === "ftyp" && brands(text).some((brand) => HEIC_BRANDS.includes(brand)) ? "heic" : "other";
}

/** @param {string} text */
function brands(text) {
  const size = [...text.slice(0, 4)].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
  const found = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= Math.min(size, text.length); at += 4) found.push(text.slice(at, at + 4));
  return found;
}

/**
 * The JPEG without what some browsers write into it by themselves (EXIF, XMP, profiles, comments): only the JFIF
 * header, Adobe's colour mark and what decodes the pixels stay.
 * @param {Bytes} bytes
 * @returns {Bytes}
 */
export function bareJpeg(bytes) {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at + 1] !== 0xda) {
    const end = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    if (!isAttached(bytes[at + 1] ?? 0)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  return joined(kept);
}

/** @param {number} marker the second byte of a segment's mark: APP1 to APP13, APP15 and comments are attached words */
function isAttached(marker) {
  return marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);
}

/**
 * @param {Uint8Array[]} parts
 * @returns {Bytes}
 */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The tools of a real browser.
 * @param {Window & typeof globalThis} browser
 * @returns {PhotoTools}
 */
export function browserTools(browser) {
  return {
    decode: (file) => browser.createImageBitmap(file, { imageOrientation: "from-image" }),
    encode: (bitmap, width, height, quality) => {
      const canvas = paper(browser, width, height);
      canvas.pen.drawImage(/** @type {ImageBitmap} */ (bitmap), 0, 0, width, height);
      return toJpeg(canvas.element, quality);
    },
    digest: (bytes) => browser.crypto.subtle.digest("SHA-256", bytes),
    drawsTruly: () => {
      const { pen } = paper(browser, 8, 8);
      pen.fillStyle = "#c8321e";
      pen.fillRect(0, 0, 8, 8);
      const seen = pen.getImageData(0, 0, 8, 8).data;
      return seen.every((value, at) => Math.abs(value - (([200, 50, 30, 255])[at % 4] ?? 0)) <= 2);
    },
  };
}

/**
 * A white canvas, as paper is.
 * @param {Window & typeof globalThis} browser
 * @param {number} width
 * @param {number} height
 */
function paper(browser, width, height) {
  const element = Object.assign(browser.document.createElement("canvas"), { width, height });
  const pen = element.getContext("2d");
  if (pen === null) throw new PhotoRefused(NO_MEMORY);
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white";
  pen.fillRect(0, 0, width, height);
  return { element, pen };
}

/**
 * @param {HTMLCanvasElement} element
 * @param {number} quality
 * @returns {Promise<Bytes | null>}
 */
async function toJpeg(element, quality) {
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => element.toBlob(resolve, "image/jpeg", quality));
  element.width = 0; // gives the memory back at once where the browser would keep it
  return blob && new Uint8Array(await blob.arrayBuffer());
}
