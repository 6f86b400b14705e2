import assert from "node:assert/strict";
import { test } from "node:test";

import { pageLocks } from "../../app/static/js/core/locks.js";
import { withFault } from "./helpers/faults.mjs";
import { ACCOUNT, PERSON, airwaves, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

function serverWith(rows = 0, options) {
  const server = new FakeServer(options);
  server.stream(PERSON);
  for (let n = 0; n < rows; n += 1) server.put(PERSON, "goal", newId(), { words: `Goal ${n}` });
  return server;
}

const goal = (row, words) => ({ act: "goal.write", stream: PERSON, row, facts: { words } });

test("an operation is sent, and its row takes its place", async () => {
  const server = serverWith();
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  await phone.sync.kick("start");
  const row = newId();
  await phone.replica.act(goal(row, "Swim"));
  assert.equal(phone.replica.status(row), "saved");
  await phone.sync.kick("write");
  assert.deepEqual(phone.replica.outbox(), []);
  assert.equal(phone.replica.status(row), "sent");
  const { rev, body, waits } = phone.replica.row(PERSON, "goal", row);
  assert.deepEqual({ rev, body, waits }, { rev: 1, body: { words: "Swim" }, waits: undefined });
});

test("pages of a first pull arrive and only the last makes the stream known", async () => {
  const server = serverWith(25, { page: 10 });
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  await phone.sync.kick("start");
  assert.equal(phone.replica.rows(PERSON, "goal").size, 25);
  assert.equal(phone.replica.known(PERSON), true);
  assert.equal(server.requests.length, 3);
});

test("files follow their operations, in pieces, and stay as pictures", async () => {
  const server = serverWith();
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  const bytes = new Uint8Array(2_500_000).fill(7);
  const files = [{ bytes, type: "image/jpeg", name: "receipt.jpg" }];
  await phone.replica.act({ act: "entry.record", stream: PERSON, row: newId(), facts: { amount: 500 }, files });
  await phone.sync.kick("start");
  assert.deepEqual([...server.files.values()].map(({ state, size }) => ({ state, size })), [{ state: "received", size: 2_500_000 }]);
  assert.deepEqual(server.carriedOut.map(({ act }) => act), ["file.announce", "entry.record"]);
  const [note] = phone.store.files();
  assert.equal(note.state, "sent");
  assert.deepEqual((await phone.store.file(note.sha256)).bytes, bytes);
  assert.equal(phone.sync.status().waiting, 0);
});

test("a thousand queued operations are sent in five exchanges", async () => {
  const server = serverWith();
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  await phone.replica.acts(Array.from({ length: 1000 }, (_, n) => goal(newId(), `Goal ${n}`)));
  await phone.sync.kick("start");
  assert.equal(server.carriedOut.length, 1000);
  assert.equal(server.requests.length, 5);
  assert.equal(phone.replica.outbox().length, 0);
  assert.equal(phone.replica.rows(PERSON, "goal").size, 1000);
});

const REPLY = (kind, more = {}) => ({ kind, sentence: null, ...more });

/** A phone whose network answers with the planted replies first. */
async function phoneWith(replies, { server = serverWith(), ...more } = {}) {
  const real = server.net({ account: ACCOUNT });
  const net = {
    ...real,
    exchange: async (body) => {
      const planted = replies.shift();
      if (typeof planted === "function") return planted(body, real);
      return planted ?? real.exchange(body);
    },
  };
  const phone = await openPhone({ net, ...more });
  return { ...phone, server, net, replies };
}

const queueThree = (phone) => phone.replica.acts(["a", "b", "c"].map((row) => goal(row, row)));
const words = (server) => server.carriedOut.map(({ facts }) => facts.words);

test("signed out: everything stays, and after signing in it is sent", async () => {
  const phone = await phoneWith([REPLY("signin")]);
  await queueThree(phone);
  await phone.sync.kick("start");
  const { phase, waiting, sentence } = phone.sync.status();
  assert.deepEqual({ phase, waiting, sentence }, { phase: "signin", waiting: 3, sentence: "Sign in to send 3 items." });
  await phone.sync.kick("write");
  await phone.timers.fire();
  assert.equal(phone.server.requests.length, 0);
  await phone.sync.kick("signin");
  assert.deepEqual([words(phone.server), phone.sync.status().phase], [["a", "b", "c"], "idle"]);
});

test("another account's session sends nothing", async () => {
  const phone = await phoneWith([REPLY("other_account", { sentence: "Somebody else is signed in." })]);
  await queueThree(phone);
  await phone.sync.kick("start");
  const { phase, waiting, sentence } = phone.sync.status();
  assert.deepEqual({ phase, waiting, sentence }, { phase: "other_account", waiting: 3, sentence: "Somebody else is signed in." });
});

test("a phone that is too old stops, keeps everything and asks for the update", async () => {
  const phone = await phoneWith([REPLY("update")]);
  await queueThree(phone);
  await phone.sync.kick("start");
  for (const reason of ["tap", "online", "write", "start"]) await phone.sync.kick(reason);
  const { phase, waiting, sentence } = phone.sync.status();
  assert.deepEqual({ phase, waiting, sentence }, { phase: "update", waiting: 3, sentence: "Update the app to send 3 items." });
  assert.equal(phone.server.requests.length, 0);
});

test("a server that asks to wait is obeyed, whatever happens, with jitter", async () => {
  const phone = await phoneWith([REPLY("wait", { seconds: 40 })]);
  await queueThree(phone);
  await phone.sync.kick("start");
  assert.equal(phone.sync.status().phase, "waiting");
  assert.equal(phone.timers.longest(), 40_000 + 0.5 * 10_000);
  for (const reason of ["tap", "online", "write", "visible"]) await phone.sync.kick(reason);
  assert.equal(phone.server.requests.length, 0);
  await phone.timers.fire();
  await phone.sync.kick("tap");
  assert.equal(phone.server.carriedOut.length, 3);
});

test("after failures it waits longer each time, up to five minutes", async () => {
  const phone = await phoneWith(Array.from({ length: 12 }, () => REPLY("retry")));
  const waits = [];
  for (let n = 0; n < 12; n += 1) {
    await phone.sync.kick("online");
    waits.push(phone.timers.longest());
  }
  assert.deepEqual(waits.slice(0, 4), [750, 1500, 3000, 6000]);
  assert.equal(waits[11], 225_000);
  assert.equal(phone.sync.status().phase, "offline");
  await phone.sync.kick("online");
  assert.deepEqual([phone.sync.status().phase, phone.timers.longest()], ["idle", 60_000]);
});

test("a lost answer doubles nothing", async () => {
  const lost = async (body, real) => (await real.exchange(body), REPLY("retry"));
  const phone = await phoneWith([lost, lost]);
  await queueThree(phone);
  for (let n = 0; n < 3; n += 1) await phone.sync.kick("online");
  assert.deepEqual(words(phone.server), ["a", "b", "c"]);
  assert.equal(phone.replica.outbox().length, 0);
});

test("an answer to other operations is not taken in", async () => {
  const twisted = async (body, real) => {
    const reply = await real.exchange(body);
    reply.answer.results.reverse();
    return reply;
  };
  const phone = await phoneWith([twisted]);
  await queueThree(phone);
  await phone.sync.kick("start");
  assert.deepEqual([phone.replica.outbox().length, phone.sync.status().phase], [3, "offline"]);
});

test("a network that throws is a network that failed", async () => {
  const phone = await phoneWith([() => Promise.reject(new Error("planted"))]);
  await phone.sync.kick("start");
  assert.equal(phone.sync.status().phase, "offline");
});

test("one operation that can't be read is set aside; all others are sent", async () => {
  const server = serverWith();
  const poisoned = async (body, real) => (body.ops.some(({ row }) => row === "g5") ? REPLY("malformed", { sentence: "Too big." }) : real.exchange(body));
  const phone = await phoneWith(Array.from({ length: 40 }, () => poisoned), { server });
  await phone.replica.acts(Array.from({ length: 20 }, (_, n) => goal(`g${n}`, `${n}`)));
  await phone.sync.kick("start");
  assert.equal(server.carriedOut.length, 19);
  assert.deepEqual(phone.replica.outbox().map(({ op, aside }) => [op.row, aside]), [["g5", "Too big."]]);
  assert.deepEqual([phone.replica.status("g5"), phone.replica.status("g6")], ["refused", "sent"]);
  phone.close();
  const next = await openPhone({ indexedDB: phone.indexedDB, key: phone.key, net: server.net({ account: ACCOUNT }) });
  assert.equal(next.replica.outbox()[0].aside, "Too big.");
  await next.sync.kick("start");
  assert.equal(server.carriedOut.length, 20);
});

test("what is for later is not sent again before the next start", async () => {
  const server = serverWith();
  server.later.add("mood.write");
  const phone = await phoneWith([], { server });
  await phone.replica.acts([{ act: "mood.write", stream: PERSON, row: "m" }, goal("a", "a")]);
  await phone.sync.kick("start");
  await phone.sync.kick("tap");
  assert.deepEqual([words(server), phone.sync.status().waiting, server.requests.at(-1).ops.length], [["a"], 1, 0]);
  server.later.clear();
  const next = await openPhone({ indexedDB: phone.indexedDB, key: phone.key, net: server.net({ account: ACCOUNT }) });
  await next.sync.kick("start");
  assert.equal(next.sync.status().waiting, 0);
});

test("a refused operation does not block those behind it", async () => {
  const server = serverWith();
  server.refuse.set("entry.record", { code: "no_pot", sentence: "This pot is closed." });
  const phone = await phoneWith([], { server });
  await phone.replica.acts([{ act: "entry.record", stream: PERSON, row: "e", facts: { amount: 5 } }, goal("a", "a")]);
  await phone.sync.kick("start");
  assert.deepEqual([words(server), phone.replica.kept().map(({ sentence }) => sentence)], [["a"], ["This pot is closed."]]);
});

test("two tabs of one phone send each operation once, and both see the end", async () => {
  const server = serverWith();
  const [waves, locks] = [airwaves(), pageLocks()];
  const real = server.net({ account: ACCOUNT });
  let [under, most] = [0, 0];
  const net = { ...real, exchange: async (body) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return real.exchange(body);
  } };
  const one = await openPhone({ net, channel: waves(), locks });
  const two = await openPhone({ net, channel: waves(), locks, indexedDB: one.indexedDB, key: one.key });
  await Promise.all([one.replica.act(goal("a", "a")), two.replica.act(goal("b", "b"))]);
  await Promise.all([one.sync.kick("write"), two.sync.kick("write")]);
  await Promise.all([one.replica.refresh(), two.replica.refresh()]);
  assert.deepEqual(words(server).sort(), ["a", "b"]);
  assert.equal(server.requests.flatMap(({ ops }) => ops).length, 2);
  assert.equal(most, 1, "one tab at a time");
  for (const { replica } of [one, two]) assert.deepEqual([replica.outbox().length, replica.rows(PERSON, "goal").size], [0, 2]);
});

