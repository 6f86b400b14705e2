import assert from "node:assert/strict";
import { test } from "node:test";

import { IDBFactory } from "fake-indexeddb";

import { withFault } from "./helpers/faults.mjs";
import { ACTS, PERSON, airwaves, newId, newKey, openPhone } from "./helpers/phone.mjs";

const DAY = 24 * 3_600_000;
const goal = (row, words, more = {}) => ({ act: "goal.write", stream: PERSON, row, facts: { words }, ...more });
const wire = (id, seq, body, more = {}) => ({ kind: "goal", id, rev: seq, seq, body, ...more });
const change = (seq, rows, more = {}) => ({ stream: PERSON, epoch: "e", reset: false, seq, more: false, rows, ...more });
const answer = (more) => ({ account: "a", schema: 1, min_schema: 1, time: "2026-11-21T09:00:00Z", results: [], changes: [], gone: [], more: false, ...more });
const words = (phone) => [...phone.replica.rows(PERSON, "goal").values()].map(({ body }) => body.words);
const doneAt = (id, seq) => ({ id, status: "done", stream: PERSON, seq, rev: seq });

async function restarted(phone, more = {}) {
  phone.close();
  return openPhone({ indexedDB: phone.indexedDB, key: phone.key, ...more });
}

test("an operation shows at once and after a restart", async () => {
  const phone = await openPhone();
  await phone.replica.act(goal("g", "Swim"));
  assert.deepEqual(words(phone), ["Swim"]);
  assert.deepEqual(words(await restarted(phone)), ["Swim"]);
});

test("words come back byte for byte", async () => {
  const phone = await openPhone();
  const text = "cafe\u0301\r\n\u202eabc 👩🏽‍🚀 " + "x".repeat(10_000);
  await phone.replica.act(goal("g", text));
  assert.deepEqual(words(await restarted(phone)), [text]);
});

test("a broken text is refused before anything is saved", async () => {
  const phone = await openPhone();
  await assert.rejects(phone.replica.act(goal("g", "half \ud83d")), { name: "TextError" });
  assert.deepEqual(phone.replica.outbox(), []);
});

test("the base is nothing, then one's own operation, then the server's rev", async () => {
  const phone = await openPhone();
  const first = await phone.replica.act(goal("g", "one"));
  const second = await phone.replica.act(goal("g", "two"));
  await phone.replica.act(goal("g", "three"));
  assert.deepEqual(phone.replica.outbox().map(({ op }) => op.base), [null, { op: first }, { op: second }]);
  const results = phone.replica.outbox().map(({ op }) => doneAt(op.id, 9));
  await phone.replica.receive(answer({ results, changes: [change(9, [wire("g", 9, { words: "three" })])] }));
  await phone.replica.act(goal("g", "four"));
  assert.deepEqual(phone.replica.outbox().map(({ op }) => op.base), [{ rev: 9 }]);
});

test("what a form saw when it opened is the base of what it saves, whatever came since", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(7, [wire("g", 7, { words: "as it was" })])] }));
  const seen = phone.replica.saw(PERSON, "g");
  await phone.replica.receive(answer({ changes: [change(8, [wire("g", 8, { words: "theirs" })])] }));
  await phone.replica.act(goal("g", "mine", { base: seen }));
  await phone.replica.act(goal("h", "another", { base: undefined }));
  assert.deepEqual(phone.replica.outbox().map(({ op }) => op.base), [{ rev: 7 }, null]);
});

test("operations of one transaction build on each other", async () => {
  const phone = await openPhone();
  const [first] = await phone.replica.acts([goal("g", "one"), goal("g", "two")]);
  assert.deepEqual(phone.replica.outbox().map(({ op }) => op.base), [null, { op: first }]);
});

test("a removed row has a rev to build on, and a later write brings it back", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(5, [wire("g", 5, null)])] }));
  assert.equal(phone.replica.row(PERSON, "goal", "g"), undefined);
  await phone.replica.act(goal("g", "back"));
  assert.deepEqual(phone.replica.outbox()[0].op.base, { rev: 5 });
  assert.deepEqual(words(phone), ["back"]);
});

test("a done operation is replayed until its rows are here", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [wire("other", 1, { words: "Other" })])] }));
  const id = await phone.replica.act(goal("g", "Swim"));
  await phone.replica.receive(answer({ results: [doneAt(id, 7)], more: true }));
  assert.deepEqual([words(phone), phone.replica.outbox().length, phone.replica.status("g")], [["Other", "Swim"], 1, "sent"]);
  const again = await restarted(phone);
  assert.deepEqual([words(again), again.replica.outbox()[0].done], [["Other", "Swim"], { stream: PERSON, seq: 7 }]);
  await again.replica.receive(answer({ changes: [change(7, [wire("g", 7, { words: "Swim" })])] }));
  assert.deepEqual([words(again).sort(), again.replica.outbox()], [["Other", "Swim"], []]);
});

