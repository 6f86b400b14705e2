/**
 * Taking the lock away, and changing it, broken off at each point. Whatever breaks: a locked copy has its gate, a gate opens
 * with its copy, and the server of a copy without a lock closes nothing for good.
 */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { closeGate, gateKey, hasGate } from "../../app/static/js/core/gate.js";
import { StoreError } from "../../app/static/js/core/shelf.js";
import { NEW, OLD, lockedPhone } from "./helpers/locked.mjs";
import { ACCOUNT } from "./helpers/phone.mjs";

const GATE = "inhand.gate";
const [UNLOCK, END] = ["/session/unlock", "/session/lock/end"];
const never = () => new Promise(() => {});
const full = async () => Promise.reject(new StoreError("full"));

async function opened() {
  const phone = await lockedPhone();
  const here = await phone.start(OLD);
  phone.server.asked.length = 0;
  return { phone, here };
}

/** The browser ends there: what comes after `point` does not happen, and the copy is left as it is. */
async function killedAt(work, reached) {
  void work.catch(() => {});
  await reached;
}

/** Nobody used the phone for hours; then it is started anew. */
async function later(phone, { store }, pin) {
  store.close();
  phone.server.idle = true;
  return phone.start(pin);
}

async function isLocked(phone, here, pin = OLD) {
  assert.deepEqual([await phone.kind(), hasGate(phone.storage, ACCOUNT)], ["pin", true]);
  const { opened: open, store } = await later(phone, here, pin);
  assert.deepEqual([open, phone.server.gate !== null], [true, true]);
  assert.equal("next" in JSON.parse(phone.storage.getItem(GATE)), false);
  store.close();
  await assert.rejects(phone.start("000000"), { kind: "wrong" });
  assert.equal(phone.server.isClosed(), true);
}

async function isUnlocked(phone, here) {
  const { opened: open, store } = await later(phone, here, "");
  assert.deepEqual([await phone.kind(), open, phone.server.gate, phone.storage.getItem(GATE)], ["none", true, null, null]);
  store.close();
}

test("a lock that is taken away leaves no gate, here or on the server", async () => {
  const { phone, here } = await opened();
  await phone.end(here);
  assert.deepEqual([phone.server.gate, phone.storage.getItem(GATE)], [null, null]);
  await isUnlocked(phone, here);
});

for (const fault of ["away", "broken", "answer lost"]) {
  test(`the server is asked first: where it is ${fault} the lock stays as it was`, async () => {
    const { phone, here } = await opened();
    phone.server.fault = () => fault;
    await assert.rejects(phone.end(here), /This needs signal/);
    phone.server.fault = () => null;
    await isLocked(phone, here);
  });

  for (const at of [UNLOCK, END]) {
    test(`where ${at} is ${fault} after the copy was opened, the next start tells the server`, async () => {
      const { phone, here } = await opened();
      phone.server.fault = (address) => (address === at && phone.log.includes("stop") ? fault : null);
      await phone.end(here);
      assert.deepEqual([await phone.kind(), phone.storage.getItem(GATE) !== null], ["none", true]);
      phone.server.fault = () => null;
      await isUnlocked(phone, here);
    });
  }
}

test("a server that stays away is told at the first start that reaches it", async () => {
  const { phone, here } = await opened();
  phone.server.fault = () => (phone.log.includes("stop") ? "away" : null);
  await phone.end(here);
  const next = await later(phone, here, "");
  assert.equal(next.opened, false);
  phone.server.fault = () => null;
  await isUnlocked(phone, next);
});

for (const [what, plant] of [
  ["the phone has no room for the gate", ({ phone }) => (phone.storage.setItem = () => { throw new DOMException("full", "QuotaExceededError"); })],
  ["the phone has no room for the key", ({ phone }) => (phone.ring.write = full)],
  ["the copy cannot be sealed anew", ({ here }) => (here.store.rekey = full)],
]) {
  for (const work of ["end", "change"]) {
    test(`where ${what}, to ${work} the lock leaves it and its gate as they were`, async () => {
      const { phone, here } = await opened();
      const { setItem } = phone.storage;
      const { write } = phone.ring;
      plant({ phone, here });
      await assert.rejects(phone[work](here));
      assert.deepEqual(phone.log, ["stop", "go on"]);
      Object.assign(phone.storage, { setItem });
      phone.ring.write = write;
      assert.equal(phone.server.gate !== null, true);
      await isLocked(phone, here);
    });
  }
}

for (const work of ["end", "change"]) {
  test(`killed before the copy is sealed anew, to ${work} the lock left it as it was`, async () => {
    const { phone, here } = await opened();
    const reached = new Promise((resolve) => (here.store.rekey = () => (resolve(), never())));
    await killedAt(phone[work](here), reached);
    await isLocked(phone, here);
  });

  test(`killed as soon as the copy is sealed anew, to ${work} the lock is done at the next start`, async () => {
    const { phone, here } = await opened();
    const rekey = here.store.rekey.bind(here.store);
    const reached = new Promise((resolve) => (here.store.rekey = async (key) => (await rekey(key), resolve(), never())));
    await killedAt(phone[work](here), reached);
    await (work === "end" ? isUnlocked(phone, here) : isLocked(phone, here, NEW));
  });
}

test("killed before the server is told, it is told at the next start", async () => {
  const { phone, here } = await opened();
  const { removeItem } = phone.tab;
  const reached = new Promise((resolve) => (phone.tab.removeItem = (name) => (removeItem(name), resolve(), never())));
  phone.server.fault = () => (phone.log.includes("stop") ? "away" : null);
  await killedAt(phone.end(here), reached);
  phone.server.fault = () => null;
  await isUnlocked(phone, here);
});

test("another tab tells the server of no gate that is being ended", async () => {
  const { phone, here } = await opened();
  phone.server.fault = (address) => (address === END ? "away" : null);
  await phone.end(here);
  assert.equal(hasGate(phone.storage, ACCOUNT), false);
  assert.equal(await closeGate(phone.server.ask, phone.storage, ACCOUNT), false);
});

test("the first lock of a copy has its gate from the first start on", async () => {
  const { phone, here } = await opened();
  await phone.end(here);
  const free = await phone.start("");
  await phone.change(free, { kind: "none" });
  assert.equal(hasGate(phone.storage, ACCOUNT), true);
  assert.equal(await closeGate(phone.server.ask, phone.storage, ACCOUNT), true);
  assert.equal((await phone.start(NEW)).opened, true);
});

test("a first lock that fails leaves no gate", async () => {
  const { phone, here } = await opened();
  await phone.end(here);
  const free = await phone.start("");
  free.store.rekey = full;
  await assert.rejects(phone.change(free, { kind: "none" }));
  assert.equal(phone.storage.getItem(GATE), null);
  await isUnlocked(phone, free);
});

test("a gate of a copy that is gone is forgotten, and nothing is told of it", async () => {
  const { phone, here } = await opened();
  await phone.end(here);
  const key = await webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await gateKey({ crypto: webcrypto, key, account: ACCOUNT, storage: phone.storage });
  phone.server.asked.length = 0;
  await phone.start("");
  assert.deepEqual([phone.storage.getItem(GATE), phone.server.asked], [null, []]);
});

test("a ring that is full once the copy has its new key says nothing untrue: the new lock is there, with its gate", async () => {
  const { phone, here } = await opened();
  const write = phone.ring.write.bind(phone.ring);
  phone.ring.write = async (account, record, next = null) => (next ? write(account, record, next) : full());
  await phone.change(here);
  phone.ring.write = write;
  await isLocked(phone, here, NEW);
});
