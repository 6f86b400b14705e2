import assert from "node:assert/strict";
import { test } from "node:test";

import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

function serverWith(rows, options) {
  const server = new FakeServer(options);
  server.stream(PERSON);
  for (let n = 0; n < rows; n += 1) server.put(PERSON, "goal", newId(), { words: `Goal ${n}` });
  return server;
}

const goal = (row, words) => ({ act: "goal.write", stream: PERSON, row, facts: { words } });

test("the next page is asked for while this one is stored", async () => {
  const server = serverWith(25, { page: 10 });
  const real = server.net({ account: ACCOUNT });
  const here = [];
  const net = { ...real, exchange: (body) => (here.push(phone.replica.rows(PERSON, "goal").size), real.exchange(body)) };
  const phone = await openPhone({ net });
  await phone.sync.kick("start");
  assert.deepEqual([here, phone.replica.rows(PERSON, "goal").size], [[0, 0, 10], 25]);
});

test("a page asked for ahead is thrown away when something was saved meanwhile", async () => {
  const server = serverWith(25, { page: 10 });
  const real = server.net({ account: ACCOUNT });
  const net = { ...real, exchange: async (body) => {
    const reply = await real.exchange(body);
    if (server.requests.length === 2) await phone.replica.act(goal("late", "late"));
    return reply;
  } };
  const phone = await openPhone({ net });
  await phone.sync.kick("start");
  assert.deepEqual([server.carriedOut.length, phone.replica.outbox().length, phone.replica.rows(PERSON, "goal").size], [1, 0, 26]);
});

test("a page asked for ahead counts only for the cursors that the phone then has", async () => {
  const server = serverWith(25, { page: 10 });
  const real = server.net({ account: ACCOUNT });
  const receive = async (answer, take) => {
    if (server.requests.length === 2) server.stream(PERSON).epoch = "2.1.a";
    return take(answer);
  };
  const phone = await openPhone({ net: real });
  const take = phone.replica.receive.bind(phone.replica);
  phone.replica.receive = (answer) => receive(answer, take);
  await phone.sync.kick("start");
  assert.deepEqual([phone.replica.rows(PERSON, "goal").size, phone.replica.cursors()[PERSON].epoch], [25, "2.1.a"]);
});

test("screens hear of a first pull at its first and its last page, not between", async () => {
  const server = serverWith(45, { page: 10 });
  const phone = await openPhone({ net: server.net({ account: ACCOUNT }) });
  const heard = [];
  phone.replica.subscribe(({ keys }) => keys.size > 0 && heard.push(phone.replica.rows(PERSON, "goal").size));
  await phone.sync.kick("start");
  assert.deepEqual(heard, [10, 45]);
});

test("screens hear of the pages that came before the signal went", async () => {
  const server = serverWith(45, { page: 10 });
  const real = server.net({ account: ACCOUNT });
  const net = { ...real, exchange: async (body) => (server.requests.length === 3 ? { kind: "retry", sentence: null } : real.exchange(body)) };
  const phone = await openPhone({ net });
  const heard = [];
  phone.replica.subscribe(({ keys }) => keys.size > 0 && heard.push(phone.replica.rows(PERSON, "goal").size));
  await phone.sync.kick("start");
  assert.deepEqual([heard.at(-1), phone.sync.status().phase], [30, "offline"]);
});
