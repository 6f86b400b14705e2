/** Opening a photo inside the worker: upright by its EXIF flag, on white, at most 2,600 pixels long. */

/** @import {Picture} from "./pixels.js" */

const LONGEST = 2600;

/**
 * @param {Blob} photo
 * @returns {Promise<Picture>} rejects where the browser cannot open it
 */
export async function openPhoto(photo) {
  const bitmap = await createImageBitmap(photo, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const pen = new OffscreenCanvas(width ?? 1, height ?? 1).getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("no canvas");
  const { canvas } = pen;
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
