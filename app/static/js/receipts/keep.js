/** Keeping photos of receipts as soon as they are taken, and waiting for what is read on them. */
import { useEffect, useState } from "preact/hooks";
import { moneyRows } from "../budgets/figures.js";
import { useApp, usePerson } from "../parts/context.js";
import { HERE_ALREADY, isHereAlready, notWrittenDown, readingsOf } from "./waiting.js";

/**
 * @import {ReadyPhoto} from "../core/photo.js"
 * @import {Reading, ReadingRow} from "./reading.js"
 * @import {App} from "../parts/context.js"
 */

const LOOK_EVERY_MS = 2_500;
const MOST_LOOKS = 60;
const MOST_SHOPS = 200;

/**
 * Saves new photos on this phone, to be sent and read while the form is still open.
 * @param {Pick<App, "live" | "ids">} app
 * @param {string} stream
 * @param {ReadyPhoto[]} photos
 * @throws {import("../core/store.js").StoreError} there is no room: nothing was kept
 */
export async function keepPhotos({ live, ids }, stream, photos) {
  const files = (/** @type {ReadyPhoto} */ { bytes, type, sha256 }) => (bytes.length ? [{ bytes, type, sha256, name: "Receipt" }] : []);
  await live.acts(photos.map((photo) => ({ act: "receipt.read", stream, row: ids(), facts: { sha256: photo.sha256 }, files: files(photo) })));
}

/**
 * Puts a photo away that is not needed; where a line uses it, it stays.
 * @param {Pick<App, "live">} app
 * @param {string} stream
 * @param {string} sha256
 */
export async function putAway({ live }, stream, sha256) {
  const reading = readingsOf(live.rows(stream, "reading")).find((one) => one.sha256 === sha256);
  if (reading) await live.act({ act: "receipt.drop", stream, row: reading.id, facts: {} });
}

/**
 * In the order of the photos. `here`: somebody else sent one of them before, and it was not taken twice.
 * @typedef {{rows: (ReadingRow | undefined)[], readings: (Reading | null)[], waiting: boolean, here: boolean}} PhotoReadings
 */

/**
 * What is known of some photos, live. While one is not read yet, the server is asked every few seconds.
 * @param {string[]} shas
 * @returns {PhotoReadings}
 */
export function useReadings(shas) {
  const { live } = useApp();
  const person = usePerson();
  const all = readingsOf(live.rows(person.stream, "reading"));
  const rows = shas.map((sha) => all.find((one) => one.sha256 === sha));
  const waiting = rows.some((row) => row?.state === "waiting");
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    if (!waiting || looks >= MOST_LOOKS) return undefined;
    const timer = setTimeout(() => {
      setLooks(looks + 1);
      void live.sync.kick("timer");
    }, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [waiting, looks]);
  const here = live.kept().some((one) => isHereAlready(one) && shas.includes(String(one.op.facts["sha256"])));
  return { rows, readings: rows.map((row) => row?.result ?? null), waiting, here };
}

/**
 * What this phone itself reads on new photos, where its owner asked for that. What the server read before stands.
 * @param {ReadyPhoto[]} photos
 * @param {PhotoReadings} server  of the same photos
 * @returns {PhotoReadings}
 */
export function usePhoneReadings(photos, server) {
  const { live } = useApp();
  const { stream } = usePerson();
  const [own, setOwn] = useState(/** @type {ReadonlyMap<string, Reading | null>} */ (new Map()));
  const todo = photos.find((photo, at) => photo.bytes.length && photo.type !== "application/pdf" && !own.has(photo.sha256) && !server.readings[at]);
  useEffect(() => {
    if (!todo) return;
    const shops = moneyRows(live, stream).entries.flatMap((entry) => entry.merchant ?? []);
    void readHere(todo, { country: "GB", shops: [...new Set(shops)].slice(-MOST_SHOPS) }).then((reading) => {
      const served = readingsOf([...live.replica.rows(stream, "reading").values()]).some((one) => one.sha256 === todo.sha256 && one.result);
      setOwn((before) => new Map([...before, [todo.sha256, served ? null : reading]]));
    });
  }, [todo?.sha256]);
  const readings = photos.map((photo, at) => own.get(photo.sha256) ?? server.readings[at] ?? null);
  return { ...server, readings, waiting: server.waiting && readings.includes(null) };
}

/**
 * @param {ReadyPhoto} photo
 * @param {import("./extract/shapes.js").Hints} hints
 * @returns {Promise<Reading | null>}
 */
async function readHere({ bytes, type }, hints) {
  const { readOnPhone } = await import("./ocr/phone-reader.js");
  return readOnPhone(new Blob([bytes], { type }), hints);
}

/** Photos that wait to be written down, live. @returns {ReadingRow[]} */
export function useNotWrittenDown() {
  const { live } = useApp();
  const person = usePerson();
  return notWrittenDown(readingsOf(live.rows(person.stream, "reading")), moneyRows(live, person.stream).entries);
}

/**
 * One sentence about how the reading goes, or nothing.
 * @param {PhotoReadings} photos
 * @param {string} phase  of the sync
 * @returns {string}
 */
export function readingWords({ rows, readings, waiting, here }, phase) {
  if (here) return HERE_ALREADY;
  if (readings.length > 0 && !readings.includes(null)) return "The photo is read. Look at each field, then save.";
  const told = rows.find((row) => row && row.state !== "read" && row.reason);
  if (told?.reason) return told.reason;
  if (waiting && (phase === "offline" || phase === "signin")) return "The photo is read when there is signal. You can type now.";
  if (waiting) return "The photo is being read. You can type at the same time.";
  return "";
}
