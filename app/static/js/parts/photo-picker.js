/** Photos for a form: camera, gallery, several, PDF. Each is made small and bare before it is kept. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { PhotoRefused, preparePhoto } from "../core/photo.js";
import { Icon } from "./bits.js";
import { useApp, usePerson } from "./context.js";

/** @import {ReadyPhoto} from "../core/photo.js" */

/** @param {{photos: ReadyPhoto[], onChange: (photos: ReadyPhoto[]) => void}} props */
export function PhotoPicker({ photos, onChange }) {
  const { photos: tools, letterbox, router } = useApp();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const add = async (/** @type {File[]} */ files) => {
    setBusy(true);
    setProblem("");
    const { ready, refused } = await prepareAll(files, tools);
    const known = new Set(photos.map((photo) => photo.sha256));
    onChange([...photos, ...ready.filter((photo) => !known.has(photo.sha256))]);
    setProblem(refused);
    setBusy(false);
  };
  const take = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    await add([...(input.files ?? [])]);
    input.value = "";
  };
  useEffect(() => {
    if (router.place.value.query.has("shared")) void letterbox.take().then(add);
  }, []);
  return html`<div class="stack stack--s">
    <ul class="photos">${photos.map((photo, at) => html`<li key=${photo.sha256}>
      <${Preview} photo=${photo} number=${at + 1} />
      <button class="plain" type="button" onClick=${() => onChange(photos.filter((one) => one !== photo))}><${Icon} name="trash-bold" small />Take away<span class="hide"> photo ${at + 1}</span></button>
    </li>`)}</ul>
    <div class="duo">
      <${Pick} id="camera" words=${photos.length ? "Another page" : "Take a photo"} icon="camera-bold" camera onPick=${take} />
      <${Pick} id="gallery" words="Choose photos or a PDF" icon="image" onPick=${take} />
    </div>
    <p role="status" class="quiet">${busy ? "Getting the photo ready." : problem}</p>
  </div>`;
}

/** @param {{id: string, words: string, icon: string, camera?: boolean, onPick: (event: Event) => void}} props */
function Pick({ id, words, icon, camera, onPick }) {
  return html`<div class="pick">
    <input class="pick__input" type="file" autocomplete="off" id=${id} accept="image/*,application/pdf" multiple capture=${camera ? "environment" : undefined} onChange=${onPick} />
    <label class="nhsuk-button nhsuk-button--secondary" for=${id}><${Icon} name=${icon} small />${words}</label>
  </div>`;
}

/** A photo without bytes was kept before, here or on another phone. @param {{photo: ReadyPhoto, number: number}} props */
function Preview({ photo, number }) {
  const { doors } = useApp();
  const person = usePerson();
  const [address, setAddress] = useState("");
  useEffect(() => {
    let here = true;
    const own = photo.bytes.length && photo.type.startsWith("image/");
    const made = own ? URL.createObjectURL(new Blob([photo.bytes], { type: photo.type })) : "";
    setAddress(made);
    if (!photo.bytes.length) doors.picture(person.id, photo.sha256, "thumbnail").then((found) => here && setAddress(found ?? "")).catch(() => {});
    return () => {
      here = false;
      URL.revokeObjectURL(made);
    };
  }, [photo]);
  if (!address) return html`<span class="photos__name"><${Icon} name=${photo.type === "application/pdf" ? "file-pdf" : "image"} />${photo.type === "application/pdf" ? "Document" : "Photo"} ${number}</span>`;
  return html`<img class="photos__picture" src=${address} alt=${`Photo ${number} of the receipt`} />`;
}

/**
 * @param {File[]} files
 * @param {import("../core/photo.js").PhotoTools} tools
 * @returns {Promise<{ready: ReadyPhoto[], refused: string}>}
 */
async function prepareAll(files, tools) {
  /** @type {ReadyPhoto[]} */
  const ready = [];
  let refused = "";
  for (const file of files) {
    try {
      ready.push(await preparePhoto(file, tools));
    } catch (error) {
      if (!(error instanceof PhotoRefused)) throw error;
      refused = error.message;
    }
  }
  return { ready, refused };
}
