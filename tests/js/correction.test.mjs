// A line that somebody corrected while its form was open: what is sent, and to which line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, draftOf, meet } from "../../app/static/js/budgets/correction.js";

const line = (id, more = {}) => ({ id, kind: "spending", amount: 1000, on: "2026-11-21", what: "Cafe", merchant: null, goal: null, note: "", reason: null, superseded: false, ...more });
const opened = line("first");
const theirs = (more) => line("second", more);
const aim = ({ to, wanted, asks }) => ({ to: to.id, wanted, asks });

test("only what differs from the line as it was when the form opened is a change", () => {
  const draft = { ...draftOf(opened, "GBP"), note: "With Mo" };
  assert.deepEqual(changesOf(opened, draft, "GBP"), { changes: { note: "With Mo" }, found: {} });
});

test("what cannot be read is told at its field, and is no change", () => {
  const draft = { ...draftOf(opened, "GBP"), amount: "ten", on: "2026-02-31" };
  const { changes, found } = changesOf(opened, draft, "GBP");
  assert.deepEqual([Object.keys(found).sort(), "amount" in changes], [["amount", "on"], false]);
});

test("nobody wrote meanwhile: the change goes to the line", () => {
  assert.deepEqual(aim(meet(opened, opened, { amount: 900 })), { to: "first", wanted: { amount: 900 }, asks: false });
});

test("another field than theirs goes onto their line, which keeps what they wrote", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { note: "With Mo" })), { to: "second", wanted: { note: "With Mo" }, asks: false });
});

test("the same field is a question about the line that both saw", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { amount: 900, note: "Mo" })), { to: "first", wanted: { amount: 900, note: "Mo" }, asks: true });
});

test("the same change twice is made once", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { amount: 1200 })), { to: "second", wanted: {}, asks: false });
});

test("over a line that was taken back nobody decides alone", () => {
  assert.deepEqual(aim(meet(opened, line("first", { superseded: true }), { note: "Mo" })), { to: "first", wanted: { note: "Mo" }, asks: true });
});
