// A page of the server and back: the lock is not asked for again, and what lies in the tab opens nothing by itself.
import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { AT_ONCE_MS, LEFT, PASS, keepPass, makePass, takePass } from "../../app/static/js/core/pass.js";

const PIN = { kind: "pin", pin: "482915" };

/** A tab, and a server that keeps the half it is told until it is taken or over. */
function phone() {
  const held = new Map();
  const tab = { getItem: (name) => held.get(name) ?? null, setItem: (name, value) => void held.set(name, value), removeItem: (name) => void held.delete(name) };
  const server = { key: null, up: true };
  const ask = async (address, { body }) => {
    if (!server.up) throw new TypeError("no signal");
    if (address === "/session/pass") return (server.key = JSON.parse(body).key), new Response("{}");
    const { key } = server;
    server.key = null;
    return new Response(JSON.stringify({ key }));
  };
  const clock = { at: 1_000_000, now: () => clock.at };
  return { parts: { crypto, ask, account: "maria", tab, clock }, held, server, clock };
}

async function left(secret = PIN) {
  const here = phone();
  (await makePass(here.parts, secret))(5);
  return here;
}

test("who comes back in time is let in without the PIN, once", async () => {
  const { parts } = await left();
  assert.deepEqual(await takePass(parts), PIN);
  assert.equal(await takePass(parts), null);
});

test("a passkey's bytes come back whole", async () => {
  const prf = new Uint8Array(32).fill(7);
  const { parts } = await left({ kind: "passkey", prf });
  assert.deepEqual(await takePass(parts), { kind: "passkey", prf });
});

test("what lies in the tab holds no PIN, and without the server's half it opens nothing", async () => {
  const { parts, held, server } = await left();
  assert.ok(!held.get(PASS).includes(Buffer.from("482915").toString("hex")));
  server.key = null;
  assert.equal(await takePass(parts), null);
});

test("without signal the PIN is asked for, and another account gets nothing", async () => {
  const one = await left();
  one.server.up = false;
  assert.equal(await takePass(one.parts), null);
  const other = await left();
  assert.equal(await takePass({ ...other.parts, account: "tom" }), null);
});

test("before somebody leaves, nothing lies in the tab", async () => {
  const { parts, held } = phone();
  await makePass(parts, PIN);
  assert.equal(held.size, 0);
});

test("a tab that was closed and is opened again later lets nobody in", async () => {
  const { parts, clock, held } = await left();
  clock.at += AT_ONCE_MS;
  assert.equal(await takePass(parts), null);
  assert.equal(held.has(PASS), false);
});

for (const [what, told] of [["says nothing of when it was left", null], ["was left tomorrow", "99999999"], ["was left at no time", "x"]]) {
  test(`a tab that ${what} lets nobody in`, async () => {
    const { parts, held } = await left();
    if (told === null) held.delete(LEFT);
    else held.set(LEFT, told);
    assert.equal(await takePass(parts), null);
  });
}

test("the open app notes when it is left", () => {
  const { parts, held, clock } = phone();
  const window = new EventTarget();
  keepPass(window, parts.tab, clock);
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(held.get(LEFT), "1000000");
});

/** A page of the server in this tab, with its script as it is. */
function pageIn({ parts: { tab }, clock }) {
  const window = new EventTarget();
  const script = readFileSync(new URL("../../app/static/js/accounts/way-back.js", import.meta.url), "utf8");
  runInNewContext(script, { sessionStorage: tab, addEventListener: window.addEventListener.bind(window), Date: { now: clock.now }, Number });
  return { leave: () => window.dispatchEvent(new Event("pagehide")), comeBack: () => window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true })) };
}

test("pages that follow each other keep the pass, however long each is read", async () => {
  const here = await left();
  for (let pages = 0; pages < 3; pages += 1) {
    const page = pageIn(here);
    here.clock.at += 240_000;
    page.leave();
    here.clock.at += AT_ONCE_MS - 1;
  }
  assert.deepEqual(await takePass(here.parts), PIN);
});

test("a page in a tab that was closed meanwhile lets go of the pass", async () => {
  const here = await left();
  pageIn(here).leave();
  here.clock.at += AT_ONCE_MS;
  pageIn(here).leave();
  assert.equal(here.held.has(PASS), false);
  assert.equal(await takePass(here.parts), null);
});

test("a page in a tab that the browser lost without leaving it lets go of the pass", async () => {
  const here = await left();
  pageIn(here);
  pageIn(here);
  assert.equal(here.held.has(PASS), false);
});

test("a page that the browser kept and shows again looks once more", async () => {
  const here = await left();
  const page = pageIn(here);
  page.leave();
  here.clock.at += AT_ONCE_MS;
  page.comeBack();
  assert.equal(here.held.has(PASS), false);
});
