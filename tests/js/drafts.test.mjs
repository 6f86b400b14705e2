// What was begun and not saved: sealed, kept for its plan alone, and for 7 days.
import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";
import { Drafts, carryDrafts, wentOn } from "../../app/static/js/core/drafts.js";

const FORM = "person:sam goal-new";
const began = (words) => ({ values: { words }, first: { words: "" } });
const WEEK = 7 * 86_400_000;
const freshKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** A phone: its storage, its time and which plans it may hold. */
async function phone({ room = true } = {}) {
  const held = new Map();
  const setItem = (name, value) => {
    if (!room) throw new DOMException("no room", "QuotaExceededError");
    held.set(name, value);
  };
  const storage = { getItem: (name) => held.get(name) ?? null, setItem, removeItem: (name) => void held.delete(name) };
  const here = { held, now: 1_000, open: ["person:sam", "person:lee"], key: await freshKey() };
  const start = () => new Drafts({ crypto, key: here.key, name: "drafts", storage, clock: { now: () => here.now }, streams: () => here.open }).open();
  return { here, storage, start };
}

test("what was begun is there after a new start, and lies sealed", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, began("Swim ag"));
  assert.deepEqual((await (await start()).of(FORM))?.values, { words: "Swim ag" });
  assert.ok(!atob(here.held.get("drafts")).includes("Swim"));
});

test("what was seen when it was begun is kept with it", async () => {
  const { start } = await phone();
  await (await start()).keep(FORM, { ...began("Swim"), base: { rev: 7 } });
  assert.deepEqual((await (await start()).of(FORM))?.base, { rev: 7 });
});

test("two tabs keep what was begun in both, and what one saves the other does not offer", async () => {
  const { start } = await phone();
  const [one, other] = [await start(), await start()];
  await Promise.all([one.keep(FORM, began("Swim")), other.keep("person:lee goal-new", began("Read"))]);
  await one.keep("person:sam spend", began("4.50"));
  await other.prune();
  assert.deepEqual((await (await start()).of("person:sam spend"))?.values, { words: "4.50" });
  assert.deepEqual((await one.of("person:lee goal-new"))?.values, { words: "Read" });
  await other.forget(FORM);
  assert.equal(await one.of(FORM), null);
});

test("a tab of before the new lock does not write over what the new key sealed", async () => {
  const { here, storage, start } = await phone();
  const before = await start();
  await before.keep(FORM, began("Swim"));
  const to = await freshKey();
  await carryDrafts({ crypto, from: here.key, to, name: "drafts", storage });
  await before.keep("person:lee goal-new", began("Read"));
  assert.deepEqual((await before.of("person:lee goal-new"))?.values, { words: "Read" });
  here.key = to;
  assert.deepEqual((await (await start()).of(FORM))?.values, { words: "Swim" });
});

test("saving, or throwing away, leaves nothing behind", async () => {
  const { here, start } = await phone();
  const drafts = await start();
  void drafts.keep(FORM, began("Swim"));
  await drafts.forget(FORM);
  assert.deepEqual([await drafts.of(FORM), here.held.size], [null, 0]);
});

test("the last word counts when two are written at once", async () => {
  const { start } = await phone();
  const drafts = await start();
  void drafts.keep(FORM, began("Sw"));
  await drafts.keep(FORM, began("Swim"));
  assert.deepEqual((await (await start()).of(FORM))?.values, { words: "Swim" });
});

test("with a plan that is closed here its drafts go, and no others", async () => {
  const { here, start } = await phone();
  const drafts = await start();
  await drafts.keep(FORM, began("Swim"));
  await drafts.keep("person:lee goal-new", began("Read"));
  here.open = ["person:lee"];
  await drafts.prune();
  assert.deepEqual([await (await start()).of(FORM), (await (await start()).of("person:lee goal-new"))?.values], [null, { words: "Read" }]);
});

test("after 7 days it is gone", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, began("Swim"));
  here.now += WEEK + 1;
  assert.equal(await (await start()).of(FORM), null);
  assert.equal(here.held.size, 0);
});

test("another key opens nothing, and the form starts empty", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, began("Swim"));
  here.key = await freshKey();
  assert.equal(await (await start()).of(FORM), null);
});

test("a phone without room keeps it for as long as the app is open", async () => {
  const { start } = await phone({ room: false });
  const drafts = await start();
  await drafts.keep(FORM, began("Swim"));
  assert.deepEqual((await drafts.of(FORM))?.values, { words: "Swim" });
});

test("another key of the copy takes what was begun with it", async () => {
  const { here, storage, start } = await phone();
  await (await start()).keep(FORM, began("Swim"));
  const to = await freshKey();
  await carryDrafts({ crypto, from: here.key, to, name: "drafts", storage });
  here.key = to;
  assert.deepEqual((await (await start()).of(FORM))?.values, { words: "Swim" });
});

test("what the old key does not open is let go of, and the lock still changes", async () => {
  const { here, storage, start } = await phone();
  await (await start()).keep(FORM, began("Swim"));
  await carryDrafts({ crypto, from: await freshKey(), to: await freshKey(), name: "drafts", storage });
  assert.equal(here.held.size, 0);
});

test("one that does not tell what the form began with is dropped", async () => {
  const { start } = await phone();
  await (await start()).keep(FORM, { values: { words: "Swim" } });
  assert.equal(await (await start()).of(FORM), null);
});

test("going on keeps a goal private that somebody made private since", () => {
  const goal = { words: "Swim", why: "", side: "", importance: "", private: false };
  const begun = { values: { ...goal, why: "It calms me" }, first: goal };
  assert.deepEqual(wentOn(begun, { ...goal, private: true }), { ...goal, why: "It calms me", private: true });
});

test("going on keeps an amount that somebody corrected since", () => {
  const entry = { amount: "45.00", on: "2026-11-02", what: "Swimming", note: "" };
  const begun = { values: { ...entry, note: "With Lee" }, first: entry };
  assert.deepEqual(wentOn(begun, { ...entry, amount: "54.00" }), { ...entry, amount: "54.00", note: "With Lee" });
});

test("a field that was emptied stays empty, one that was unchosen too", () => {
  const first = { words: "Swim", going: "well" };
  const kept = JSON.parse(JSON.stringify({ values: { words: "", going: undefined }, first }));
  assert.deepEqual(wentOn(kept, first), { words: "", going: undefined });
});

test("what nobody else wrote stays whole, with the day it was begun on", () => {
  const begun = { values: { amount: "20", on: "2026-11-02" }, first: {} };
  assert.deepEqual(wentOn(begun, { amount: "", on: "2026-11-03" }), begun.values);
});

test("where nothing would change there is nothing to go on with", () => {
  assert.equal(wentOn(null, { words: "" }), null);
  assert.equal(wentOn({ values: { words: "Swim" }, first: { words: "" } }, { words: "Swim" }), null);
  assert.equal(wentOn({ values: { words: "Swim" }, first: { words: "Swim" } }, { words: "Run" }), null);
});
