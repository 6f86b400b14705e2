import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";

import { IDBFactory } from "fake-indexeddb";

import { openStore } from "../../app/static/js/core/store.js";
import { withFault } from "./helpers/faults.mjs";
import { ACCOUNT, PERSON, airwaves, newId, newKey } from "./helpers/phone.mjs";

const key = await newKey();
const OTHER = "person:other";
const cursor = (seq) => ({ seq, epoch: "e" });
const row = (id, seq, words = `Goal ${id}`) => ({ kind: "goal", id, rev: seq, seq, body: { words } });
const rows = (count, from = 1) => Array.from({ length: count }, (_, n) => row(`g${from + n}`, from + n));
const change = (more) => ({ stream: PERSON, cursor: cursor(1), known: true, replace: false, rows: [], ...more });
const op = (id, more = {}) => ({ id, act: "goal.write", version: 1, stream: PERSON, row: "r", facts: {}, base: null, at: "", ...more });
const photo = (size, fill = 9, more = {}) => ({ sha256: `sha-${fill}`, stream: PERSON, announce: "a", type: "image/jpeg", name: "a.jpg", bytes: new Uint8Array(size).fill(fill), ...more });

async function open(indexedDB = new IDBFactory(), more = {}) {
  const store = await openStore({ indexedDB, crypto, account: ACCOUNT, key, ...more });
  return { store, loaded: await store.load(), indexedDB };
}

async function reopened(indexedDB) {
  const { store, loaded } = await open(indexedDB);
  return { store, ...loaded, goals: newest(loaded.streams.get(PERSON)?.rows ?? []) };
}

function newest(list) {
  const found = new Map();
  for (const one of list) if ((found.get(one.id)?.seq ?? -1) <= one.seq) found.set(one.id, one);
  return found;
}

async function everything(indexedDB) {
  const [{ name }] = await indexedDB.databases();
  const db = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
  const tables = [...db.objectStoreNames];
  const tx = db.transaction(tables);
  const ask = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const found = {};
  for (const table of tables) found[table] = { keys: await ask(tx.objectStore(table).getAllKeys()), values: await ask(tx.objectStore(table).getAll()) };
  db.close();
  return found;
}

test("rows, cursors and the outbox are there after a restart", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ cursor: cursor(450), rows: rows(450) })], contact: "2026-11-21T09:00:00Z" });
  await store.queue([op("one"), op("two")]);
  store.close();
  const again = await reopened(indexedDB);
  assert.equal(again.goals.size, 450);
  const { cursor: at, known, asOf } = again.streams.get(PERSON);
  assert.deepEqual({ at, known, asOf }, { at: cursor(450), known: true, asOf: "2026-11-21T09:00:00Z" });
  assert.deepEqual(again.outbox.map((item) => item.op.id), ["one", "two"]);
});

test("the device keeps its name", async () => {
  const { store, indexedDB } = await open();
  assert.equal((await open(indexedDB)).store.device, store.device);
});

test("another key is refused before anything is read", async () => {
  const { indexedDB } = await open();
  await assert.rejects(openStore({ indexedDB, crypto, account: ACCOUNT, key: await newKey() }), { kind: "key" });
});

test("no word, name or id of a person lies open in the database", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: [row("secret-id", 1, "secret words")] })] }, { summaries: new Map([[PERSON, "secret sum"]]) });
  await store.queue([op("secret-op", { facts: { words: "secret words" } })], [photo(2000, 115, { name: "secret.jpg" })]);
  await store.applyAnswer({ kept: [{ id: "secret-kept", op: op("secret-kept"), code: "c", sentence: "secret sentence", at: 1 }] });
  const found = await everything(indexedDB);
  for (const table of ["heads", "blocks", "summaries", "kept", "files", "pieces", "outbox"]) assert.notEqual(found[table].keys.length, 0, table);
  const text = Object.values(found).flatMap(({ keys, values }) => [...keys, ...values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : JSON.stringify(value)))]).join("\n");
  assert.equal(text.includes("secret"), false);
  assert.equal(text.includes("ssssssss"), false);
  assert.equal(text.includes(PERSON), false);
});

