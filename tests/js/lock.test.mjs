/** The lock of the phone's copy: a passkey's bytes, closing after a while, the key that opens the sign-in again. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { closeGate, gateKey, openGate } from "../../app/static/js/core/gate.js";
import { idleMinutes, watchIdle } from "../../app/static/js/core/idle.js";
import { canLockWithPasskey, secretOf } from "../../app/static/js/core/passkey-prf.js";

const SALT = new Uint8Array(32).fill(7);

/** A shelf as the browser has it. */
function shelf(kept = new Map()) {
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, String(value)) };
}

/** A device whose passkey answers with these bytes. */
function device(first) {
  const asked = [];
  const get = async ({ publicKey }) => {
    asked.push(publicKey);
    if (first === "stopped") throw new DOMException("no", "NotAllowedError");
    return { id: "b25l", getClientExtensionResults: () => (first ? { prf: { results: { first } } } : {}) };
  };
  return { passkeys: { get }, asked };
}

test("the passkey's bytes come for this salt and this passkey, and only after the person showed who they are", async () => {
  const { passkeys, asked } = device(new Uint8Array(32).fill(3).buffer);
  const found = await secretOf(passkeys, webcrypto, SALT, "b25l");
  assert.deepEqual(found, { prf: new Uint8Array(32).fill(3), credential: "b25l" });
  const [{ userVerification, allowCredentials, extensions, challenge }] = asked;
  assert.equal(userVerification, "required");
  assert.deepEqual([...allowCredentials[0].id], [...new TextEncoder().encode("one")]);
  assert.deepEqual(extensions.prf.eval.first, SALT);
  assert.equal(challenge.length, 32);
});

for (const [what, first, sentence] of [["gives no bytes", null, /use a PIN/], ["gives too few", new ArrayBuffer(16), /use a PIN/], ["is stopped", "stopped", /Try again/]]) {
  test(`a passkey that ${what} locks nothing and says so`, async () => {
    await assert.rejects(secretOf(device(first).passkeys, webcrypto, SALT, null), (error) => sentence.test(error.sentence));
  });
}

test("a browser says whether it can, or nothing", async () => {
  const told = (can) => ({ PublicKeyCredential: Object.assign(function () {}, { getClientCapabilities: async () => can }) });
  assert.equal(await canLockWithPasskey({}), false);
  assert.equal(await canLockWithPasskey({ PublicKeyCredential: function () {} }), "unknown");
  assert.equal(await canLockWithPasskey(told({})), "unknown");
  assert.equal(await canLockWithPasskey(told({ "extension:prf": false })), false);
  assert.equal(await canLockWithPasskey(told({ "extension:prf": true })), true);
});

/** A window, a clock and timers that go only when told. */
function idle(minutes = 5) {
  const [window, document] = [new EventTarget(), new EventTarget()];
  const seen = { now: 0, locks: 0, due: null };
  const timers = { set: (work) => ((seen.due = work), 1), clear: () => (seen.due = null) };
  watchIdle({ window, document, clock: { now: () => seen.now }, timers, minutes: () => minutes, lock: () => (seen.locks += 1) });
  const after = (ms, act = () => seen.due?.()) => {
    seen.now += ms;
    act();
  };
  return { seen, after, touch: () => window.dispatchEvent(new Event("pointerdown")), look: () => document.dispatchEvent(new Event("visibilitychange")) };
}

test("a touch keeps it open, and a while without one locks it once", () => {
  const { seen, after, touch, look } = idle();
  after(299_000, touch);
  after(299_000);
  assert.equal(seen.locks, 0);
  after(1_001);
  look();
  assert.equal(seen.locks, 1);
});

test("a phone that slept is locked when it is looked at, and by the first touch at the latest", () => {
  const slept = idle();
  slept.after(3_600_000, slept.look);
  assert.equal(slept.seen.locks, 1);
  const touched = idle();
  touched.after(3_600_000, touched.touch);
  assert.equal(touched.seen.locks, 1);
});

test("only the choices count as minutes", () => {
  const chosen = (value) => idleMinutes({ getItem: () => value });
  assert.deepEqual([null, "1", "60", "0", "-5", "999999", "x"].map(chosen), [5, 1, 60, 5, 5, 5, 5]);
});

const newKey = () => webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

test("the key of the gate is opened by the copy's key alone; its hash is what the server is told", async () => {
  const [storage, key, told] = [shelf(), await newKey(), []];
  const ask = async (address, how) => (told.push([address, JSON.parse(how.body)]), new Response("{}"));
  const parts = { crypto: webcrypto, storage, account: "one" };
  const made = await gateKey({ ...parts, key });
  assert.equal(await gateKey({ ...parts, key }), made);
  await closeGate(ask, storage, "one");
  await openGate(ask, made);
  const hash = Buffer.from(await webcrypto.subtle.digest("SHA-256", Buffer.from(made, "hex"))).toString("hex");
  assert.deepEqual(told, [["/session/lock", { hash }], ["/session/unlock", { key: made }]]);
  assert.equal(storage.getItem("inhand.gate").includes(made), false);
  assert.notEqual(await gateKey({ ...parts, key: await newKey() }), made);
});

test("nobody is told of another account's gate, and without signal it says so", async () => {
  const [storage, silent] = [shelf(), async () => Promise.reject(new TypeError("no signal"))];
  await gateKey({ crypto: webcrypto, storage, account: "one", key: await newKey() });
  assert.equal(await closeGate(silent, storage, "two"), false);
  assert.equal(await closeGate(silent, storage, "one"), false);
});
