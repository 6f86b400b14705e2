import assert from "node:assert/strict";
import { test } from "node:test";

import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

const MANY = 450;

/** A phone with more operations than three exchanges hold. `strange` stands in for the first exchange. */
async function phoneWithMany(strange) {
  const server = new FakeServer();
  server.stream(PERSON);
  const real = server.net({ account: ACCOUNT });
  let first = strange;
  const exchange = (body) => {
    const now = first ?? real.exchange;
    first = undefined;
    return now(body, real, server);
  };
  const phone = await openPhone({ net: { ...real, exchange } });
  const goals = Array.from({ length: MANY }, (_, n) => ({ act: "goal.write", stream: PERSON, row: newId(), facts: { words: `Goal ${n}` } }));
  await phone.replica.acts(goals);
  return { ...phone, server };
}

test("the next operations are on their way before an answer is stored", async () => {
  const { replica, server, sync } = await phoneWithMany();
  const carriedOut = [];
  const receive = replica.receive.bind(replica);
  replica.receive = (answer) => (carriedOut.push(server.carriedOut.length), receive(answer));
  await sync.kick("start");
  assert.deepEqual(carriedOut, [400, MANY, MANY]);
  assert.deepEqual([server.requests.length, replica.outbox().length], [3, 0]);
});

test("operations whose answer was thrown away are carried out once", async () => {
  const { replica, server, sync } = await phoneWithMany(async (body, real, there) => {
    const reply = await real.exchange(body);
    there.stream(PERSON).epoch = "2.2.b";
    reply.answer.changes = reply.answer.changes.map((change) => ({ ...change, epoch: "unlike" }));
    return reply;
  });
  await sync.kick("start");
  const words = server.carriedOut.map(({ facts }) => facts.words);
  assert.deepEqual([new Set(words).size, words.length, replica.outbox().length], [MANY, MANY, 0]);
});