test("the same words are sealed differently each time", async () => {
  const { store, indexedDB } = await open();
  await store.queue([op("same")]);
  await store.queue([op("same")]);
  const [one, other] = (await everything(indexedDB)).outbox.values;
  assert.notDeepEqual(one, other);
});

test("the outbox keeps its order through many writes and tabs", async () => {
  const { store, indexedDB } = await open();
  const tab = (await open(indexedDB)).store;
  for (let n = 0; n < 30; n += 1) await (n % 2 ? store : tab).queue([op(`op-${n}`)]);
  assert.deepEqual((await reopened(indexedDB)).outbox.map((item) => item.op.id), Array.from({ length: 30 }, (_, n) => `op-${n}`));
});

test("an operation and its file are one transaction: a fault at any write leaves neither", async () => {
  const { store, indexedDB } = await open();
  let at = 1;
  for (; at < 20; at += 1) {
    const writes = await withFault({ at }, () => store.queue([op("one"), op("two")], [photo(2_500_000)]).catch(() => {}));
    if (writes < at) break;
    const { outbox, store: other } = await reopened(indexedDB);
    assert.deepEqual([outbox.length, other.files().length], [0, 0], `after a fault at write ${at}`);
  }
  assert.equal(at > 5, true, "the faults were injected");
  assert.deepEqual([(await reopened(indexedDB)).outbox.length, store.files().length], [2, 1]);
});

test("an answer is one transaction: a fault at any write changes nothing", async () => {
  const { store, indexedDB } = await open();
  await store.queue([op("one"), op("two")]);
  await store.applyAnswer({ changes: [change({ rows: rows(300) })] });
  const answer = {
    changes: [change({ cursor: cursor(9), replace: true, rows: rows(250, 1000) })],
    dropped: ["one"], marked: [{ id: "two", done: { stream: PERSON, seq: 10 }, aside: null }],
    kept: [{ id: "one", op: op("one"), code: "c", sentence: "s", at: 1 }],
  };
  let at = 1;
  for (; at < 30; at += 1) {
    const writes = await withFault({ at }, () => store.applyAnswer(answer).catch(() => {}));
    if (writes < at) break;
    const { goals, outbox, kept, streams } = await reopened(indexedDB);
    const seen = [goals.size, goals.has("g1"), outbox.length, outbox[1].done, kept.length, streams.get(PERSON).cursor.seq];
    assert.deepEqual(seen, [300, true, 2, null, 0, 1], `after a fault at write ${at}`);
  }
  assert.equal(at > 7, true, "the faults were injected");
  const { goals, outbox, kept } = await reopened(indexedDB);
  assert.deepEqual([goals.size, goals.has("g1"), outbox.map((item) => item.done), kept.length], [250, false, [{ stream: PERSON, seq: 10 }], 1]);
});

test("a full phone says so in a sentence and loses nothing", async () => {
  const { store, indexedDB } = await open();
  await store.queue([op("before")]);
  await withFault({ at: 2, name: "QuotaExceededError" }, async () => {
    await assert.rejects(store.queue([op("after")]), (error) => error.kind === "full" && /^This phone has no space left\./.test(error.sentence));
  });
  assert.deepEqual((await reopened(indexedDB)).outbox.map((item) => item.op.id), ["before"]);
});

test("a full phone makes room with kept pictures, never with what waits", async () => {
  const { store } = await open();
  await store.queue([op("a")], [photo(1000, 1)]);
  await store.keepPicture({ name: "old/picture", stream: PERSON, type: "image/png", bytes: new Uint8Array(500) });
  await withFault({ at: 2, name: "QuotaExceededError" }, () => store.queue([op("b")]));
  assert.deepEqual(store.files().map(({ sha256 }) => sha256), ["sha-1"]);
});

test("a reset replaces the stream, and only this stream", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(3) }), change({ stream: OTHER, rows: rows(2) })] });
  await store.applyAnswer({ changes: [change({ replace: true, rows: rows(1, 50) })] });
  const { goals, streams } = await reopened(indexedDB);
  assert.deepEqual([[...goals.keys()], streams.get(OTHER).rows.length], [["g50"], 2]);
});

