/** Reading receipts on this phone: what it does, what it takes, on and off, and taking it away again. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon, Note } from "../parts/bits.js";
import { usePerson } from "../parts/context.js";
import { deviceWord } from "../parts/device.js";
import { Screen } from "../parts/frame.js";
import { fetchPhoneReader, pausePhoneReader, phoneReaderState, removePhoneReader } from "../receipts/ocr/phone-reader.js";

/** @import {VNode} from "preact" */
/** @import {Outcome, ReaderState} from "../receipts/ocr/keeper.js" */

const TO_FETCH = "About 7 MB, once";
const ROOM_MB = 18;

/** @type {{[outcome: string]: string}} */
const TROUBLES = {
  line: "The line broke. What came is kept. Try again where there is signal.",
  full: `There is too little room on this phone. Make ${ROOM_MB} MB free, then try again.`,
  damaged: "What came was damaged on the way. Try again.",
};

/** @typedef {{state: ReaderState | null, share: number | null, trouble: string, get: () => void, pause: (paused: boolean) => void, remove: () => void}} Reader */

export default function ReadingHere() {
  const person = usePerson();
  const reader = useReader();
  return html`<${Screen} tab="more" title="Reading receipts" back=${{ href: person.path("more"), words: "More" }} dock=${dockOf(reader)}>
    <div class="stack">
      <p>Inhand reads the shop, the day and the total on your photo. You look at them, then save.</p>
      <p>Most often that happens once the photo is sent. This ${deviceWord()} can do it too, also without signal.</p>
      <${Note} icon="lock-bold" title="No other company sees your photo.">It goes into your plan and nowhere else.<//>
      <div role="status">${nowOf(reader)}</div>
      ${reader.share === null && isHere(reader) && html`<div class="stack">
        ${reader.state?.kind === "ready" && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => reader.pause(true)}>Stop reading on this ${deviceWord()}</button>`}
        <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${reader.remove}><${Icon} name="trash-bold" />Remove it, and free ${megabytes(reader)} MB</button>
      </div>`}
    </div>
  <//>`;
}

/**
 * The reader of this phone, and what can be done with it.
 * @returns {Reader}
 */
function useReader() {
  const [state, setState] = useState(/** @type {ReaderState | null} */ (null));
  const [share, setShare] = useState(/** @type {number | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const look = async () => setState(await phoneReaderState());
  const get = async () => {
    setTrouble("");
    setShare(0);
    const outcome = await fetchPhoneReader(setShare);
    setShare(null);
    setTrouble(troubleOf(outcome));
    await look();
  };
  useEffect(() => {
    void phoneReaderState().then((found) => {
      setState(found);
      if (found.share !== null) void get(); // it was begun before this screen was left
    });
  }, []);
  const change = (/** @type {Promise<void>} */ done) => void done.then(look);
  return { state, share, trouble, get, pause: (paused) => change(pausePhoneReader(paused)), remove: () => change(removePhoneReader()) };
}

/** @param {Outcome} outcome */
function troubleOf(outcome) {
  return outcome.kind === "off" ? outcome.sentence : (TROUBLES[outcome.kind] ?? "");
}

/**
 * The one main act: nothing while it comes, and nothing where it is on.
 * @param {Reader} reader
 * @returns {VNode | null}
 */
function dockOf({ state, share, get, pause }) {
  if (!state || share !== null || state.kind === "ready" || state.kind === "unable") return null;
  const paused = state.kind === "paused";
  return html`<button class="nhsuk-button" type="button" onClick=${paused ? () => pause(false) : get}>
    <${Icon} name=${paused ? "receipt-bold" : "download-simple-bold"} />${state.kind === "old" ? "Fetch it again" : `Read receipts on this ${deviceWord()}`}
  </button>`;
}

/**
 * How it stands, in words.
 * @param {Reader} reader
 */
function nowOf({ state, share, trouble }) {
  if (share !== null) return html`<${Coming} share=${share} />`;
  if (trouble) return html`<${Note} kind="check" icon="warning-circle-bold" title="It is not here yet.">${trouble}<//>`;
  if (state?.kind === "ready") return html`<${Note} kind="good" icon="check-bold" title="On.">This ${deviceWord()} reads receipts, also without signal.<//>`;
  if (state?.kind === "paused") return html`<${Note} icon="info-bold" title="Off.">What it needs is still on this ${deviceWord()}.<//>`;
  if (state?.kind === "old") return html`<${Note} kind="check" icon="warning-circle-bold" title="A part is missing.">It has to be fetched again: ${TO_FETCH.toLowerCase()}.<//>`;
  if (state?.kind === "unable") return html`<${Note} icon="info-bold" title="Not in this browser.">Photos are read once they are sent.<//>`;
  return state && html`<${Note} icon="info-bold" title=${`${TO_FETCH}.`}>It then takes ${ROOM_MB} MB of room on this ${deviceWord()}.<//>`;
}

/** @param {{share: number}} props */
function Coming({ share }) {
  return html`<div class="fetching">
    <label for="coming">It is being fetched. You can go on using Inhand.</label>
    <progress id="coming" max="1" value=${share}></progress>
  </div>`;
}

/** @param {Reader} reader */
function isHere({ state }) {
  return state?.kind === "ready" || state?.kind === "paused" || state?.kind === "old";
}

/** @param {Reader} reader */
function megabytes({ state }) {
  return Math.round((state?.bytes ?? 0) / 1e6);
}
