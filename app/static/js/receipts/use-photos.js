/** The photos of a receipt's form: kept on this phone as soon as they are taken. */
import { useState } from "preact/hooks";
import { StoreError } from "../core/store.js";
import { useApp, usePerson } from "../parts/context.js";
import { keepPhotos, putAway } from "./keep.js";

/** @import {ReadyPhoto} from "../core/photo.js" */

/**
 * @param {string | null} opened  sha256 of a photo that was kept before
 * @param {(sentence: string) => void} onFull  there is no room: the photo was not kept
 * @returns {{photos: ReadyPhoto[], change: (next: ReadyPhoto[]) => Promise<void>}}
 */
export function usePhotos(opened, onFull) {
  const app = useApp();
  const { stream } = usePerson();
  const [photos, setPhotos] = useState(opened ? [keptBefore(opened)] : /** @type {ReadyPhoto[]} */ ([]));
  const change = async (/** @type {ReadyPhoto[]} */ next) => {
    const has = (/** @type {ReadyPhoto[]} */ some, /** @type {ReadyPhoto} */ photo) => some.some((one) => one.sha256 === photo.sha256);
    try {
      const fresh = next.filter((photo) => !has(photos, photo));
      if (fresh.length) await keepPhotos(app, stream, fresh);
      setPhotos(next);
      for (const gone of photos.filter((photo) => !has(next, photo))) await putAway(app, stream, gone.sha256);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onFull(error.message);
    }
  };
  return { photos, change };
}

/** @param {string} sha256 @returns {ReadyPhoto} */
function keptBefore(sha256) {
  return { bytes: new Uint8Array(0), type: "image/jpeg", sha256, width: 0, height: 0, shrunk: false };
}