test("what is saved while an exchange is under way goes with the next", async () => {
  const phone = await phoneWith([async (body, real) => {
    await phone.replica.act(goal("late", "late"));
    void phone.sync.kick("write");
    return real.exchange(body);
  }]);
  await phone.sync.kick("start");
  assert.deepEqual(words(phone.server), ["late"]);
});

test("a full phone says so and asks again later", async () => {
  const phone = await phoneWith([]);
  await queueThree(phone);
  await withFault({ at: 2, name: "QuotaExceededError" }, () => phone.sync.kick("start"));
  const { phase, sentence } = phone.sync.status();
  assert.deepEqual([phase, /^This phone has no space left\./.test(sentence), phone.replica.outbox().length], ["full", true, 3]);
  await phone.sync.kick("tap");
  assert.deepEqual([words(phone.server), phone.replica.outbox().length], [["a", "b", "c"], 0]);
});

const SIZE = 2_500_000;
const receipt = (fill = 7) => ({ bytes: new Uint8Array(SIZE).fill(fill), type: "image/jpeg", name: "a.jpg" });
const spend = (row, files) => ({ act: "entry.record", stream: PERSON, row, facts: { amount: 500 }, files });

test("a file goes on where it stopped, also after a kill", async () => {
  const server = serverWith();
  const real = server.net({ account: ACCOUNT });
  let puts = 0;
  const net = { ...real, putPiece: async (piece) => ((puts += 1) === 2 ? REPLY("retry") : real.putPiece(piece)) };
  const phone = await openPhone({ net });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  assert.deepEqual([phone.sync.status().phase, phone.sync.status().waiting], ["offline", 1]);
  phone.close();
  const offsets = [];
  const watched = { ...real, putPiece: async (piece) => (offsets.push(piece.offset), real.putPiece(piece)) };
  const next = await openPhone({ indexedDB: phone.indexedDB, key: phone.key, net: watched });
  await next.sync.kick("start");
  assert.deepEqual([offsets, [...server.files.values()][0].state], [[1_048_576, 2_097_152], "received"]);
});

