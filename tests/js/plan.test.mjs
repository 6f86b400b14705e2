import assert from "node:assert/strict";
import { test } from "node:test";
import { HEADINGS, aboutId, headingOf } from "../../app/static/js/plans/headings.js";
import { GOING, checkInsOf, differing, goingOf, ofToday } from "../../app/static/js/plans/going.js";
import { allWritten, changesOf, earlierWords, factsBack } from "../../app/static/js/plans/history.js";
import { inOrder, lastPlace, moved, placesFor } from "../../app/static/js/plans/order.js";
import { planActs } from "../../app/static/js/plans/replay.js";
import { SIDES, sideWords } from "../../app/static/js/plans/sides.js";

const ME = "me";
const STREAM = "person:p";
const TODAY = "2026-11-22";
const today = { me: ME, isToday: (at) => at.startsWith(TODAY) };

/** A version as it travels; `seq` is its place. */
const version = (seq, row, field, value, { by = ME, at = `${TODAY}T10:00`, kind = "goal" } = {}) =>
  ({ seq, body: { row, row_kind: kind, field, value, by, at } });
/** An operation that waits on this phone. */
const waiting = (act, row, facts, { stream = STREAM, done = null } = {}) =>
  ({ n: 1, op: { id: "x", act, row, facts, stream, at: `${TODAY}T11:00` }, done, aside: null });
const written = (versions, outbox = []) => allWritten({ versions, outbox, me: ME, stream: STREAM });
const row = (id, position, importance = null) => ({ id, body: { position, importance } });

test("earlier words: newest first, without what stands there now, without empty words", () => {
  const all = written([version(1, "g", "words", "Swim"), version(2, "g", "words", ""), version(3, "g", "words", "Swim twice"), version(4, "g", "why", "Joy")],
    [waiting("goal.write", "g", { words: "Swim at noon" })]);
  assert.deepEqual(earlierWords(all, { row: "g", field: "words", now: "Swim at noon" }).map((one) => one.value), ["Swim twice", "Swim"]);
});

test("words that were written twice in a row stand once, and come back letter for letter", () => {
  const words = " Cafe\u0301\r\n";
  const all = written([version(2, "g", "words", words), version(1, "g", "words", words), version(3, "g", "words", "New")]);
  assert.deepEqual(earlierWords(all, { row: "g", field: "words", now: "New" }).map((one) => one.value), [words]);
});

test("what somebody else wrote, or wrote yesterday, is not among my changes of today", () => {
  const all = written([version(1, "g", "words", "Swim", { at: "2026-11-21T10:00" }), version(2, "g", "why", "Joy", { by: "mo" })]);
  assert.deepEqual(changesOf(all, today), []);
});

test("a change of today says what stood there this morning, however often it was changed since", () => {
  const all = written([version(1, "g", "words", "Swim", { at: "2026-11-21T10:00" }), version(2, "g", "words", "Swim now"), version(3, "g", "words", "Swim soon")]);
  const [change] = changesOf(all, today);
  assert.deepEqual([change.isNew, change.fields], [false, [{ field: "words", before: "Swim", after: "Swim soon" }]]);
  assert.deepEqual(factsBack(change, all), { words: "Swim" });
});

test("what was changed and changed back is no change", () => {
  const all = written([version(1, "g", "words", "Swim", { at: "2026-11-21T10:00" }), version(2, "g", "words", "Dance"), version(3, "g", "words", "Swim")]);
  assert.deepEqual(changesOf(all, today), []);
});

test("a goal of today is new; one that was made and taken away today can be brought back", () => {
  const made = [version(1, "g", "words", "Swim"), version(2, "h", "words", "Sing")];
  const all = written([...made, version(3, "h", "removed", "yes")]);
  const changes = changesOf(all, today);
  assert.deepEqual(new Set(changes.map((one) => `${one.row} ${one.isNew} ${one.removed}`)), new Set(["g true false", "h true true"]));
  assert.deepEqual(factsBack(changes.find((one) => one.row === "h"), all), { words: "Sing" });
});

test("what was taken away comes back with all its words, sent or not", () => {
  const old = [version(1, "g", "words", "Swim", { at: "2026-11-21T10:00" }), version(2, "g", "importance", "7", { at: "2026-11-21T10:00" })];
  for (const all of [written([...old, version(3, "g", "removed", "yes")]), written(old, [waiting("goal.remove", "g", {})])]) {
    const [change] = changesOf(all, today);
    assert.equal(change.removed, true);
    assert.deepEqual(factsBack(change, all), { words: "Swim", importance: 7 });
  }
});

test("a field that was empty goes back to empty, in its own kind", () => {
  const first = version(1, "g", "words", "Swim", { at: "2026-11-21T10:00" });
  const all = written([first], [waiting("goal.write", "g", { importance: 9, side: "social", state: "reached", why: "Joy" })]);
  assert.deepEqual(factsBack(changesOf(all, today)[0], all), { importance: null, side: null, state: "active", why: "" });
  const step = written([{ ...version(1, "s", "words", "Ring", { at: "2026-11-21T10:00", kind: "step" }) }], [waiting("step.write", "s", { state: "done", by_when: "2026-12-01" })]);
  assert.deepEqual(factsBack(changesOf(step, today)[0], step), { state: "open", by_when: null });
});

test("an order, money and another person's plan are not among the words", () => {
  const all = written([], [waiting("goal.write", "g", { position: 3 }), waiting("entry.record", "e", { what: "x" }), waiting("goal.write", "g", { words: "x" }, { stream: "person:q" })]);
  assert.deepEqual(all, []);
});

