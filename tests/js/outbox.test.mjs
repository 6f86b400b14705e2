import assert from "node:assert/strict";
import { test } from "node:test";

import { MAX_BYTES, fits, nextBatch, settle, waitingCount } from "../../app/static/js/core/outbox.js";

const op = (id, more = {}) => ({ id, act: "goal.write", version: 1, stream: "s", row: `row-${id}`, facts: {}, base: null, at: "", ...more });
const item = (n, more = {}) => ({ n, op: op(`op-${n}`, more.op), done: more.done ?? null, aside: null });
const items = (count) => Array.from({ length: count }, (_, n) => item(n + 1));
const news = (more = {}) => ({ results: [], gone: new Set(), rebuilt: new Set(), cursors: new Map(), complete: true, at: 5, ...more });
const at = (seq) => new Map([["s", { seq, epoch: "e" }]]);
const done = (seq) => [{ id: "op-1", status: "done", stream: "s", seq, rev: 1 }];

test("a batch is the oldest 200 operations, in order", () => {
  const batch = nextBatch(items(250));
  assert.equal(batch.length, 200);
  assert.deepEqual([batch[0].id, batch[199].id], ["op-1", "op-200"]);
});

test("a batch stays below the most bytes, but one big operation goes alone", () => {
  const big = { op: { facts: { words: "é".repeat(MAX_BYTES / 4 - 200) } } };
  assert.equal(nextBatch([item(1, big), item(2, big), item(3, big)]).length, 2);
  const huge = { op: { facts: { words: "x".repeat(MAX_BYTES + 1) } } };
  assert.deepEqual(nextBatch([item(1, huge), item(2)]).map(({ id }) => id), ["op-1"]);
});

test("what is done or held is not sent", () => {
  const list = [item(1, { done: { stream: "s", seq: 9 } }), item(2), item(3)];
  assert.deepEqual(nextBatch(list, { held: new Set(["op-2"]) }).map(({ id }) => id), ["op-3"]);
});

test("a carried out operation stays until the cursor reaches its seq", () => {
  const before = settle(items(1), news({ results: done(7), cursors: at(6), complete: false }));
  assert.deepEqual(before.marked, [{ id: "op-1", done: { stream: "s", seq: 7 }, aside: null }]);
  assert.deepEqual(before.dropped, []);
  const after = settle(before.items, news({ cursors: at(7) }));
  assert.deepEqual(after.dropped, ["op-1"]);
  assert.deepEqual(after.items, []);
});

test("an operation with its rows in the same answer leaves at once", () => {
  assert.deepEqual(settle(items(1), news({ results: done(7), cursors: at(7) })).dropped, ["op-1"]);
});

test("a conflict is treated as done", () => {
  const results = [{ id: "op-1", status: "conflict", stream: "s", seq: 7 }];
  assert.deepEqual(settle(items(1), news({ results, cursors: at(7) })).dropped, ["op-1"]);
});

test("a refused operation becomes kept words, and those behind it stay", () => {
  const results = [{ id: "op-1", status: "refused", code: "no", sentence: "You can't." }];
  const { kept, dropped, items: left } = settle(items(2), news({ results }));
  assert.deepEqual(kept, [{ id: "op-1", op: op("op-1"), code: "no", sentence: "You can't.", at: 5 }]);
  assert.deepEqual(dropped, ["op-1"]);
  assert.deepEqual(left.map(({ op: { id } }) => id), ["op-2"]);
});

test("later, and a status from a newer server, keep the operation for the next start", () => {
  const results = [{ id: "op-1", status: "later" }, { id: "op-2", status: "pondering" }];
  const { later, items: left } = settle(items(2), news({ results }));
  assert.deepEqual(later, ["op-1", "op-2"]);
  assert.equal(left.length, 2);
});

test("unsent operations of a stream that is gone become kept words; done ones just leave", () => {
  const list = [item(1), item(2, { done: { stream: "s", seq: 3 } })];
  const { kept, dropped } = settle(list, news({ gone: new Set(["s"]) }));
  assert.deepEqual(kept.map(({ id, code }) => [id, code]), [["op-1", "gone"]]);
  assert.deepEqual(dropped, ["op-1", "op-2"]);
});

test("after a restored backup an operation that the server lost is sent again", () => {
  const list = [item(1, { done: { stream: "s", seq: 43 } })];
  const { items: left, marked } = settle(list, news({ rebuilt: new Set(["s"]), cursors: at(30) }));
  assert.deepEqual(marked, [{ id: "op-1", done: null, aside: null }]);
  assert.equal(nextBatch(left).length, 1);
});

test("a done operation of a stream that this phone may not see leaves once everything is here", () => {
  const list = [item(1, { done: { stream: "elsewhere", seq: 3 } })];
  assert.deepEqual(settle(list, news({ complete: false })).dropped, []);
  assert.deepEqual(settle(list, news()).dropped, ["op-1"]);
});

test("announcements are not counted apart from what they belong to", () => {
  assert.equal(waitingCount([item(1, { op: { act: "file.announce" } }), item(2), item(3, { done: { stream: "s", seq: 1 } })]), 1);
});

test("an answer fits only the operations that were sent, in their order", () => {
  const answer = { results: [{ id: "op-1" }, { id: "op-2" }] };
  assert.equal(fits(answer, [op("op-1"), op("op-2")]), true);
  assert.equal(fits(answer, [op("op-2"), op("op-1")]), false);
  assert.equal(fits(answer, [op("op-1")]), false);
});
