// Who reads is addressed; of anybody else is spoken by name. Each way of holding money has its own words.
import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { document: { querySelector: () => null, querySelectorAll: () => [] } });
const { FIRST_MONEY, holdingsOf } = await import("../../app/static/js/budgets/pot-write.js");
const { heroWords } = await import("../../app/static/js/home/sums.js");

const HOLDER = { own: true, name: "Leroy", role: "holder", id: "p" };
const CARER = { own: false, name: "Leroy", role: "representative", id: "p" };
const wordsOf = (person) => holdingsOf(person).map(([, words]) => words).join(" | ");

test("a carer reads of the person by name where the holder reads me and my", () => {
  assert.match(wordsOf(HOLDER), /\b(me|my)\b/i);
  assert.doesNotMatch(wordsOf(CARER), /\b(me|my|your?)\b/i);
  assert.match(wordsOf(CARER), /Leroy's own money/);
});

test("money that an organisation holds is not called paid in", () => {
  assert.equal(FIRST_MONEY["third_party"], "Paid to the organisation");
  assert.equal(FIRST_MONEY["notional"], undefined);
});

test("the last day stands with its year", () => {
  const money = [{ period: { ends_on: "2027-11-21" } }];
  const said = heroWords({ left: 100, currency: "GBP" }, money, HOLDER);
  assert.match(JSON.stringify(said), /until 21 November 2027/);
});
