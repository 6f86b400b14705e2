/** What readings mean for a form: nothing typed is changed, doubt is said, doubles are found, parts add up. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lastPot, linesOf, saveWords } from "../../app/static/js/budgets/spend-facts.js";
import { beside, fillUntouched, otherDay, stateOf, suggest } from "../../app/static/js/receipts/confirm.js";
import { bitsApart, isLookedAt, likelyDoubles, lookedAt, sameShop } from "../../app/static/js/receipts/doubles.js";
import { spotOf, uprightSpot } from "../../app/static/js/receipts/reading.js";
import { leftToSplit } from "../../app/static/js/receipts/split.js";
import { isHereAlready, notWrittenDown } from "../../app/static/js/receipts/waiting.js";
import { counted } from "../../app/static/js/core/outbox.js";

const TODAY = "2026-11-22";
const KNOWN = { currency: "GBP", today: TODAY };
const SPOT = [100, 200, 300, 250];
const field = (value, confidence = 0.99, page = 0) => ({ value, confidence, reason: "Why.", box: SPOT, page });
const empty = { value: null, confidence: 0, reason: "", box: null, page: 0 };
const reading = (facts = {}) => ({
  merchant: field("Cafe"), date: field("2026-11-20"), date_other: null, total: field("4.50"), vat: empty, currency: "GBP", items: [],
  numbers: [], turns: [1], ...facts,
});
const pot = { id: "p", name: "Council", currency: "GBP" };
const entry = (facts = {}) => ({ id: "e", pot: "p", kind: "spending", amount: 450, on: "2026-11-20", what: "Cafe", merchant: null, files: ["a"], superseded: false, ...facts });
const draft = (facts = {}) => ({ amount: "4.50", on: TODAY, what: "", pot: "p", goal: "", who: "pot", note: "", none: "", parts: [], ...facts });

test("what was read is suggested with its place, and says whether it is sure", () => {
  const found = suggest([reading({ total: field("4.50", 0.8) })], KNOWN);
  assert.deepEqual(found.what, { text: "Cafe", clear: true, reason: "Why.", photo: 0, spot: SPOT, turn: 1, other: null });
  assert.equal(found.amount.clear, false);
  assert.deepEqual(suggest([null], KNOWN), { amount: null, on: null, what: null });
});

test("a line is borne out only by what was read clearly, and what differs is told either way", () => {
  const clear = suggest([reading()], KNOWN);
  const unsure = suggest([reading({ total: field("4.50", 0.8) })], KNOWN);
  const same = (found, line, sum) => beside(found, line, sum).same;
  assert.deepEqual([same(clear, entry(), 450), same(unsure, entry(), 450), same(clear, entry(), null)], ["clear", "unsure", null]);
  const { differs, same: none } = beside(unsure, entry({ amount: 500, on: "2026-11-01" }), 450);
  assert.deepEqual([differs.map(({ text }) => text), none], [["4.50", "2026-11-20"], null]);
});

test("of several photos the surest counts, of equals the later total and the earlier shop", () => {
  const found = suggest([reading(), reading({ total: field("9.00"), merchant: field("Other") }), null], KNOWN);
  assert.equal(found.amount.text, "9.00");
  assert.equal(found.amount.photo, 1);
  assert.equal(found.what.text, "Cafe");
});

test("money back and another currency are to be checked, however sure the reading is", () => {
  const back = suggest([reading({ total: field("-4.50") })], KNOWN).amount;
  assert.deepEqual([back.text, back.clear], ["4.50", false]);
  assert.match(suggest([reading({ currency: "EUR" })], KNOWN).amount.reason, /EUR.*GBP/);
});

test("a place on a page that is not shown is not pointed at", () => {
  assert.equal(suggest([reading({ total: field("4.50", 0.99, 1) })], KNOWN).amount.spot, null);
});

test("day or month is asked only where both days are possible", () => {
  assert.equal(otherDay("2026-05-03", "2026-03-05", TODAY), "2026-03-05");
  assert.equal(otherDay("2026-11-10", "2026-10-11", TODAY), "2026-10-11");
  assert.equal(otherDay("2026-11-05", "2026-05-11", TODAY), null, "this month, or half a year ago");
  assert.equal(otherDay("2026-11-12", "2026-12-11", TODAY), null, "tomorrow's receipts do not exist");
  assert.equal(otherDay("2026-11-20", null, TODAY), null);
});

test("a day that is still to come gives way to the one that the figures may also mean", () => {
  const found = suggest([reading({ date: field("2026-12-11"), date_other: "2026-11-12" })], KNOWN).on;
  assert.deepEqual([found.text, found.other, found.clear], ["2026-11-12", null, true]);
  assert.equal(suggest([reading({ date: field("2026-12-25") })], KNOWN).on.clear, false);
});

test("what somebody touched is never filled, and nothing read leaves the form as it is", () => {
  const before = draft({ amount: "7.77" });
  const found = suggest([reading()], KNOWN);
  const after = fillUntouched(before, new Set(["amount"]), found);
  assert.deepEqual([after.amount, after.what, after.on], ["7.77", "Cafe", "2026-11-20"]);
  assert.equal(fillUntouched(before, new Set(), suggest([null], KNOWN)), before);
});

test("a field says how it was read until somebody writes in it", () => {
  const found = suggest([reading()], KNOWN).amount;
  assert.equal(stateOf("4.50", found, false), "clear");
  assert.equal(stateOf("4.50", { ...found, clear: false }, false), "check");
  assert.equal(stateOf("4.50", found, true), null);
  assert.equal(stateOf("4.51", found, true), "differs");
  assert.equal(stateOf("4.50", null, false), null);
});

test("places turn with the page, there and back", () => {
  const box = [[10, 20], [50, 20], [50, 40], [10, 40]];
  for (const turn of [0, 1, 2, 3]) {
    const pages = { pages: [[100, 200]], turns: [turn] };
    assert.deepEqual(uprightSpot(spotOf(box, 0, pages), turn), [1000, 1000, 5000, 2000]);
  }
  assert.deepEqual(spotOf(box, 0, { pages: [[100, 200]], turns: [1] }), [8000, 1000, 9000, 5000]);
});

test("doubles: the same photo, the same shop, day and sum, a photo that looks alike, a card slip", () => {
  const candidate = { amount: 450, on: "2026-11-20", shop: "CAFE Ltd", files: ["b"] };
  const why = (facts, rows = []) => likelyDoubles(candidate, [entry(facts)], rows).map((one) => one.why);
  const look = (last) => `${"0".repeat(63)}${last}`;
  assert.deepEqual(why({ files: ["b"], amount: 1 }), ["photo"]);
  assert.deepEqual(why({}), ["same"]);
  assert.deepEqual(why({ what: "Card payment" }), ["slip"]);
  assert.deepEqual(why({ amount: 451 }, [{ sha256: "a", look: look("1") }, { sha256: "b", look: look("7") }]), ["alike"]);
  assert.deepEqual(why({ amount: 451 }), []);
  assert.deepEqual(why({ superseded: true }), []);
  assert.deepEqual(why({ kind: "refund" }), []);
});

test("a line typed by hand twice is asked about, two sums of one day in two shops are not", () => {
  const typed = { amount: 450, on: "2026-11-20", shop: "Cafe", files: [] };
  assert.equal(likelyDoubles(typed, [entry()], []).length, 1);
  assert.equal(likelyDoubles({ ...typed, shop: "Taxi" }, [entry()], []).length, 0);
  assert.equal(sameShop("", "Cafe"), false);
  assert.equal(bitsApart("0f", null), Infinity);
});

test("a receipt in parts becomes one line for each, and only when they add up", () => {
  const parts = [{ amount: "3", pot: "p", goal: "g" }, { amount: "1.50", pot: "p", goal: "" }];
  const known = { pots: [pot], files: ["a"], merchant: "Cafe" };
  const { lines } = linesOf(draft({ parts, what: "Cafe" }), known);
  assert.deepEqual(lines.map((line) => [line.amount, line.goal, line.merchant, line.files]), [[300, "g", "Cafe", ["a"]], [150, null, "Cafe", ["a"]]]);
  assert.match(linesOf(draft({ parts: parts.slice(1) }), known).found["part-0"], /add up to £4\.50/);
  assert.match(linesOf(draft({ parts: [...parts, { amount: "", pot: "p", goal: "" }] }), known).found["part-0"], /each part/);
  assert.equal(leftToSplit(450, parts, "GBP"), 0);
  assert.equal(leftToSplit(450, [{ ...parts[0], amount: "x" }], "GBP"), null);
});

test("without a photo the reason may be said; with one it is left out", () => {
  const none = "No receipt: it is lost";
  assert.equal(linesOf(draft({ none }), { pots: [pot], files: [], merchant: null }).lines[0].reason, none);
  assert.equal(linesOf(draft({ none }), { pots: [pot], files: ["a"], merchant: null }).lines[0].reason, null);
  assert.deepEqual(Object.keys(linesOf(draft({ amount: "", on: "", pot: "x" }), { pots: [pot], files: [], merchant: null }).found), ["amount", "on", "pot"]);
});

test("the button says the sum and where it goes; the pot used last comes first", () => {
  assert.equal(saveWords(draft(), pot), "Save £4.50 from Council");
  assert.equal(saveWords(draft({ amount: "" }), pot), "Save");
  assert.equal(lastPot([entry({ pot: "old", on: "2026-01-01" }), entry({ pot: "new" })]), "new");
});

test("a photo waits until a line uses it, and counts by itself only until then", () => {
  assert.deepEqual(notWrittenDown([{ sha256: "a" }, { sha256: "b" }], [entry()]).map((one) => one.sha256), ["b"]);
  const item = (act, facts) => ({ op: { act, facts } });
  const items = [item("file.announce", { sha256: "a" }), item("receipt.read", { sha256: "a" }), item("receipt.read", { sha256: "b" }), item("entry.record", { files: ["a"] })];
  assert.deepEqual(counted(items), items.slice(2));
});

test("what a person said of a double stays with the line, beside what stood there", () => {
  assert.equal(isLookedAt({ reason: null }), false);
  assert.equal(isLookedAt({ reason: "No receipt: it is lost" }), false);
  assert.equal(isLookedAt({ reason: lookedAt(null) }), true);
  assert.equal(lookedAt("No receipt: it is lost"), "No receipt: it is lost. Looked at: not counted twice");
  assert.equal(isLookedAt({ reason: lookedAt("No receipt: it is lost") }), true);
});

test("a photo that somebody else sent before is told apart from what was not taken", () => {
  const kept = (code, facts) => ({ id: "o", op: { facts }, code, sentence: "", at: 0 });
  assert.equal(isHereAlready(kept("here_already", { sha256: "a" })), true);
  assert.equal(isHereAlready(kept("not_allowed", { sha256: "a" })), false);
  assert.equal(isHereAlready(kept("here_already", { words: "Swim" })), false);
});
