// A line of money that cannot be written is mended in the form, not refused days later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { earlyWords, lineProblems } from "../../app/static/js/budgets/line-problems.js";

const pot = { id: "p", holding: "direct_payment", currency: "GBP", closed_on: null };
const line = { kind: "instalment", amount: 5_000, on: "2026-11-22" };

test("a line that can stand has nothing to mend", () => {
  assert.deepEqual(lineProblems(line, pot), {});
});

test("an emptied day, or half a one, is asked for again", () => {
  for (const on of ["", "2026-11", "2026-02-30"]) assert.deepEqual(lineProblems({ ...line, on }, pot), { on: "Choose the day on which it was." });
});

test("what the rules of the ledger refuse is said at its field", () => {
  assert.deepEqual(Object.keys(lineProblems({ ...line, on: "1999-12-31" }, pot)), ["on"]);
  assert.deepEqual(Object.keys(lineProblems({ ...line, on: "2026-11-22" }, { ...pot, closed_on: "2026-11-21" })), ["on"]);
  assert.deepEqual(Object.keys(lineProblems({ ...line, amount: 0 }, pot)), ["amount"]);
  assert.deepEqual(Object.keys(lineProblems(line, { ...pot, holding: "notional" })), ["kind"]);
});

test("a pot that is not there is asked for", () => {
  assert.deepEqual(lineProblems(line, undefined), { pot: "Choose a pot." });
});

test("a day before the pot began is told, with the day that may be the slip", () => {
  const council = { id: "p", name: "Council" };
  const periods = [{ pot: "p", starts_on: "2026-11-22" }, { pot: "p", starts_on: "2025-11-22" }, { pot: "q", starts_on: "2027-01-01" }];
  assert.match(earlyWords("2025-11-21", council, periods), /The first day of Council is 22 November 2025\. This was before it\./);
  for (const [on, pot, all] of [["2025-11-22", council, periods], ["", council, periods], ["2025-01-01", undefined, periods], ["2025-01-01", council, []]]) {
    assert.equal(earlyWords(on, pot, all), "");
  }
});
