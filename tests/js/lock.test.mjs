/** The lock of the phone's copy: a passkey's bytes, closing after a while, the key that opens the sign-in again. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { Drafts } from "../../app/static/js/core/drafts.js";
import { carryGate, closeGate, gateKey, openGate } from "../../app/static/js/core/gate.js";
import { idleMinutes, watchIdle } from "../../app/static/js/core/idle.js";
import { PASS, makePass, takePass } from "../../app/static/js/core/pass.js";
import { canLockWithPasskey, secretOf } from "../../app/static/js/core/passkey-prf.js";
import { StoreError } from "../../app/static/js/core/shelf.js";
import { keepOpen, proveLock, setLock } from "../../app/static/js/more/locking.js";
import { NEW, OLD, lockedPhone, pin, shelf } from "./helpers/locked.mjs";
import { ACCOUNT } from "./helpers/phone.mjs";

const SALT = new Uint8Array(32).fill(7);

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

test("a touch that comes too late does nothing but lock", () => {
  const [window, document] = [new EventTarget(), new EventTarget()];
  const seen = { now: 0, locks: 0, acted: 0 };
  watchIdle({ window, document, clock: { now: () => seen.now }, timers: { set: () => 1, clear: () => {} }, minutes: () => 5, lock: () => (seen.locks += 1) });
  window.addEventListener("keydown", () => (seen.acted += 1));
  const press = () => window.dispatchEvent(new Event("keydown", { cancelable: true }));
  assert.deepEqual([press(), seen.acted, seen.locks], [true, 1, 0]);
  seen.now = 300_000;
  assert.deepEqual([press(), seen.acted, seen.locks], [false, 1, 1]);
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
  await openGate(ask, made, 5);
  const hash = Buffer.from(await webcrypto.subtle.digest("SHA-256", Buffer.from(made, "hex"))).toString("hex");
  assert.deepEqual(told, [["/session/lock", { hash }], ["/session/unlock", { key: made, minutes: 5 }]]);
  assert.equal(storage.getItem("inhand.gate").includes(made), false);
  assert.notEqual(await gateKey({ ...parts, key: await newKey() }), made);
});

test("nobody is told of another account's gate, and without signal it says so", async () => {
  const [storage, silent] = [shelf(), async () => Promise.reject(new TypeError("no signal"))];
  await gateKey({ crypto: webcrypto, storage, account: "one", key: await newKey() });
  assert.equal(await closeGate(silent, storage, "two"), false);
  assert.equal(await closeGate(silent, storage, "one"), false);
});

test("after a change of the lock the new one opens the sign-in too", async () => {
  const phone = await lockedPhone();
  const first = await phone.start(OLD);
  assert.equal(first.opened, true);
  await phone.change(first);
  assert.equal((await phone.start(NEW)).opened, true);
  await assert.rejects(phone.start(OLD), { kind: "wrong" });
  assert.equal((await phone.start(NEW)).opened, true);
});

for (const [whose, present] of [["nobody's", { kind: "none" }], ["a wrong PIN", pin("000000")], ["somebody else's passkey", { kind: "passkey", prf: new Uint8Array(32) }]]) {
  for (const [what, to] of [["a PIN", pin(NEW)], ["a passkey", { kind: "passkey" }], ["no lock", { kind: "none" }]]) {
    test(`with ${whose} secret ${what} is not put in the place of the PIN`, async () => {
      const phone = await lockedPhone();
      const opened = await phone.start(OLD);
      const { passkeys } = device(new Uint8Array(32).fill(3).buffer);
      await assert.rejects(setLock(phone.parts(opened), present, to, passkeys), { name: "KeyError" });
      assert.equal(await phone.kind(), "pin");
      opened.store.close();
      assert.equal((await phone.start(OLD)).opened, true);
    });
  }
}

test("a PIN that is not right proves nothing, and the right one does", async () => {
  const phone = await lockedPhone();
  const parts = phone.parts(await phone.start(OLD));
  const { passkeys } = device(null);
  await assert.rejects(proveLock(parts, NEW, passkeys), { kind: "wrong", sentence: "This PIN is not right." });
  assert.deepEqual(await proveLock(parts, OLD, passkeys), pin(OLD));
});

test("a lock by a passkey asks the device for that passkey, changes with it, and with no other", async () => {
  const phone = await lockedPhone();
  const [mine, theirs] = [device(new Uint8Array(32).fill(3).buffer), device(new Uint8Array(32).fill(4).buffer)];
  const opened = await phone.start(OLD);
  await setLock(phone.parts(opened), pin(OLD), { kind: "passkey" }, mine.passkeys);
  const { salt } = await phone.ring.record(ACCOUNT);
  await assert.rejects(proveLock(phone.parts(opened), "", theirs.passkeys), { kind: "wrong" });
  await assert.rejects(proveLock(phone.parts(opened), "", device("stopped").passkeys), /Try again/);
  const present = await proveLock(phone.parts(opened), "", mine.passkeys);
  const [, { allowCredentials, extensions }] = mine.asked;
  assert.deepEqual([extensions.prf.eval.first, allowCredentials.length, present.prf], [salt, 1, new Uint8Array(32).fill(3)]);
});

test("a copy without a lock asks for nothing", async () => {
  const phone = await lockedPhone();
  const opened = await phone.start(OLD);
  await phone.end(opened);
  assert.deepEqual(await proveLock(phone.parts(opened), "", device(null).passkeys), { kind: "none" });
});

test("after a change of the lock what was begun is still there", async () => {
  const phone = await lockedPhone();
  const first = await phone.start(OLD);
  const drafts = (key) => new Drafts({ crypto: webcrypto, key, name: "drafts", storage: phone.storage, clock: { now: () => 1 }, streams: () => ["person:sam"] }).open();
  await (await drafts(first.key)).keep("person:sam goal-new", { values: { words: "Swim" }, first: { words: "" } });
  await phone.change(first);
  const { key } = await phone.start(NEW);
  assert.deepEqual((await (await drafts(key)).of("person:sam goal-new"))?.values, { words: "Swim" });
});

test("a change of the lock leaves no pass with what opened the old one", async () => {
  const phone = await lockedPhone();
  const first = await phone.start(OLD);
  const parts = { crypto: webcrypto, ask: async () => new Response("{}"), account: ACCOUNT, tab: phone.tab, clock: { now: () => 1 } };
  (await makePass(parts, pin(OLD)))(5);
  assert.ok(phone.tab.getItem(PASS));
  await phone.change(first);
  assert.equal(phone.tab.getItem(PASS), null);
  assert.equal(await takePass(parts), null);
});

test("a gate that the old key does not open is forgotten: its hash is not told again", async () => {
  const phone = await lockedPhone();
  const { store, key } = await phone.start(OLD);
  await carryGate({ crypto: webcrypto, from: await newKey(), to: key, account: ACCOUNT, storage: phone.storage, locked: false });
  store.close();
  assert.equal(phone.storage.getItem("inhand.gate"), null);
  assert.equal((await phone.start(OLD)).opened, true);
});

test("a change that fails leaves the lock as it was, and things go on being sent", async () => {
  const phone = await lockedPhone();
  const { store, key } = await phone.start(OLD);
  store.rekey = async () => Promise.reject(new StoreError("full"));
  await assert.rejects(phone.change({ store, key }), { kind: "full" });
  assert.deepEqual(phone.log, ["stop", "go on"]);
  store.close();
  assert.equal((await phone.start(OLD)).opened, true);
});

test("the server is told of other minutes at the next exchange, and opens again what it closed", async () => {
  const [told, kicks, heard] = [[], [], []];
  const seen = { minutes: 5 };
  const sync = { subscribe: (listener) => void heard.push(listener), kick: async (reason) => void kicks.push(reason) };
  await keepOpen({ sync, minutes: () => seen.minutes, open: async (minutes) => (told.push(minutes), true) });
  const phase = async (name) => {
    heard[0]({ phase: name });
    await new Promise((resolve) => setImmediate(resolve));
  };
  await phase("idle");
  seen.minutes = 15;
  await phase("sending");
  await phase("idle");
  await phase("idle");
  await phase("signin");
  assert.deepEqual(told, [5, 15, 15]);
  assert.deepEqual(kicks, ["signin", "signin"]);
});