test("a file goes on from wherever the server is", async () => {
  const server = serverWith();
  const real = server.net({ account: ACCOUNT });
  const offsets = [];
  const phone = await openPhone({ net: { ...real, putPiece: async (piece) => (offsets.push(piece.offset), real.putPiece(piece)) } });
  const bytes = Uint8Array.from({ length: SIZE }, (_, n) => n % 251);
  await phone.replica.act(spend("e", [{ ...receipt(), bytes }]));
  const [{ sha256 }] = phone.store.files();
  server.files.set(sha256, { parts: Buffer.from(bytes.subarray(0, 1_500_000)), size: SIZE, state: "partial" });
  await phone.sync.kick("start");
  assert.deepEqual([server.files.get(sha256).state, offsets], ["received", [1_500_000, 2_097_152]]);
});

test("a file waits while its announcement does", async () => {
  const server = serverWith();
  server.later.add("file.announce");
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  assert.equal(server.files.size, 0);
});

test("a piece that arrived although its answer was lost is not sent twice", async () => {
  const server = serverWith();
  const real = server.net({ account: ACCOUNT });
  let puts = 0;
  const net = { ...real, putPiece: async (piece) => {
    const reply = await real.putPiece(piece);
    return (puts += 1) === 1 ? REPLY("retry") : reply;
  } };
  const phone = await openPhone({ net });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  await phone.sync.kick("online");
  assert.deepEqual([puts, [...server.files.values()][0].state], [3, "received"]);
});