test("what waits on this phone says so until the server has it", () => {
  const all = written([], [waiting("goal.write", "g", { words: "Swim" }), waiting("about.write", "a", { good_at: "Curry" }, { done: { stream: STREAM, seq: 4 } })]);
  assert.deepEqual(changesOf(all, today).map((one) => [one.row, one.waits]), [["g", true], ["a", false]]);
});

test("one place up or down, and never over the end", () => {
  assert.deepEqual(moved(["a", "b", "c"], "c", -1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], "a", -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], "c", 1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a"], "z", 1), ["a"]);
});

test("only the places that differ are written", () => {
  assert.deepEqual(placesFor([row("a", 0), row("b", 0), row("c", 0)], ["a", "c", "b"]), [{ id: "c", position: 1 }, { id: "b", position: 2 }]);
  assert.deepEqual(placesFor([row("a", 0), row("b", 1)], ["a", "b"]), []);
});

test("what matters most comes first until somebody chooses an order; then a new one comes last", () => {
  const rows = [row("a", 0, 3), row("b", 0, 9)];
  assert.deepEqual([...rows].sort(inOrder).map((one) => one.id), ["b", "a"]);
  assert.equal(lastPlace(rows), null);
  assert.equal(lastPlace([row("a", 0), row("b", 4)]), 5);
});

test("a person's page has its own id, the same on every phone", () => {
  assert.equal(aboutId("11111111-2222-4333-8444-555555555555"), "11111111-2222-8333-8444-555555555555");
});

test("every heading and every side asks something", () => {
  assert.equal(new Set(HEADINGS.map((one) => one.field)).size, 9);
  assert.equal(headingOf("good_at")?.title, "What I am good at");
  assert.equal(SIDES.filter((one) => one.ask.includes("?")).length, 8);
  assert.equal(sideWords("nowhere"), "");
});

/** A draft over a plain map. */
function draftOver(rows) {
  return { get: (_kind, id) => rows.get(id), put: (_kind, id, body) => void rows.set(id, body), remove: (_kind, id) => void rows.delete(id) };
}

test("acts show at once; a step that was taken away waits for the server to say where it belongs", () => {
  const rows = new Map();
  const draft = draftOver(rows);
  planActs["about.write"](draft, { row: "a", facts: { good_at: "Curry" } });
  planActs["step.write"](draft, { row: "s", facts: { goal: "g", words: "Ring" } });
  planActs["step.write"](draft, { row: "s", facts: { state: "done" } });
  assert.deepEqual([rows.get("a").good_at, rows.get("a").important, rows.get("s").state], ["Curry", "", "done"]);
  planActs["step.remove"](draft, { row: "s", facts: {} });
  planActs["step.write"](draft, { row: "s", facts: { words: "Ring" } });
  assert.equal(rows.has("s"), false);
});

const checkIn = (id, on, going, { seq = 1, goal = "g", by = ME } = {}) => ({ id, seq, body: { goal, on, going, words: "", written_by: by } });

test("the check-ins of a goal: the newest first, from a day on, and none of another goal", () => {
  const rows = [checkIn("a", "2026-01-01", "same"), checkIn("b", "2026-11-01", "closer", { seq: 2 }), checkIn("c", "2026-11-01", "harder", { seq: 3 }), checkIn("d", TODAY, "same", { goal: "h" })];
  assert.deepEqual(checkInsOf(rows, "g").map(({ id }) => id), ["c", "b", "a"]);
  assert.deepEqual(checkInsOf(rows, "g", "2026-11-01").map(({ id }) => id), ["c", "b"]);
});

test("a second tap on a day changes one's own check-in, sent or not, and never somebody else's", () => {
  const who = { today: TODAY, account: ME };
  assert.equal(ofToday([checkIn("a", TODAY, "same", { by: "mo" }), checkIn("b", "2026-11-21", "same")], who), undefined);
  assert.equal(ofToday([checkIn("a", TODAY, "same", { by: "mo" }), checkIn("b", TODAY, "same")], who)?.id, "b");
  assert.equal(ofToday([checkIn("c", TODAY, "same", { by: null })], who)?.id, "c");
});

test("an answer from a newer version has no words here, and nothing breaks", () => {
  assert.equal(goingOf("flying"), undefined);
  assert.deepEqual(GOING.map(({ code }) => goingOf(code)?.code), ["closer", "same", "harder"]);
});

test("a changed check-in says only what differs", () => {
  assert.deepEqual(differing({ words: "a", going: "same", on: TODAY }, { words: "b", going: "same", on: TODAY }), { words: "b" });
});

test("a check-in shows before it is sent; one that was taken away and is not here says nothing", () => {
  const rows = new Map();
  const draft = { get: (kind, id) => rows.get(`${kind} ${id}`), put: (kind, id, body) => rows.set(`${kind} ${id}`, body), remove: (kind, id) => rows.delete(`${kind} ${id}`) };
  planActs["check_in.write"](draft, { row: "c", facts: { going: "same" } });
  assert.equal(rows.size, 0);
  planActs["check_in.write"](draft, { row: "c", facts: { goal: "g", on: TODAY, going: "same" } });
  planActs["check_in.write"](draft, { row: "c", facts: { words: "Slowly" } });
  assert.deepEqual(rows.get("check_in c"), { id: "c", goal: "g", on: TODAY, going: "same", words: "Slowly", written_by: null });
  planActs["check_in.remove"](draft, { row: "c", facts: {} });
  assert.equal(rows.size, 0);
});
