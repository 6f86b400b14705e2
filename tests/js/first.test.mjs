// On a phone that holds nothing the first sight comes from the server's pages, and no page is asked for twice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { acts } from "../../app/static/js/acts.js";
import { moneyRowsOf, potFigures, totalLeft } from "../../app/static/js/budgets/figures.js";
import { firstSight } from "../../app/static/js/home/first.js";
import { placeOf } from "../../app/static/js/parts/place.js";
import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

const TODAY = "2026-06-10";
const ID = PERSON.slice("person:".length);
const STREAM = `account:${ACCOUNT}`;
const POT = { id: newId(), name: "Council", funder: "Leeds", holding: "direct_payment", currency: "GBP", opened_on: "2026-04-01", closed_on: null };
const FACTS = { account: ACCOUNT, place: placeOf("/app/"), today: TODAY, now: Date.parse(`${TODAY}T12:00:00Z`) };
const never = { set: () => 0, clear: () => {} };
const atOnce = { set: (work) => setImmediate(work), clear: clearImmediate };
const spent = (amount) => ({
  pot: POT.id, kind: "spending", amount, on: "2026-05-01", what: "Lunch", merchant: null, goal: null, note: "", reverses: null, replaces: null,
  transfer: null, reason: null, author: ACCOUNT, state: "posted", superseded: false, files: [],
});

function serverWith(entries, options) {
  const server = new FakeServer(options);
  server.stream(STREAM);
  server.stream(PERSON);
  server.put(STREAM, "relationship", newId(), { person: ID, role: "holder", scopes: ["see_money"], ended: false });
  server.put(PERSON, "person", ID, { name: "Leroy", colour: "spruce" });
  server.put(PERSON, "pot", POT.id, POT);
  for (let n = 0; n < entries; n += 1) {
    const id = newId();
    server.put(PERSON, "entry", id, { id, ...spent(100 + n) });
  }
  return server;
}

const look = (net, timers = never) => firstSight({ net, timers, device: "device", facts: FACTS });

test("what is painted is what Home shows once everything is stored", async () => {
  const net = serverWith(25, { page: 10 }).net({ account: ACCOUNT });
  const { seen, pages } = await look(net);
  const phone = await openPhone({ net, acts, pages });
  await phone.sync.kick("start");
  const rows = moneyRowsOf((kind) => [...phone.replica.rows(PERSON, kind).values()], phone.replica.known(PERSON));
  const figures = potFigures(rows, TODAY);
  assert.deepEqual([seen.summary.figures, seen.summary.total], [figures, totalLeft(figures, TODAY)[0] ?? null]);
  assert.equal(phone.replica.rows(PERSON, "entry").size, 25);
});

test("no page is asked for twice", async () => {
  const server = serverWith(25, { page: 10 });
  const net = server.net({ account: ACCOUNT });
  const { pages } = await look(net);
  const asked = server.requests.length;
  const phone = await openPhone({ net, acts, pages });
  await phone.sync.kick("start");
  assert.equal(asked > 2, true);
  assert.deepEqual([pages.length, server.requests.length], [asked, asked]);
});

test("nothing is painted of a plan that is here in part", async () => {
  const server = serverWith(25, { page: 10 });
  const real = server.net({ account: ACCOUNT });
  const net = { exchange: (body) => (server.requests.length > 1 ? Promise.resolve({ kind: "retry", sentence: null }) : real.exchange(body)) };
  const { seen, pages } = await look(net);
  assert.deepEqual([seen, pages.length], [null, 3]);
});

for (const [words, exchange] of [
  ["no answer in time", () => new Promise(() => {})],
  ["no signal", async () => ({ kind: "retry", sentence: null })],
  ["a broken answer", async () => Promise.reject(new TypeError("broken"))],
  ["signed out meanwhile", async () => ({ kind: "signin", sentence: null })],
]) {
  test(`the app opens all the same with ${words}`, async () => {
    const { seen, pages } = await look({ exchange }, atOnce);
    assert.deepEqual([seen, pages.length], [null, 1]);
  });
}

test("what was saved before the pages are stored goes out with an exchange of its own", async () => {
  const server = serverWith(3, { page: 100 });
  const net = server.net({ account: ACCOUNT });
  const { pages } = await look(net);
  const phone = await openPhone({ net, acts, pages });
  await phone.replica.act({ act: "goal.write", stream: PERSON, row: newId(), facts: { words: "Swim" } });
  await phone.sync.kick("start");
  assert.deepEqual([phone.replica.outbox().length, server.requests.length], [0, 2]);
});