test("what is dropped and its rows go into the store together", async () => {
  const phone = await openPhone();
  const id = await phone.replica.act(goal("g", "Swim"));
  const news = answer({ results: [doneAt(id, 7)], changes: [change(7, [wire("g", 7, { words: "Swim" })])] });
  await withFault({ at: 2 }, () => assert.rejects(phone.replica.receive(news)));
  assert.deepEqual([words(phone), phone.replica.outbox().length, phone.replica.streams()], [["Swim"], 1, []]);
  await phone.replica.receive(news);
  assert.deepEqual([words(phone), phone.replica.outbox().length, phone.replica.streams()], [["Swim"], 0, [PERSON]]);
});

test("other people's news lie under one's own operations", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [wire("g", 1, { words: "mine", note: "a" })])] }));
  await phone.replica.act(goal("g", "edited"));
  await phone.replica.receive(answer({ changes: [change(2, [wire("g", 2, { words: "theirs", note: "b" })])] }));
  assert.deepEqual(phone.replica.row(PERSON, "goal", "g").body, { words: "edited", note: "b" });
});

test("a refused operation goes from the view and its words are kept for 7 days", async () => {
  const clock = { at: 1_000_000, now: () => clock.at };
  const phone = await openPhone({ clock });
  const id = await phone.replica.act(goal("g", "Swim"));
  await phone.replica.receive(answer({ results: [{ id, status: "refused", code: "no", sentence: "You can't." }] }));
  assert.deepEqual([words(phone), phone.replica.status("g"), phone.replica.kept()[0].op.facts], [[], "refused", { words: "Swim" }]);
  clock.at += 7 * DAY;
  assert.equal((await restarted(phone, { clock })).replica.kept().length, 1);
  clock.at += 1;
  assert.equal((await restarted(phone, { clock })).replica.kept().length, 0);
});

test("kept words that were copied can be forgotten", async () => {
  const phone = await openPhone();
  const id = await phone.replica.act(goal("g", "Swim"));
  await phone.replica.receive(answer({ results: [{ id, status: "refused" }] }));
  await phone.replica.discard([id]);
  assert.deepEqual([phone.replica.kept(), phone.replica.status("g")], [[], "sent"]);
});

test("a stream that is gone is wiped, and its unsent operations become kept words", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [wire("g", 1, { words: "theirs" })])] }));
  await phone.replica.act(goal("h", "mine"));
  await phone.replica.receive(answer({ gone: [PERSON] }));
  const again = await restarted(phone);
  for (const { replica } of [phone, again]) {
    assert.deepEqual([replica.rows(PERSON, "goal").size, replica.streams(), replica.outbox().length], [0, [], 0]);
    assert.deepEqual(replica.kept().map(({ code, op }) => [code, op.facts.words]), [["gone", "mine"]]);
  }
});

test("the pages of a reset are shown together, the outbox on top", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(9, [wire("old", 9, { words: "old" })])] }));
  await phone.replica.act(goal("mine", "mine"));
  const page = (seq, id, more) => change(seq, [wire(id, seq, { words: id })], { epoch: "f", reset: seq === 1, more });
  await phone.replica.receive(answer({ changes: [page(1, "a", true)], more: true }));
  assert.deepEqual(words(phone), ["old", "mine"]);
  assert.deepEqual(phone.replica.cursors(), { [PERSON]: { seq: 1, epoch: "f" } });
  await phone.replica.receive(answer({ changes: [page(2, "b", false)] }));
  assert.deepEqual(words(phone).sort(), ["a", "b", "mine"]);
  assert.deepEqual(words(await restarted(phone)).sort(), ["a", "b", "mine"]);
});

test("a reset that was cut short begins again with the old cursor", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(9, [wire("old", 9, { words: "old" })])] }));
  await phone.replica.receive(answer({ changes: [change(1, [wire("a", 1, {})], { epoch: "f", reset: true, more: true })], more: true }));
  const again = await restarted(phone);
  assert.deepEqual([words(again), again.replica.cursors()], [["old"], { [PERSON]: { seq: 9, epoch: "e" } }]);
});

test("a reset that begins anew forgets the pages of the first", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(9, [wire("old", 9, { words: "old" })])] }));
  const reset = (epoch, id, more) => change(1, [wire(id, 1, { words: id })], { epoch, reset: true, more });
  await phone.replica.receive(answer({ changes: [reset("f", "withdrawn", true)], more: true }));
  await phone.replica.receive(answer({ changes: [reset("g", "granted", false)] }));
  assert.deepEqual(words(phone), ["granted"]);
});

