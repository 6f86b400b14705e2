import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { sender } from "../../app/static/js/core/pieces.js";

const FILE = new Blob([Uint8Array.from({ length: 25 }, (_, at) => at)]);
const PLACE = "/arrivals";

/**
 * A server that takes pieces of 10 bytes; `answers` stand in the place of its next ones (null: nobody answers).
 * `loses`: of so many pieces that it took the answer is lost.
 * @param {{have?: number, loses?: number, answers?: ({status: number, told: object} | null)[]}} [how]
 */
function server({ have = 0, loses = 0, answers = [] } = {}) {
  const state = { have, bytes: /** @type {number[]} */ ([]), waits: /** @type {number[]} */ ([]), said: /** @type {{size: number, mark: string} | null} */ (null) };
  const told = (/** @type {number} */ status, /** @type {object} */ body) => new Response(JSON.stringify(body), { status });
  const ask = async (/** @type {string} */ url, /** @type {RequestInit} */ how) => {
    const planted = answers.shift();
    if (planted === null) throw new TypeError("nobody there");
    if (planted) return told(planted.status, planted.told);
    if (how.method === "POST") {
      state.said = JSON.parse(String(how.body));
      return told(200, { id: "one", have: state.have, piece: 10 });
    }
    assert.equal(url, `${PLACE}/one`);
    const headers = new Headers(how.headers);
    assert.equal(headers.get("X-Inhand-Sync"), "1");
    if (Number(headers.get("X-Inhand-Offset")) !== state.have) return told(409, { have: state.have, sentence: "From another place." });
    const bytes = new Uint8Array(await /** @type {Blob} */ (how.body).arrayBuffer());
    state.bytes.push(...bytes);
    state.have += bytes.length;
    if (loses-- > 0) throw new TypeError("the answer was lost");
    return told(200, { have: state.have });
  };
  const wait = async (/** @type {number} */ ms) => void state.waits.push(ms);
  return { state, send: sender(ask, wait) };
}

test("a file goes whole, piece by piece, and says how far it is", async () => {
  const { state, send } = server();
  /** @type {number[]} */
  const there = [];
  assert.deepEqual(await send(PLACE, FILE, (bytes) => there.push(bytes)), { kind: "ok" });
  assert.deepEqual(state.bytes, Array.from({ length: 25 }, (_, at) => at));
  assert.deepEqual(there, [0, 10, 20, 25]);
});

test("it says how long it is and the sum of its ends, so that the same file is known again", async () => {
  const { state, send } = server();
  await send(PLACE, FILE);
  const bytes = Buffer.from(await FILE.arrayBuffer());
  assert.deepEqual(state.said, { size: 25, mark: createHash("sha256").update(Buffer.concat([bytes, bytes])).digest("hex") });
});

test("it goes on where the server is", async () => {
  const { state, send } = server({ have: 10 });
  assert.deepEqual(await send(PLACE, FILE), { kind: "ok" });
  assert.deepEqual(state.bytes.length, 15);
});

test("nobody there and a server that is busy are tried again, a little later each time", async () => {
  const { state, send } = server({ answers: [null, { status: 503, told: {} }] });
  assert.deepEqual(await send(PLACE, FILE), { kind: "ok" });
  assert.deepEqual(state.waits, [2000, 4000]);
});

test("a server that took a piece whose answer was lost is followed, and no byte goes twice", async () => {
  const { state, send } = server({ loses: 2 });
  assert.deepEqual(await send(PLACE, FILE), { kind: "ok" });
  assert.deepEqual(state.bytes, Array.from({ length: 25 }, (_, at) => at));
});

test("nobody there for long is broken off, and what is refused is told in its sentence", async () => {
  assert.deepEqual(await server({ answers: [null, null, null, null, null] }).send(PLACE, FILE), { kind: "broken" });
  const refused = { status: 422, told: { sentence: "This file is 600 MB." } };
  assert.deepEqual(await server({ answers: [refused] }).send(PLACE, FILE), { kind: "refused", sentence: "This file is 600 MB." });
});

test("a server that never moves on is not asked for ever", async () => {
  const stuck = { status: 200, told: { have: 0 } };
  const begun = { status: 200, told: { id: "one", have: 0, piece: 10 } };
  assert.deepEqual(await server({ answers: [begun, stuck] }).send(PLACE, FILE), { kind: "broken" });
});