test("a wiped stream leaves nothing but files that its author may still copy", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(3) })] });
  await store.queue([op("a")], [photo(10, 1)]);
  await store.keepPicture({ name: "x/picture", stream: PERSON, type: "image/png", bytes: new Uint8Array(5) });
  await store.wipeStream(PERSON, 1000);
  const { streams, store: again } = await reopened(indexedDB);
  assert.equal(streams.size, 0);
  assert.deepEqual(again.files().map(({ sha256, state, until }) => [sha256, state, until]), [["sha-1", "kept", 1000 + 7 * 24 * 3_600_000]]);
  const { blocks, summaries, pieces } = await everything(indexedDB);
  assert.deepEqual([blocks.keys.length, summaries.keys.length, pieces.keys.length], [0, 0, 1]);
});

test("summaries are written with the rows they sum up, and read without opening rows", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(3) })] }, { summaries: new Map([[PERSON, { left: 500 }]]) });
  const fresh = await openStore({ indexedDB, crypto, account: ACCOUNT, key });
  assert.deepEqual((await fresh.glance()).summaries, new Map([[PERSON, { left: 500 }]]));
});

test("a summary that does not know another tab's operation is not kept", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(1) })] }, { summaries: new Map([[PERSON, "old"]]) });
  const tab = (await open(indexedDB)).store;
  await tab.queue([op("theirs")], [], new Map([[PERSON, "with theirs"]]));
  await store.queue([op("mine")], [], new Map([[PERSON, "without theirs"]]));
  assert.deepEqual((await store.glance()).summaries, new Map());
});

test("a tab hears of another's changes and reads only what is new", async () => {
  const channel = airwaves();
  const indexedDB = new IDBFactory();
  const { store } = await open(indexedDB, { channel: channel() });
  const { store: tab } = await open(indexedDB, { channel: channel() });
  let heard = 0;
  tab.listen(() => (heard += 1));
  await store.applyAnswer({ changes: [change({ rows: rows(300) })] });
  await tab.refresh();
  await store.applyAnswer({ changes: [change({ cursor: cursor(301), rows: rows(1, 301) })] });
  await store.queue([op("one")]);
  assert.equal(heard, 3);
  const news = await tab.refresh();
  assert.deepEqual([news.streams.get(PERSON).rows.length, news.streams.get(PERSON).replaced, news.outbox.length], [1, false, 1]);
  assert.equal(await tab.refresh(), null);
});

test("a tab learns of a reset and of a wiped stream", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(3) }), change({ stream: OTHER, rows: rows(3) })] });
  const tab = (await open(indexedDB)).store;
  await store.applyAnswer({ changes: [change({ replace: true, rows: rows(2, 90) })], wiped: [OTHER] });
  const news = await tab.refresh();
  assert.deepEqual([news.streams.get(PERSON).replaced, news.streams.get(PERSON).rows.length, news.wiped], [true, 2, [OTHER]]);
});

test("a tab that has not seen another's rows may not write rows", async () => {
  const { store, indexedDB } = await open();
  const tab = (await open(indexedDB)).store;
  await store.applyAnswer({ changes: [change({ rows: rows(1) })] });
  await assert.rejects(tab.applyAnswer({ changes: [change({ rows: rows(2) })] }), { kind: "stale" });
});

test("compaction merges small blocks, keeps every row's newest version and survives a kill at any write", async () => {
  const { store, indexedDB } = await open();
  for (let n = 1; n <= 40; n += 1) await store.applyAnswer({ changes: [change({ cursor: cursor(n), rows: [row(`g${n % 10}`, n, `version ${n}`)] })] });
  const before = (await reopened(indexedDB)).goals;
  for (let at = 1; at < 5; at += 1) {
    await withFault({ at }, () => store.compact().catch(() => {}));
    assert.deepEqual((await reopened(indexedDB)).goals, before);
  }
  assert.equal(await store.compact(), 40);
  assert.deepEqual((await reopened(indexedDB)).goals, before);
  assert.equal((await everything(indexedDB)).blocks.keys.length, 1);
});