test("a file that never arrives whole is left alone until the next start, and nothing else waits for it", async () => {
  const server = serverWith();
  const real = server.net({ account: ACCOUNT });
  let puts = 0;
  const bad = { ...real, putPiece: async (piece) => (piece.bytes[0] === 1 ? ((puts += 1), REPLY("mismatch")) : real.putPiece(piece)) };
  const phone = await openPhone({ net: bad });
  await phone.replica.acts([spend("e", [receipt(1)]), spend("f", [receipt(2)])]);
  await phone.sync.kick("start");
  await phone.sync.kick("tap");
  assert.deepEqual([puts, server.files.size, phone.sync.status().waiting], [3, 1, 1]);
});

test("operations go before the next piece of a file", async () => {
  const server = serverWith();
  const real = server.net({ account: ACCOUNT });
  const order = [];
  const net = {
    ...real,
    exchange: async (body) => (order.push(...body.ops.map(({ act }) => act)), real.exchange(body)),
    putPiece: async (piece) => {
      order.push(`piece ${piece.offset}`);
      if (piece.offset === 0) await phone.replica.act(goal("urgent", "urgent"));
      return real.putPiece(piece);
    },
  };
  const phone = await openPhone({ net });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  assert.deepEqual(order, ["file.announce", "entry.record", "piece 0", "goal.write", "piece 1048576", "piece 2097152"]);
});

test("the photo of a refused announcement stays to be copied, and is not sent", async () => {
  const server = serverWith();
  server.refuse.set("file.announce", { code: "type", sentence: "This kind of file can't be kept." });
  const phone = await phoneWith([], { server });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  assert.deepEqual([server.files.size, phone.store.files().map(({ state, sentence }) => [state, sentence])], [0, [["kept", "This kind of file can't be kept."]]]);
});

test("a file that the server refuses stays to be copied for 7 days", async () => {
  const server = serverWith();
  const refused = { have: 0, size: SIZE, state: "refused", sentence: "This is no picture." };
  const net = { ...server.net({ account: ACCOUNT }), fileState: async () => ({ kind: "ok", file: refused }) };
  const phone = await openPhone({ net });
  await phone.replica.act(spend("e", [receipt()]));
  await phone.sync.kick("start");
  assert.deepEqual(phone.store.files().map(({ state, sentence }) => [state, sentence]), [["kept", "This is no picture."]]);
});

test("small exchanges do not leave small blocks behind for ever", async () => {
  const phone = await phoneWith([]);
  for (let n = 0; n < 40; n += 1) {
    await phone.replica.act(goal(`g${n}`, `${n}`));
    await phone.sync.kick("write");
  }
  phone.close();
  const next = await openPhone({ indexedDB: phone.indexedDB, key: phone.key });
  assert.equal(next.replica.rows(PERSON, "goal").size, 40);
  assert.equal(await next.store.compact(), 0);
});

test("somebody who listens sees sending begin and end", async () => {
  const phone = await phoneWith([]);
  const phases = [];
  phone.sync.subscribe(({ phase, waiting }) => phases.push(`${phase} ${waiting}`));
  await queueThree(phone);
  await phone.sync.kick("start");
  assert.deepEqual(phases, ["idle 3", "sending 3", "sending 0", "idle 0"]);
});

test("a stopped phone sends nothing more", async () => {
  const phone = await phoneWith([]);
  phone.sync.stop();
  await phone.sync.kick("start");
  assert.equal(phone.server.requests.length, 0);
});
