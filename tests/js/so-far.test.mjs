/** What a reviewer reads of the money: sums of the period, from lines that stand, and they add up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftLine, soFar, spentOnGoals } from "../../app/static/js/people/so-far.js";

const line = (kind, amount, changes = {}) => ({ kind, amount, on: "2026-05-01", pot: "nhs", goal: null, ...changes });
const balance = { known: true, in_hand: 72_000, owed: 1_000, promised: 10_000, left: 61_000 };
const figures = (changes = {}) => ({ pot: { id: "nhs", opened_on: "2025-01-01" }, period: { starts_on: "2026-04-01" }, balance, ...changes });
const LINES = [line("instalment", 100_000), line("spending", 30_000, { goal: "swim" }), line("paid_by_me", 5_000), line("refund", 1_000, { goal: "swim" }),
  line("repayment", 5_000), line("payback", 4_000), line("spending", 7_000, { on: "2026-03-31", goal: "swim" }), line("spending", 9_000, { pot: "council", goal: "swim" })];

test("what came, was spent and went back since the period began, in this pot alone, adds up to what is left", () => {
  const found = soFar(figures(), LINES);
  assert.deepEqual(found, { before: 10_000, came: 100_000, spent: 34_000, returned: 5_000, promised: 10_000, left: 61_000 });
  assert.equal(found.before + found.came - found.spent - found.returned - found.promised, found.left);
});

test("without a period it counts since the pot was opened", () => {
  assert.equal(soFar(figures({ period: null }), LINES).spent, 41_000);
});

test("what is not known is not 0", () => {
  assert.deepEqual(new Set(Object.values(soFar(figures({ balance: { ...balance, known: false } }), LINES))), new Set([null]));
});

test("what was spent on a goal counts these pots and this period alone", () => {
  assert.deepEqual([...spentOnGoals([figures()], LINES)].filter(([, amount]) => amount), [[null, 5_000], ["swim", 29_000]]);
});

test("less than nothing left is said in words, without a minus", () => {
  const said = (amount) => String(amount ?? "not known yet");
  const named = (amount) => leftLine(said, amount, "Left", "More spent");
  assert.deepEqual([named(-4347), named(0), named(null)], [["More spent", "4347"], ["Left", "0"], ["Left", "not known yet"]]);
});
