// The local store as a released version left it. `node tests/js/helpers/golden.mjs NAME` writes the present one's.
import { webcrypto as crypto } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { IDBFactory } from "fake-indexeddb";

import { openStore } from "../../../app/static/js/core/store.js";
import { ACCOUNT, PERSON } from "./phone.mjs";

const FOLDER = new URL("../golden/", import.meta.url);
const BYTES = Uint8Array.from({ length: 32 }, (_, at) => at * 7);

/** What each golden store holds: rows, a waiting operation, one that was refused, a photo, a summary. */
export const HELD = {
  rows: Array.from({ length: 300 }, (_, at) => ({ kind: "goal", id: `g${at}`, rev: 1, seq: at + 1, body: { words: `Caf\u00e9 ${at}` } })),
  op: { id: "waits", act: "goal.write", version: 1, stream: PERSON, row: "g1", facts: { words: "Written offline" }, base: { rev: 1 }, at: "2026-11-21T09:12:00.000Z" },
  refused: { id: "refused", op: { id: "refused", act: "goal.remove" }, code: "not_allowed", sentence: "You may not.", at: 1 },
  photo: { sha256: "sha-9", stream: PERSON, announce: "waits", type: "image/jpeg", name: "a.jpg", bytes: new Uint8Array(2500).fill(9) },
  summary: { left: 500 },
};

export const key = () => crypto.subtle.importKey("raw", BYTES, "AES-GCM", false, ["encrypt", "decrypt"]);

export const goldenNames = () => readdirSync(FOLDER).filter((name) => name.endsWith(".json")).sort();

/** Puts a golden store into a fresh database, as the browser kept it. */
export async function putGolden(name) {
  const { database, version, tables } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"), revive);
  const indexedDB = new IDBFactory();
  const db = await answer(indexedDB.open(database, version), (opened) => {
    for (const [table, { auto }] of Object.entries(tables)) opened.createObjectStore(table, { autoIncrement: auto });
  });
  const tx = db.transaction(Object.keys(tables), "readwrite");
  for (const [table, { lines }] of Object.entries(tables)) for (const [at, value] of lines) tx.objectStore(table).put(value, at);
  await new Promise((resolve) => (tx.oncomplete = resolve));
  db.close();
  return indexedDB;
}

async function writeGolden(name) {
  const indexedDB = new IDBFactory();
  const store = await openStore({ indexedDB, crypto, account: ACCOUNT, key: await key() });
  const change = { stream: PERSON, cursor: { seq: 300, epoch: "e" }, known: true, replace: false, rows: HELD.rows };
  await store.applyAnswer({ changes: [change], kept: [HELD.refused], contact: "2026-11-21T09:00:00Z" });
  await store.queue([HELD.op], [HELD.photo], new Map([[PERSON, HELD.summary]]));
  store.close();
  const [{ name: database, version }] = await indexedDB.databases();
  const db = await answer(indexedDB.open(database));
  const tables = {};
  for (const table of db.objectStoreNames) {
    const held = db.transaction(table).objectStore(table);
    const [keys, values] = [await answer(held.getAllKeys()), await answer(held.getAll())];
    tables[table] = { auto: held.autoIncrement, lines: keys.map((at, n) => [at, values[n]]) };
  }
  db.close();
  writeFileSync(new URL(name, FOLDER), `${JSON.stringify({ database, version, tables }, replace)}\n`);
}

function answer(request, upgrade) {
  request.onupgradeneeded = () => upgrade?.(request.result);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const replace = (_, value) => (ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? { bytes64: Buffer.from(value.buffer ?? value, value.byteOffset, value.byteLength).toString("base64"), buffer: value instanceof ArrayBuffer } : value);

function revive(_, value) {
  if (typeof value?.bytes64 !== "string") return value;
  const bytes = Uint8Array.from(Buffer.from(value.bytes64, "base64"));
  return value.buffer ? bytes.buffer : bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeGolden(process.argv[2]);
