// What was begun and not saved: sealed, kept for its plan alone, and for 7 days.
import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";
import { Drafts } from "../../app/static/js/core/drafts.js";

const FORM = "person:sam goal-new";
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
  return { here, start };
}

test("what was begun is there after a new start, and lies sealed", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, { words: "Swim ag" });
  assert.deepEqual((await start()).of(FORM), { words: "Swim ag" });
  assert.ok(!atob(here.held.get("drafts")).includes("Swim"));
});

test("saving, or throwing away, leaves nothing behind", async () => {
  const { here, start } = await phone();
  const drafts = await start();
  void drafts.keep(FORM, { words: "Swim" });
  await drafts.forget(FORM);
  assert.deepEqual([drafts.of(FORM), here.held.size], [null, 0]);
});

test("the last word counts when two are written at once", async () => {
  const { start } = await phone();
  const drafts = await start();
  void drafts.keep(FORM, { words: "Sw" });
  await drafts.keep(FORM, { words: "Swim" });
  assert.deepEqual((await start()).of(FORM), { words: "Swim" });
});

test("with a plan that is closed here its drafts go, and no others", async () => {
  const { here, start } = await phone();
  const drafts = await start();
  await drafts.keep(FORM, { words: "Swim" });
  await drafts.keep("person:lee goal-new", { words: "Read" });
  here.open = ["person:lee"];
  await drafts.prune();
  assert.deepEqual([(await start()).of(FORM), (await start()).of("person:lee goal-new")], [null, { words: "Read" }]);
});

test("after 7 days it is gone", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, { words: "Swim" });
  here.now += WEEK + 1;
  assert.equal((await start()).of(FORM), null);
  assert.equal(here.held.size, 0);
});

test("another key opens nothing, and the form starts empty", async () => {
  const { here, start } = await phone();
  await (await start()).keep(FORM, { words: "Swim" });
  here.key = await freshKey();
  assert.equal((await start()).of(FORM), null);
});

test("a phone without room keeps it for as long as the app is open", async () => {
  const { start } = await phone({ room: false });
  const drafts = await start();
  await drafts.keep(FORM, { words: "Swim" });
  assert.deepEqual(drafts.of(FORM), { words: "Swim" });
});
