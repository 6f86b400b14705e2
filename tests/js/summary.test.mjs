// What a start paints first is what Home shows, says as little as Home knows, and only on days on which it holds.
import assert from "node:assert/strict";
import { test } from "node:test";

import { acts } from "../../app/static/js/acts.js";
import { totalLeft, potFigures, moneyRowsOf } from "../../app/static/js/budgets/figures.js";
import { glanceOf } from "../../app/static/js/home/seen.js";
import { nextChange, summariseStream } from "../../app/static/js/home/summary.js";
import { placeOf } from "../../app/static/js/parts/place.js";
import { ACCOUNT, PERSON, newId, openPhone } from "./helpers/phone.mjs";
import { FakeServer } from "./helpers/server.mjs";

const TODAY = "2026-06-10";
const ID = PERSON.slice("person:".length);
const STREAM = `account:${ACCOUNT}`;
const POT = { id: newId(), name: "Council", funder: "Leeds", holding: "direct_payment", currency: "GBP", opened_on: "2026-04-01", closed_on: null };
const YEAR = { id: newId(), pot: POT.id, starts_on: "2026-04-01", ends_on: "2027-03-31", agreed: 100_000, agreed_visits: null };
const entry = (kind, amount, on = "2026-05-01") => ({
  pot: POT.id, kind, amount, on, what: "Lunch", merchant: null, goal: null, note: "", reverses: null, replaces: null, transfer: null,
  reason: null, author: ACCOUNT, state: "posted", superseded: false, files: [],
});

function serverWith(...entries) {
  const server = new FakeServer();
  server.stream(STREAM);
  server.stream(PERSON);
  server.put(STREAM, "relationship", newId(), { person: ID, role: "holder", scopes: ["see_money"], ended: false });
  server.put(PERSON, "person", ID, { name: "Leroy", colour: "spruce" });
  server.put(PERSON, "pot", POT.id, POT);
  server.put(PERSON, "period", YEAR.id, YEAR);
  for (const one of entries) {
    const id = newId();
    server.put(PERSON, "entry", id, { id, ...one });
  }
  return server;
}

async function phoneOf(server, more = {}) {
  const summarise = (stream, replica) => summariseStream(stream, replica, TODAY);
  return openPhone({ net: server.net({ account: ACCOUNT }), acts, summarise, ...more });
}

async function glance(phone, { today = TODAY, path = "/app/" } = {}) {
  return glanceOf(await phone.store.glance(), { account: ACCOUNT, place: placeOf(path), today, now: Date.parse(`${today}T12:00:00Z`) });
}

function homeFigures({ replica }, today = TODAY) {
  const rows = moneyRowsOf((kind) => [...replica.rows(PERSON, kind).values()], replica.known(PERSON));
  const figures = potFigures(rows, today);
  return { figures, total: totalLeft(figures, today)[0] ?? null };
}

test("after the first sync the first sight is what Home shows", async () => {
  const phone = await phoneOf(serverWith(entry("instalment", 100_000), entry("spending", 1_250)));
  await phone.sync.kick("start");
  const seen = await glance(phone);
  assert.deepEqual({ figures: seen.summary.figures, total: seen.summary.total }, homeFigures(phone));
  assert.equal(seen.summary.total.left, 98_750);
  assert.equal(seen.person.name, "Leroy");
  assert.match(seen.asof, /^As of/);
});

test("an entry made on this phone is in the first sight at once, and is said to wait", async () => {
  const phone = await phoneOf(serverWith(entry("instalment", 100_000)));
  await phone.sync.kick("start");
  await phone.replica.act({ act: "entry.record", stream: PERSON, row: newId(), facts: entry("spending", 300) });
  const seen = await glance(phone);
  assert.equal(seen.summary.total.left, 99_700);
  assert.equal(seen.waiting, phone.sync.status().waiting);
  assert.match(seen.asof, /with 1 thing not sent yet/);
});

test("what has never been here whole is not known in the first sight either", async () => {
  const phone = await phoneOf(serverWith());
  const facts = { name: "Own", funder: "Me", holding: "own_money", opened_on: "2026-04-01" };
  const unknown = { rows: () => new Map(), known: () => false };
  assert.equal(summariseStream(PERSON, unknown, TODAY), undefined);
  const rows = { person: [[ID, { body: { name: "Leroy", colour: "spruce" } }]], pot: [[POT.id, { body: { ...POT, ...facts } }]] };
  const part = summariseStream(PERSON, { rows: (_, kind) => new Map(rows[kind] ?? []), known: () => false }, TODAY);
  assert.equal(part.total.left, null);
  assert.equal(await glance(phone), null);
});

test("a first sight of other days is not painted", async () => {
  const phone = await phoneOf(serverWith(entry("instalment", 100_000), entry("spending", 500, "2026-06-20")));
  await phone.sync.kick("start");
  assert.equal((await glance(phone, { today: "2026-06-19" })).summary.total.left, 100_000);
  assert.deepEqual(homeFigures(phone, "2026-06-19").figures.map((one) => one.balance.left), [100_000]);
  assert.equal(await glance(phone, { today: "2026-06-20" }), null);
  assert.equal(await glance(phone, { today: "2026-06-09" }), null);
});

test("the figures change next where an entry, a period or a pot says so", () => {
  const rows = { pots: [{ closed_on: "2026-06-15" }], periods: [{ starts_on: "2026-01-01", ends_on: "2026-06-30" }], entries: [{ on: "2026-06-25" }] };
  assert.equal(nextChange(rows, TODAY), "2026-06-15");
  assert.equal(nextChange(rows, "2026-06-15"), "2026-06-16");
  assert.equal(nextChange(rows, "2026-06-16"), "2026-06-25");
  assert.equal(nextChange(rows, "2026-06-25"), "2026-07-01");
  assert.equal(nextChange(rows, "2026-07-01"), null);
});

test("after another tab saved something that this one does not know, nothing old is painted", async () => {
  const phone = await phoneOf(serverWith(entry("instalment", 100_000)));
  await phone.sync.kick("start");
  const other = await phoneOf(new FakeServer(), { indexedDB: phone.indexedDB, key: phone.key });
  await other.replica.act({ act: "entry.record", stream: PERSON, row: newId(), facts: entry("spending", 300) });
  assert.equal((await glance(phone)).summary.total.left, 99_700);
  await phone.replica.act({ act: "entry.record", stream: PERSON, row: newId(), facts: entry("spending", 200) });
  assert.equal(await glance(phone), null);
});

test("somebody else's plan has no first sight", async () => {
  const phone = await phoneOf(serverWith(entry("instalment", 100_000)));
  await phone.sync.kick("start");
  assert.equal(await glance(phone, { path: `/app/${newId()}/home` }), null);
});
