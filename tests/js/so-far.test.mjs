/** What a reviewer reads of the money: sums of the period, from lines that stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { soFar } from "../../app/static/js/people/so-far.js";

const line = (kind, amount, on = "2026-05-01", pot = "nhs") => ({ kind, amount, on, pot });
const figures = (changes = {}) => ({ pot: { id: "nhs", opened_on: "2025-01-01" }, period: { starts_on: "2026-04-01" }, balance: { known: true, left: 61_000 }, ...changes });

test("what came, was spent and went back since the period began, in this pot alone", () => {
  const lines = [line("instalment", 100_000), line("spending", 30_000), line("paid_by_me", 5_000), line("refund", 1_000), line("repayment", 5_000),
    line("payback", 5_000), line("spending", 7_000, "2026-03-31"), line("spending", 9_000, "2026-05-01", "council")];
  assert.deepEqual(soFar(figures(), lines), { came: 100_000, spent: 34_000, returned: 5_000, left: 61_000 });
});

test("without a period it counts since the pot was opened", () => {
  assert.equal(soFar(figures({ period: null }), [line("spending", 7_000, "2026-03-31")]).spent, 7_000);
});

test("what is not known is not 0", () => {
  assert.deepEqual(soFar(figures({ balance: { known: false, left: null } }), []), { came: null, spent: null, returned: null, left: null });
});