test("when several operations on one row are refused, the server's words stand again", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [wire("g", 1, { words: "theirs" })])] }));
  const ids = await phone.replica.acts([goal("g", "one"), goal("g", "two")]);
  await phone.replica.receive(answer({ results: ids.map((id) => ({ id, status: "refused" })) }));
  const { body, waits } = phone.replica.row(PERSON, "goal", "g");
  assert.deepEqual({ body, waits }, { body: { words: "theirs" }, waits: undefined });
});

test("an operation that was done after a reset began is not taken for arrived by the old cursor", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(90, [])] }));
  const id = await phone.replica.act(goal("g", "Swim"));
  const first = change(1, [wire("a", 1, { words: "a" })], { epoch: "f", reset: true, more: true });
  await phone.replica.receive(answer({ results: [doneAt(id, 2)], changes: [first], more: true }));
  assert.deepEqual([words(phone), phone.replica.outbox().length], [["Swim"], 1]);
  await phone.replica.receive(answer({ changes: [change(2, [wire("g", 2, { words: "Swim" })], { epoch: "f" })] }));
  assert.deepEqual([words(phone).sort(), phone.replica.outbox().length], [["Swim", "a"], 0]);
});

test("half of a change is not shown: pages of news of a known stream wait for each other", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [])] }));
  await phone.replica.receive(answer({ changes: [change(2, [wire("reversal", 2, { words: "x" })], { more: true })], more: true }));
  assert.deepEqual(words(phone), []);
  await phone.replica.receive(answer({ changes: [change(3, [wire("entry", 3, { words: "y" })])] }));
  assert.deepEqual(words(phone), ["x", "y"]);
});

test("a stream is unknown until it was here whole", async () => {
  const phone = await openPhone();
  await phone.replica.receive(answer({ changes: [change(1, [wire("a", 1, {})], { more: true })], more: true }));
  assert.deepEqual([phone.replica.known(PERSON), phone.replica.asOf(PERSON)], [false, null]);
  await phone.replica.receive(answer({ changes: [change(2, [])], time: "2026-11-21T10:00:00Z" }));
  assert.deepEqual([phone.replica.known(PERSON), phone.replica.asOf(PERSON)], [true, "2026-11-21T10:00:00Z"]);
});

test("kinds, acts and fields of a newer server are kept as they came", async () => {
  const phone = await openPhone();
  const body = { words: "x", shape: { of: ["the", "future"] } };
  await phone.replica.receive(answer({ changes: [change(1, [wire("m", 1, body, { kind: "mood" })])] }));
  await phone.replica.act({ act: "mood.write", stream: PERSON, row: "m", facts: { level: 3 } });
  await phone.replica.act({ act: "constructor", stream: PERSON, row: "m", facts: {} });
  const again = await restarted(phone);
  assert.deepEqual(again.replica.row(PERSON, "mood", "m").body, body);
  assert.deepEqual(again.replica.outbox().map(({ op }) => op.act), ["mood.write", "constructor"]);
});

test("an act that fails half-way shows nothing, and stops nothing", async () => {
  const broken = (draft, op) => {
    draft.put("goal", op.row, { words: "half" });
    throw new Error("planted");
  };
  const phone = await openPhone({ acts: { ...ACTS, "goal.break": broken } });
  await phone.replica.acts([{ act: "goal.break", stream: PERSON, row: "b" }, goal("g", "Swim")]);
  assert.deepEqual([words(phone), phone.replica.outbox().length], [["Swim"], 2]);
});

test("an act sees what earlier ones wrote, across streams", async () => {
  const acts = {
    ...ACTS,
    "goal.copy": (draft, op) => draft.in("group:g").put("goal", op.row, { words: `${draft.get("goal", op.row).words}, ${draft.rows("goal").size}` }),
  };
  const phone = await openPhone({ acts });
  await phone.replica.acts([goal("g", "Swim"), { act: "goal.copy", stream: PERSON, row: "g" }]);
  assert.equal(phone.replica.row("group:g", "goal", "g").body.words, "Swim, 1");
});

test("what could not be saved is not shown", async () => {
  const phone = await openPhone();
  await phone.replica.act(goal("g", "before"));
  await withFault({ at: 2, name: "QuotaExceededError" }, () => assert.rejects(phone.replica.act(goal("g", "after")), { kind: "full" }));
  assert.deepEqual([words(phone), phone.replica.outbox().length], [["before"], 1]);
});

test("listeners hear which tables changed", async () => {
  const phone = await openPhone();
  const heard = [];
  const stop = phone.replica.subscribe(({ keys, outbox }) => heard.push([[...keys], outbox]));
  await phone.replica.act(goal("g", "Swim"));
  await phone.replica.receive(answer({ changes: [change(1, [])] }));
  stop();
  await phone.replica.act(goal("h", "Row"));
  assert.deepEqual(heard[0], [[`${PERSON} goal`], true]);
  assert.equal(heard.length, 2);
});

