// A page of the server and back: the lock is not asked for again, and what lies in the tab opens nothing by itself.
import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";
import { PASS, makePass, takePass } from "../../app/static/js/core/pass.js";

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
  return { parts: { crypto, ask, account: "maria", tab }, held, server };
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
