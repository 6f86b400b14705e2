import assert from "node:assert/strict";
import { test } from "node:test";
import { differing, draftOf, factsOf } from "../../app/static/js/options/draft.js";
import { optionActs } from "../../app/static/js/options/replay.js";
import { costWords, plannedWords, sourceWords } from "../../app/static/js/options/words.js";

const EMPTY = { idea: "", goal: "", amount: "", per: "visit", pot: "", reason: "" };
const CHOICE = {
  id: "c", goal: "g", option: "o", idea: "", amount: 850, per: "visit", pot: null, reason: " so I can\nsing ",
  state: "wanted", position: 0, written_by: "a",
};

/** A draft over a plain map. */
function draftOver(rows) {
  return {
    get: (_kind, id) => rows.get(id),
    put: (_kind, id, body) => void rows.set(id, body),
    remove: (_kind, id) => void rows.delete(id),
  };
}

test("an own idea needs words, a chosen option does not", () => {
  assert.deepEqual(Object.keys(factsOf(EMPTY, { own: true, option: null }).found), ["idea"]);
  assert.deepEqual(factsOf(EMPTY, { own: false, option: "o" }).found, {});
});

test("own words stay letter for letter", () => {
  const { facts } = factsOf({ ...EMPTY, idea: " a bench \r\n", reason: "e\u0301 " }, { own: true, option: null });
  assert.deepEqual([facts.idea, facts.reason], [" a bench \r\n", "e\u0301 "]);
});

test("an amount is whole pence, nothing is unknown and 0 is free", () => {
  const amountOf = (amount) => factsOf({ ...EMPTY, amount }, { own: false, option: "o" }).facts;
  assert.deepEqual([amountOf("8.50").amount, amountOf("8.50").per], [850, "visit"]);
  assert.deepEqual([amountOf(" ").amount, amountOf(" ").per], [null, null]);
  assert.equal(amountOf("0").amount, 0);
});

test("an amount that is none is told in a sentence", () => {
  const { found } = factsOf({ ...EMPTY, amount: "a lot" }, { own: false, option: "o" });
  assert.match(found.amount, /digits/);
});

test("a form that changes nothing sends nothing, and one change sends one field", () => {
  const draft = draftOf(CHOICE, undefined, "");
  const facts = (changed) => differing(CHOICE, factsOf({ ...draft, ...changed }, { own: false, option: "o" }).facts);
  assert.deepEqual(facts({}), {});
  assert.deepEqual(facts({ amount: "9" }), { amount: 900 });
});

test("a choice shows on the phone before it is sent, whole, and goes when it is taken away", () => {
  const rows = new Map();
  optionActs["choice.write"](draftOver(rows), { row: "c", facts: { idea: "A bench" } });
  optionActs["choice.write"](draftOver(rows), { row: "c", facts: { state: "asked" } });
  assert.deepEqual([rows.get("c").idea, rows.get("c").state, rows.get("c").reason], ["A bench", "asked", ""]);
  optionActs["choice.remove"](draftOver(rows), { row: "c", facts: {} });
  assert.equal(rows.size, 0);
});

test("costs are said in words", () => {
  const cost = (low, high, per) => costWords({ low, high, per, as_of: "2026-11", basis: "" });
  assert.equal(cost(0, 0, "week"), "Free");
  assert.equal(cost(0, 400, "visit"), "Free to £4 a time");
  assert.equal(cost(500, 1250, "hour"), "£5 to £12.50 an hour");
  assert.equal(cost(100_000, 100_000, "once"), "About £1,000");
  assert.equal(plannedWords(850, "week"), "£8.50 a week");
  assert.equal(plannedWords(null, null), "");
});

test("a source that not everyone knows is explained", () => {
  assert.match(sourceWords("NICE guideline on dementia"), /advises the NHS/);
  assert.match(sourceWords("Cochrane review on yoga"), /studies/);
  assert.equal(sourceWords("A trial in the journal Pediatrics"), "");
});