test("compaction does not depend on the order in which blocks are found", async () => {
  const { store, indexedDB } = await open();
  for (let n = 1; n <= 40; n += 1) await store.applyAnswer({ changes: [change({ cursor: cursor(n), rows: [row("g", n, `version ${n}`)] })] });
  const { store: again } = await open(indexedDB);
  assert.equal(await again.compact(), 40);
  assert.equal((await reopened(indexedDB)).goals.get("g").body.words, "version 40");
});

test("compaction writes a stream anew once most of what is stored is outdated", async () => {
  const { store, indexedDB } = await open();
  await store.applyAnswer({ changes: [change({ rows: rows(200) })] });
  for (let n = 2; n < 6; n += 1) await store.applyAnswer({ changes: [change({ cursor: cursor(n * 200), rows: rows(200).map((one) => ({ ...one, seq: n * 200 })) })] });
  assert.equal(await store.compact(), 5);
  const { blocks } = await everything(indexedDB);
  assert.equal(blocks.keys.length, 1);
  assert.equal((await reopened(indexedDB)).goals.get("g7").seq, 1000);
  assert.equal(await store.compact(), 0);
});

test("a file comes back byte for byte, in pieces and whole", async () => {
  const { store, indexedDB } = await open();
  const bytes = Uint8Array.from({ length: 2_500_000 }, (_, n) => n % 251);
  await store.queue([op("a")], [{ ...photo(0), bytes }]);
  const again = (await open(indexedDB)).store;
  assert.deepEqual((await again.file("sha-9")).bytes, bytes);
  assert.deepEqual(await again.filePiece("sha-9", 2), bytes.subarray(2 * 1_048_576));
});

test("a sent picture stays to be looked at, another file goes", async () => {
  const { store } = await open();
  await store.queue([op("a")], [photo(10, 1), photo(10, 2, { type: "application/pdf" })]);
  await store.fileDone("sha-1");
  await store.fileDone("sha-2");
  assert.deepEqual(store.files().map(({ sha256, state }) => [sha256, state]), [["sha-1", "sent"]]);
});

test("the oldest pictures go when they take more than 60 MB", async () => {
  const { store } = await open();
  for (let n = 1; n <= 4; n += 1) await store.keepPicture({ name: `${n}`, stream: PERSON, type: "image/png", bytes: new Uint8Array(20 * 1_048_576) });
  assert.deepEqual(store.files().map(({ sha256 }) => sha256), ["2", "3", "4"]);
});

test("kept words and their files are forgotten together", async () => {
  const { store, indexedDB } = await open();
  await store.queue([op("a", { act: "file.announce" })], [photo(10, 1)]);
  await store.applyAnswer({ dropped: ["a"], kept: [{ id: "a", op: op("a"), code: "c", sentence: "No.", at: 5 }] });
  assert.deepEqual(store.files().map(({ state, sentence }) => [state, sentence]), [["kept", "No."]]);
  await store.forgetKept(["a"]);
  const { kept, store: again } = await reopened(indexedDB);
  assert.deepEqual([kept.length, again.files().length], [0, 0]);
});

test("a newer tab that opens makes an older one close, which says so when it saves", async () => {
  const { store, indexedDB } = await open();
  const { STRUCTURE } = await import("../../app/static/js/core/migrate.js");
  const structure = [...STRUCTURE, (db) => void db.createObjectStore("new")];
  await open(indexedDB, { structure });
  await assert.rejects(store.queue([op("late")]), { kind: "closed" });
  await assert.rejects(openStore({ indexedDB, crypto, account: ACCOUNT, key }), { kind: "newer" });
});

test("ids of rows do not clash between kinds", async () => {
  const { store, indexedDB } = await open();
  const id = newId();
  const pair = ["goal", "entry"].map((kind) => ({ ...row(id, 1), kind }));
  for (let n = 0; n < 20; n += 1) await store.applyAnswer({ changes: [change({ rows: pair })] });
  await store.compact();
  assert.equal((await reopened(indexedDB)).streams.get(PERSON).rows.length, 2);
});
