import assert from "node:assert/strict";
import { test } from "node:test";

import { STRUCTURE, formatOf, upcast } from "../../app/static/js/core/migrate.js";
import { withFault } from "./helpers/faults.mjs";
import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

// Two versions later: version N+1 renames a field of goals, version N+2 counts and gives operations a version.
const rename = (facts) => (facts && "words" in facts ? { title: facts.words } : facts);
const renameRows = (payload) => ({ ...payload, rows: payload.rows.map((row) => ({ ...row, body: rename(row.body) })) });
const N1 = { blocks: renameRows };
const N2 = { blocks: (payload) => ({ ...payload, rows: payload.rows.map((row) => ({ ...row, body: { ...row.body, counted: true } })) }) };
const structure = [...STRUCTURE, (db) => void db.createObjectStore("first"), (db) => void db.createObjectStore("second")];

const goal = (row, words) => ({ act: "goal.write", stream: PERSON, row, facts: { words } });

async function phoneOfVersionN() {
  const server = new FakeServer();
  for (let n = 0; n < 250; n += 1) server.put(PERSON, "goal", `g${n}`, { words: `Goal ${n}` });
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  await phone.sync.kick("start");
  await phone.replica.acts(["a", "b", "c"].map((row) => goal(row, `unsent ${row}`)));
  return { phone, server, upgraded: (more) => openPhone({ indexedDB: phone.indexedDB, key: phone.key, net: server.net({ account: ACCOUNT }), ...more }) };
}

const sent = (phone) => [...phone.replica.rows(PERSON, "goal").values()].filter((row) => !row.waits);
const seventh = (phone) => phone.replica.row(PERSON, "goal", "g7").body;

test("a jump of two versions brings every row along and sends what was unsent once", async () => {
  const { phone, server, upgraded } = await phoneOfVersionN();
  phone.close();
  const next = await upgraded({ steps: [N1, N2], structure });
  assert.deepEqual(seventh(next), { title: "Goal 7", counted: true });
  assert.equal(sent(next).length, 250);
  await next.sync.kick("start");
  assert.deepEqual(server.carriedOut.map(({ facts }) => facts.words), ["unsent a", "unsent b", "unsent c"]);
});

test("a kill at any write of a migration leaves a store that migrates at the next start", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  phone.close();
  let at = 1;
  for (; at < 50; at += 1) {
    const writes = await withFault({ at }, async () => void (await upgraded({ steps: [N1] }).then((killed) => killed.close(), () => {})));
    if (writes < at) break;
  }
  assert.equal(at > 2, true, "the faults were injected");
  const next = await upgraded({ steps: [N1] });
  assert.deepEqual([sent(next).length, seventh(next), next.replica.outbox().length], [250, { title: "Goal 7" }, 3]);
});

test("a kill while tables are made leaves the old version whole", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  phone.close();
  const killed = [...STRUCTURE, () => { throw new Error("planted"); }];
  await assert.rejects(upgraded({ structure: killed }));
  const next = await upgraded({ structure });
  assert.deepEqual([sent(next).length, next.replica.outbox().length], [250, 3]);
});

test("a phone without room for a migration still opens, and loses nothing", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  phone.close();
  await withFault({ at: 2, name: "QuotaExceededError" }, async () => {
    const full = await upgraded({ steps: [N1] });
    assert.deepEqual([sent(full).length, seventh(full), full.replica.outbox().length], [250, { title: "Goal 7" }, 3]);
    full.close();
  });
  assert.deepEqual(seventh(await upgraded({ steps: [N1] })), { title: "Goal 7" });
});

test("a migration is made once", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  phone.close();
  (await upgraded({ steps: [N1] })).close();
  let asked = 0;
  const counting = { blocks: (payload) => ((asked += 1), payload) };
  await upgraded({ steps: [{ ...N1, ...counting }] });
  assert.equal(asked, 0);
});

test("what a tab of the old version saves after the migration is brought along too", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  const next = await upgraded({ steps: [{ ...N1, outbox: (payload) => ({ ...payload, op: { ...payload.op, facts: rename(payload.op.facts) } }) }] });
  await phone.replica.act(goal("late", "from the old tab"));
  await next.replica.refresh();
  assert.deepEqual(next.replica.outbox().map(({ op }) => op.facts.title), ["unsent a", "unsent b", "unsent c", "from the old tab"]);
});

test("a tab of the old version does not read what it can't understand", async () => {
  const { phone, upgraded } = await phoneOfVersionN();
  const next = await upgraded({ steps: [N1] });
  await next.replica.act(goal("new", "words"));
  await assert.rejects(phone.replica.refresh(), { kind: "newer" });
});

test("a summary of another version is not painted", async () => {
  const server = new FakeServer();
  server.put(PERSON, "goal", newId(), { words: "x" });
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }), summarise: () => ({ left: 1 }) });
  await phone.sync.kick("start");
  assert.equal((await phone.store.glance()).summaries.size, 1);
  const next = await openPhone({ indexedDB: phone.indexedDB, key: phone.key, steps: [{ summaries: (payload) => ({ ...payload }) }] });
  assert.equal((await next.store.glance()).summaries.size, 0);
});

test("a record goes through every step that it has not seen", () => {
  const steps = ["one", "two", "three"].map((word) => ({ blocks: (payload) => ({ ...payload, seen: [...payload.seen, word] }) }));
  assert.equal(formatOf(steps), 4);
  assert.deepEqual(upcast("blocks", { f: 2, seen: [] }, steps), { f: 4, seen: ["two", "three"] });
  assert.equal(upcast("blocks", { f: 5, seen: [] }, steps), null);
});
