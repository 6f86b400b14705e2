// What a field takes, and what is said when the server did not take something.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWords, reasonWords } from "../../app/static/js/more/act-words.js";
import { lengthWords, mostIn } from "../../app/static/js/parts/bounds.js";

// the look of the frame asks the page for its icons when it is loaded
Object.assign(globalThis, { document: { querySelector: () => null, querySelectorAll: () => [] } });
const { syncWords } = await import("../../app/static/js/parts/bare.js");

const OWN = mostIn("words", { long: true, type: "text", mode: undefined });

test("words that fit are not spoken of, and near the end the room is said", () => {
  assert.deepEqual(lengthWords("a".repeat(8_999), OWN), { fault: null, near: null });
  assert.deepEqual(lengthWords("a".repeat(9_999), OWN), { fault: null, near: "Room for 1 letter more." });
  assert.equal(lengthWords("a".repeat(10_000), OWN).fault, null);
});

test("what is too long is told by how much, and an emoji is one letter as on the server", () => {
  assert.match(lengthWords("a".repeat(12_340), OWN).fault ?? "", /^This is 2,340 letters too long\. It takes up to 10,000\. Nothing is cut off/);
  assert.match(lengthWords("a".repeat(10_001), OWN).fault ?? "", /^This is 1 letter too long/);
  assert.equal(lengthWords("\u{1F600}".repeat(10_000), OWN).fault, null);
});

test("a line has its own bound, and a date, an amount or a PIN has none", () => {
  assert.equal(mostIn("name", { long: false, type: "text", mode: undefined }), 100);
  assert.equal(mostIn("what", { long: true, type: "text", mode: undefined }), 10_000);
  assert.equal(mostIn("on", { long: false, type: "date", mode: undefined }), undefined);
  assert.equal(mostIn("amount", { long: false, type: "text", mode: "decimal" }), undefined);
});

test("what was not taken is said at the mark, before that there is no signal", () => {
  assert.equal(syncWords({ phase: "idle", waiting: 0 }).words, "All sent");
  assert.equal(syncWords({ phase: "idle", waiting: 0 }, 1).words, "Cannot send: see why");
  assert.equal(syncWords({ phase: "offline", waiting: 2 }, 1).words, "Cannot send: see why");
  assert.equal(syncWords({ phase: "signin", waiting: 2 }, 1).words, "Sign in to send");
});

test("a reason names no field, and a sentence with a colon of its own stays whole", () => {
  assert.equal(reasonWords("words: This is too long. It takes up to 10,000 letters."), "This is too long. It takes up to 10,000 letters.");
  assert.equal(reasonWords("changes.files.0: This is no file."), "This is no file.");
  assert.equal(reasonWords("You may not change this: it is not yours."), "You may not change this: it is not yours.");
});

test("what is copied is what was said, without ids and codes", () => {
  const goal = "0b8f6c1e-0a51-4d1c-9a6b-0f1d5d1c2b3a";
  assert.equal(plainWords({ goal, words: "Swim again\n", position: 3, state: "open", by_when: "2026-12-01" }), "Swim again\n\n1 December 2026");
  assert.equal(plainWords({ hidden: ["Kezia", "Oak Road"], revealed: ["goal:1"], named: "no", neighbour: "maybe", news: "no" }), "Hide: Kezia\nHide: Oak Road");
  assert.equal(plainWords({ group: goal, about: "example", goal: "Swim", side: "social", outcome: "better", band: "500_1000", age: "older" }), "Swim");
  assert.equal(plainWords({ what: "Riverside", changes: { amount: 850, note: "With Mo", goal }, entry: goal, reversal: goal }), "Riverside\n\u00a38.50\nWith Mo");
  assert.equal(plainWords({ give_back: 0, next: null, changes: {} }), "");
  assert.equal(plainWords({ kind: "spending", amount: 1485, what: "Riverside", files: [] }), "\u00a314.85\nRiverside");
});
