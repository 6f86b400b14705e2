import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { createNet } from "../../app/static/js/core/net.js";

const BODY = { account: "me", device: "d", schema: 1, ops: [], cursors: {} };
const ANSWER = { account: "me", schema: 1, min_schema: 1, time: "t", results: [], changes: [], gone: [], more: false };
const FILE = { have: 3, size: 9, state: "partial" };
const timers = { set: (fn, ms) => setTimeout(fn, ms), clear: (id) => clearTimeout(id) };
const hasty = { ...timers, set: (fn) => setTimeout(fn, 50) };

let server;
let net;
let origin;
let answer = () => {};
const seen = [];

before(async () => {
  server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts) });
      answer(response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  net = createNet({ fetch, timers, origin });
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const says = (status, body, headers = {}) => (response) => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

async function exchangeWith(how) {
  answer = how;
  return net.exchange(BODY);
}

test("an exchange is JSON with our own header", async () => {
  assert.deepEqual(await exchangeWith(says(200, ANSWER)), { kind: "ok", answer: ANSWER });
  const { method, url, headers, body } = seen.at(-1);
  assert.deepEqual([method, url, headers["content-type"], headers["x-inhand-sync"]], ["POST", "/sync", "application/json", "1"]);
  assert.deepEqual(JSON.parse(body.toString()), BODY);
});

const REPLIES = [
  [401, { sentence: "Sign in." }, { kind: "signin", sentence: "Sign in." }],
  [409, { code: "other_account", sentence: "Other." }, { kind: "other_account", sentence: "Other." }],
  [426, { min_schema: 2, sentence: "Update." }, { kind: "update", sentence: "Update." }],
  [400, { sentence: "Malformed." }, { kind: "malformed", sentence: "Malformed." }],
  [413, "<html>too large</html>", { kind: "malformed", sentence: null }],
  [500, { sentence: "Oh." }, { kind: "retry", sentence: "Oh." }],
  [404, "<html>", { kind: "retry", sentence: null }],
  [401, "<html>a proxy asks</html>", { kind: "retry", sentence: null }],
  [409, { code: "else", sentence: "?" }, { kind: "retry", sentence: "?" }],
];
for (const [status, body, expected] of REPLIES) {
  test(`${status} ${typeof body === "string" ? "of a proxy" : Object.keys(body)} means ${expected.kind}`, async () => {
    assert.deepEqual(await exchangeWith(says(status, body)), expected);
  });
}

test("429 and 503 say how long to wait, and without a number it is half a minute", async () => {
  assert.deepEqual(await exchangeWith(says(429, {}, { "Retry-After": "7" })), { kind: "wait", seconds: 7, sentence: null });
  assert.deepEqual(await exchangeWith(says(503, "x", { "Retry-After": "soon" })), { kind: "wait", seconds: 30, sentence: null });
});

test("a page of a hotel network is no answer", async () => {
  assert.deepEqual(await exchangeWith(says(200, "<html>Welcome</html>")), { kind: "retry", sentence: null });
});

test("JSON of another shape is no answer", async () => {
  const shapes = [[], {}, { ...ANSWER, more: 1 }, { ...ANSWER, results: [{}] }, { ...ANSWER, changes: [{ stream: "s" }] }, { ...ANSWER, gone: [1] }];
  const change = { stream: "s", epoch: "e", reset: false, seq: 1, more: false, rows: [{ kind: "k", id: "i", rev: -1, body: {} }] };
  for (const shape of [...shapes, { ...ANSWER, changes: [change] }]) {
    assert.deepEqual(await exchangeWith(says(200, shape)), { kind: "retry", sentence: null }, JSON.stringify(shape));
  }
});

test("fields that a newer server adds are no trouble", async () => {
  const newer = { ...ANSWER, mood: "good", results: [{ id: "a", status: "pondering", why: 1 }] };
  assert.equal((await exchangeWith(says(200, newer))).kind, "ok");
});

test("an answer for another account is not taken in", async () => {
  assert.equal((await exchangeWith(says(200, { ...ANSWER, account: "you" }))).kind, "other_account");
});

test("a connection that is cut, and one that never answers, mean the same again later", async () => {
  assert.equal((await exchangeWith((response) => response.destroy())).kind, "retry");
  answer = (response) => response.writeHead(200).write("{");
  assert.equal((await createNet({ fetch, timers: hasty, origin }).exchange(BODY)).kind, "retry");
});

test("a redirect is not followed", async () => {
  assert.equal((await exchangeWith(says(302, "", { Location: "/sign-in" }))).kind, "retry");
});

test("a piece carries its offset and the size of the whole", async () => {
  answer = says(200, FILE);
  const piece = { person: "p", sha256: "abc", offset: 3, size: 9, bytes: new Uint8Array([1, 2]) };
  assert.deepEqual(await net.putPiece(piece), { kind: "ok", file: { ...FILE, sentence: null } });
  const { method, url, headers, body } = seen.at(-1);
  assert.deepEqual([method, url, headers["x-inhand-offset"], headers["x-inhand-size"], [...body]], ["PUT", "/files/p/abc", "3", "9", [1, 2]]);
});

test("the server says where to go on, that bytes were dropped, or that it knows no such file", async () => {
  const name = { person: "p", sha256: "abc" };
  const ask = (how) => ((answer = how), net.fileState(name));
  assert.deepEqual(await ask(says(409, FILE)), { kind: "offset", file: { ...FILE, sentence: null } });
  assert.deepEqual(await ask(says(422, { sentence: "Not whole." })), { kind: "mismatch", sentence: "Not whole." });
  assert.deepEqual(await ask(says(404, { sentence: "Not found." })), { kind: "missing", sentence: "Not found." });
  assert.equal((await ask(says(409, { code: "other_account", sentence: "x" }))).kind, "other_account");
  assert.equal((await ask(says(200, { have: "3" }))).kind, "retry");
});

test("only a picture is taken for a picture", async () => {
  const name = { person: "p", sha256: "abc", size: "thumbnail" };
  answer = says(200, "GIF", { "Content-Type": "image/gif" });
  assert.deepEqual(await net.picture(name), { kind: "ok", bytes: new Uint8Array([71, 73, 70]), type: "image/gif" });
  assert.equal(seen.at(-1).url, "/files/p/abc/thumbnail");
  answer = says(200, "<html>");
  assert.equal((await net.picture(name)).kind, "retry");
});
