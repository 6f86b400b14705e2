/** The photos of a receipt's form: kept on this phone as soon as they are taken. */
import { useMemo, useState } from "preact/hooks";
import { StoreError } from "../core/store.js";
import { useApp, usePerson } from "../parts/context.js";
import { keepPhotos, putAway, useNotWrittenDown } from "./keep.js";

/** @import {ReadyPhoto} from "../core/photo.js" */

/**
 * @param {string[]} shas  the photos of the form. One that was written down or put away since is left out
 * @param {string | null} opened  the one that the form was opened for
 * @param {(shas: string[]) => void} onChange
 * @param {(sentence: string) => void} onFull  there is no room: the photo was not kept
 * @returns {{photos: ReadyPhoto[], change: (next: ReadyPhoto[]) => Promise<void>}}
 */
export function usePhotos(shas, opened, onChange, onFull) {
  const app = useApp();
  const { stream } = usePerson();
  const [taken, setTaken] = useState(/** @type {ReadyPhoto[]} */ ([]));
  const waiting = useNotWrittenDown().map((one) => one.sha256);
  const own = taken.map((photo) => photo.sha256);
  const still = shas.filter((sha) => sha === opened || own.includes(sha) || waiting.includes(sha)).join(" ");
  const photos = useMemo(() => still.split(" ").filter(Boolean).map((sha) => taken.find((one) => one.sha256 === sha) ?? keptBefore(sha)), [still, taken]);
  const change = async (/** @type {ReadyPhoto[]} */ next) => {
    const has = (/** @type {ReadyPhoto[]} */ some, /** @type {ReadyPhoto} */ photo) => some.some((one) => one.sha256 === photo.sha256);
    try {
      const fresh = next.filter((photo) => !has(photos, photo));
      if (fresh.length) await keepPhotos(app, stream, fresh);
      setTaken(next.filter((photo) => photo.bytes.length));
      onChange(next.map((photo) => photo.sha256));
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
