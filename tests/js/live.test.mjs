/** A button that was tapped twice writes once; whatever else is written stands. */
import assert from "node:assert/strict";
import test from "node:test";

import { Live } from "../../app/static/js/parts/live.js";

/**
 * @import {ActRequest} from "../../app/static/js/core/compose.js"
 * @import {Replica} from "../../app/static/js/core/replica.js"
 * @import {Sync} from "../../app/static/js/core/sync.js"
 */

const STREAM = "person:1";

/** A replica that remembers what it was asked to write, and finishes when it is told to. */
function phone() {
  /** @type {ActRequest[]} */
  const written = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  const rows = new Set();
  const clock = { at: 1000, now: () => clock.at };
  const replica = {
    written, waiting, subscribe: () => {}, fault: /** @type {Error | null} */ (null),
    row: (/** @type {string} */ _stream, /** @type {string} */ _kind, /** @type {string} */ id) => (rows.has(id) ? {} : undefined),
    act: async (/** @type {ActRequest} */ request) => {
      await new Promise((resolve) => waiting.push(() => resolve(undefined)));
      if (replica.fault) throw replica.fault;
      written.push(request);
      rows.add(request.row);
      return "1";
    },
    acts: async (/** @type {ActRequest[]} */ requests) => Promise.all(requests.map(replica.act)),
  };
  const sync = { status: () => ({}), subscribe: () => {}, kick: async () => {} };
  const live = new Live({
    replica: /** @type {Replica} */ (/** @type {unknown} */ (replica)),
    sync: /** @type {Sync} */ (/** @type {unknown} */ (sync)),
    who: { account: "1", name: "Ana" },
    clock,
  });
  return { live, replica, rows, clock };
}

/** @param {string} row @param {number} amount @returns {ActRequest} */
const receipt = (row, amount) => /** @type {ActRequest} */ (/** @type {unknown} */ ({ act: "entry.record", stream: STREAM, row, facts: { amount, pot: "p" } }));

test("the same again while the first is being written, or just after it, is not written", async () => {
  const { live, replica, clock } = phone();
  const first = live.act(receipt("a", 555));
  void live.act(receipt("b", 555));
  replica.waiting.splice(0).forEach((go) => go());
  await first;
  clock.at += 399;
  void live.act(receipt("c", 555));
  assert.equal(replica.waiting.length, 0);
  assert.deepEqual(replica.written.map((one) => one.row), ["a"]);
});

test("the second asking never ends, so that its screen does not go on", async () => {
  const { live, replica } = phone();
  const first = live.act(receipt("a", 555));
  let ended = false;
  void live.act(receipt("b", 555)).then(() => (ended = true));
  replica.waiting.splice(0).forEach((go) => go());
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ended, false);
});

test("another sum, another row that is there, and the same after a while are written", async () => {
  const { live, replica, rows, clock } = phone();
  rows.add("s1").add("s2");
  const tick = (/** @type {string} */ row) => /** @type {ActRequest} */ (/** @type {unknown} */ ({ act: "step.write", stream: STREAM, row, facts: { state: "done" } }));
  const all = [live.act(receipt("a", 555)), live.act(receipt("b", 556)), live.act(tick("s1")), live.act(tick("s2"))];
  replica.waiting.splice(0).forEach((go) => go());
  await Promise.all(all);
  const again = live.act(receipt("c", 700));
  replica.waiting.splice(0).forEach((go) => go());
  await again;
  clock.at += 400;
  const later = live.act(receipt("d", 700));
  replica.waiting.splice(0).forEach((go) => go());
  await later;
  assert.deepEqual(replica.written.map((one) => one.row), ["a", "b", "s1", "s2", "c", "d"]);
});

test("what could not be written can be asked for again at once", async () => {
  const { live, replica } = phone();
  replica.fault = new Error("planted");
  const first = live.act(receipt("a", 555));
  replica.waiting.splice(0).forEach((go) => go());
  await assert.rejects(first, /planted/);
  replica.fault = null;
  const second = live.act(receipt("b", 555));
  replica.waiting.splice(0).forEach((go) => go());
  await second;
  assert.deepEqual(replica.written.map((one) => one.row), ["b"]);
});

test("a transfer or a correction makes its own ids each time and is the same all the same", async () => {
  const { live, replica } = phone();
  const move = (/** @type {string} */ id) => /** @type {ActRequest} */ (/** @type {unknown} */ ({
    act: "pot.transfer", stream: STREAM, row: `r${id}`, facts: { amount: 5, out_entry: `o${id}`, in_entry: `i${id}` },
  }));
  const first = live.acts([move("1")]);
  void live.acts([move("2")]);
  assert.equal(replica.waiting.length, 1);
  replica.waiting.splice(0).forEach((go) => go());
  await first;
});
