import assert from "node:assert/strict";
import { test } from "node:test";

import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
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