test("what another tab saved appears in this one, and is built upon", async () => {
  const channel = airwaves();
  const [indexedDB, key] = [new IDBFactory(), await newKey()];
  const [one, two] = [await openPhone({ indexedDB, key, channel: channel() }), await openPhone({ indexedDB, key, channel: channel() })];
  const id = await one.replica.act(goal("g", "Swim"));
  await two.replica.refresh();
  assert.deepEqual(words(two), ["Swim"]);
  await two.replica.act(goal("g", "Swim more"));
  assert.deepEqual(two.replica.outbox()[1].op.base, { op: id });
  await one.replica.receive(answer({ results: [doneAt(id, 3)], changes: [change(3, [wire("g", 3, { words: "Swim" })])] }));
  await two.replica.refresh();
  assert.deepEqual([words(two), two.replica.outbox().length, two.replica.known(PERSON)], [["Swim more"], 1, true]);
});

test("an answer that comes after another tab changed rows is taken in on top", async () => {
  const [indexedDB, key] = [new IDBFactory(), await newKey()];
  const [one, two] = [await openPhone({ indexedDB, key }), await openPhone({ indexedDB, key })];
  await one.replica.receive(answer({ changes: [change(2, [wire("a", 2, { words: "newer" })])] }));
  await two.replica.receive(answer({ changes: [change(1, [wire("a", 1, { words: "older" }), wire("b", 1, { words: "b" })])] }));
  assert.deepEqual(words(two).sort(), ["b", "newer"]);
});

test("a file is announced before the operation that uses it, in the same transaction", async () => {
  const phone = await openPhone();
  const files = [{ bytes: new Uint8Array([1, 2, 3]), type: "image/jpeg", name: "a.jpg" }];
  await phone.replica.act(goal("g", "Swim", { files }));
  const [announced, used] = phone.replica.outbox().map(({ op }) => op);
  const sha256 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
  assert.deepEqual([announced.act, announced.facts, used.act], ["file.announce", { sha256, size: 3, type: "image/jpeg", name: "a.jpg" }, "goal.write"]);
  assert.equal(phone.store.files()[0].announce, announced.id);
  await assert.rejects(phone.replica.act(goal("g", "x", { files: [{ ...files[0], sha256: "other" }] })), TypeError);
});

test("the summary of what changed is written with it", async () => {
  const summarise = (stream, replica) => replica.rows(stream, "goal").size;
  const phone = await openPhone({ summarise });
  await phone.replica.receive(answer({ changes: [change(1, [wire("a", 1, {}), wire("b", 1, {})])] }));
  assert.deepEqual((await phone.store.glance()).summaries, new Map([[PERSON, 2]]));
  await phone.replica.act(goal(newId(), "three"));
  assert.deepEqual((await phone.store.glance()).summaries, new Map([[PERSON, 3]]));
});

test("random schedules of saving, sending and news never show anything but rows with the outbox on top", async () => {
  for (let seed = 1; seed <= 15; seed += 1) await randomSchedule(seed);
});

async function randomSchedule(seed) {
  let state = seed;
  const random = (most) => ((state = (state * 48271) % 2147483647) % most);
  let phone = await openPhone();
  const server = new Map();
  let seq = 0;
  for (let step = 0; step < 40; step += 1) {
    const move = random(10);
    if (move < 5) await phone.replica.act(goal(`g${random(5)}`, `${seed}.${step}`));
    else if (move === 5) phone = await restarted(phone);
    else {
      const sent = phone.replica.outbox().filter(({ done }) => !done).slice(0, random(4));
      const results = sent.map(({ op }) => {
        seq += 1;
        server.set(op.row, wire(op.row, seq, { words: op.facts.words }));
        return doneAt(op.id, seq);
      });
      const news = move > 7 ? [change(seq, [...server.values()], { reset: move === 9, epoch: move === 9 ? `e${step}` : "e" })] : [];
      await phone.replica.receive(answer({ results, changes: news, more: news.length === 0 }));
    }
    const expected = new Map();
    const base = phone.replica.outbox();
    for (const { op } of base) expected.set(op.row, op.facts.words);
    for (const [row, text] of expected) assert.equal(phone.replica.row(PERSON, "goal", row)?.body.words, text, `seed ${seed} step ${step}`);
  }
  const rest = phone.replica.outbox().filter(({ done }) => !done);
  const results = rest.map(({ op }) => {
    seq += 1;
    server.set(op.row, wire(op.row, seq, { words: op.facts.words }));
    return doneAt(op.id, seq);
  });
  await phone.replica.receive(answer({ results, changes: [change(seq, [...server.values()], { epoch: "end", reset: true })] }));
  assert.deepEqual(phone.replica.outbox(), []);
  assert.deepEqual(words(phone).sort(), [...server.values()].map(({ body }) => body.words).sort());
}
