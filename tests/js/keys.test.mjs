import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";

import { IDBFactory } from "fake-indexeddb";

import { openKeyring } from "../../app/static/js/core/keyring.js";
import { replaceKey } from "../../app/static/js/more/locking.js";
import { KeyError, LEAST_COUNT, createKey, measureCount, unlockKey } from "../../app/static/js/core/keys.js";
import { Seal } from "../../app/static/js/core/seal.js";
import { openStore, storeName } from "../../app/static/js/core/store.js";
import { ACCOUNT, PERSON, openPhone } from "./helpers/phone.mjs";

const PIN = { kind: "pin", pin: "482915" };
const passkey = (fill) => ({ kind: "passkey", prf: new Uint8Array(32).fill(fill) });
const LOCK = passkey(3);
const NONE = { kind: "none" };

async function opensTheSame(one, other) {
  const sealed = await new Seal(crypto, one).closeJson("place", "words");
  return new Seal(crypto, other).openJson("place", sealed).catch(() => null).then((words) => words === "words");
}

for (const secret of [NONE, PIN, passkey(3)]) {
  test(`a key locked with ${secret.kind} opens again`, async () => {
    const { record, key } = await createKey(crypto, secret);
    assert.equal(await opensTheSame(key, await unlockKey(crypto, structuredClone(record), secret)), true);
  });
}

test("a wrong PIN and a wrong passkey are refused with a sentence", async () => {
  const pin = await createKey(crypto, PIN);
  await assert.rejects(unlockKey(crypto, pin.record, { kind: "pin", pin: "482916" }), { kind: "wrong", sentence: "This PIN is not right." });
  const pass = await createKey(crypto, passkey(3));
  await assert.rejects(unlockKey(crypto, pass.record, passkey(4)), { kind: "wrong" });
  await assert.rejects(unlockKey(crypto, pass.record, PIN), { kind: "kind" });
});

test("a short PIN and a weak count are refused", async () => {
  await assert.rejects(createKey(crypto, { kind: "pin", pin: "12345" }), { kind: "short" });
  await assert.rejects(createKey(crypto, PIN, { count: LEAST_COUNT - 1 }), KeyError);
});

test("the count follows the speed of the phone, but is never below the least", async () => {
  const clockOf = (took) => ({ at: -took, now() { return (this.at += took); } });
  assert.equal(await measureCount(crypto, clockOf(200)), LEAST_COUNT);
  assert.equal(await measureCount(crypto, clockOf(10)), 5_000_000);
});

const opener = (indexedDB) => (key) => openStore({ indexedDB, crypto, account: ACCOUNT, key });

async function phoneWithKey(secret) {
  const indexedDB = new IDBFactory();
  const ring = await openKeyring(indexedDB);
  const { record, key } = await createKey(crypto, secret);
  await ring.write(ACCOUNT, record);
  const phone = await openPhone({ indexedDB, key });
  await phone.replica.act({ act: "goal.write", stream: PERSON, row: "r", facts: { words: "Swim" } });
  return { ring, phone, record, indexedDB };
}

test("the ring asks for the PIN and opens the store", async () => {
  const { ring, phone, indexedDB } = await phoneWithKey(PIN);
  phone.close();
  const asked = [];
  const store = await ring.unlock(crypto, ACCOUNT, async (record) => asked.push(record.kind) && PIN, opener(indexedDB));
  assert.deepEqual(asked, ["pin"]);
  assert.equal((await store.load()).outbox.length, 1);
});

test("two tabs that open an account the first time at once have one key", async () => {
  const indexedDB = new IDBFactory();
  const rings = [await openKeyring(indexedDB), await openKeyring(indexedDB)];
  const made = [await createKey(crypto, NONE), await createKey(crypto, NONE)];
  await Promise.all(rings.map((ring, at) => ring.begin(ACCOUNT, made[at].record)));
  const held = await Promise.all(rings.map(async (ring) => unlockKey(crypto, await ring.record(ACCOUNT), NONE)));
  assert.equal(await opensTheSame(held[0], held[1]), true);
  assert.equal((await opensTheSame(held[0], made[0].key)) || (await opensTheSame(held[0], made[1].key)), true);
});

test("sign-out destroys the key first, and a kill in between is finished at the next start", async () => {
  const { ring, phone, indexedDB } = await phoneWithKey(LOCK);
  phone.close();
  const stuck = { ...indexedDB, open: indexedDB.open.bind(indexedDB), deleteDatabase: () => { throw new Error("killed"); } };
  const dying = await openKeyring(stuck);
  await assert.rejects(dying.destroy(ACCOUNT), /killed/);
  assert.equal(await ring.record(ACCOUNT), null);
  assert.deepEqual(await ring.accounts(), []);
  await ring.finishEndings();
  assert.deepEqual((await indexedDB.databases()).map(({ name }) => name), ["inhand-keys"]);
});

test("sign-out leaves no database of the account", async () => {
  const { ring, indexedDB } = await phoneWithKey(NONE);
  assert.equal((await indexedDB.databases()).some(({ name }) => name === storeName(ACCOUNT)), true);
  await ring.destroy(ACCOUNT);
  assert.equal((await indexedDB.databases()).some(({ name }) => name === storeName(ACCOUNT)), false);
});

test("from no lock to a lock everything is sealed with a new key", async () => {
  const { ring, phone, record, indexedDB } = await phoneWithKey(NONE);
  await replaceKey(ring, phone.store, { present: NONE, secret: LOCK });
  assert.equal((await ring.record(ACCOUNT)).kind, "passkey");
  await assert.rejects(opener(indexedDB)(await unlockKey(crypto, record, NONE)), { kind: "key" });
  const store = await ring.unlock(crypto, ACCOUNT, async () => LOCK, opener(indexedDB));
  assert.deepEqual((await store.load()).outbox.map(({ op }) => op.facts), [{ words: "Swim" }]);
});

for (const moment of ["before", "after"]) {
  test(`a kill ${moment} the sealing anew leaves a store that opens`, async () => {
    const { ring, phone, record, indexedDB } = await phoneWithKey(NONE);
    const fresh = await createKey(crypto, LOCK);
    await ring.write(ACCOUNT, record, fresh.record);
    if (moment === "after") await phone.store.rekey(fresh.key);
    phone.close();
    const store = await ring.unlock(crypto, ACCOUNT, async () => LOCK, opener(indexedDB));
    assert.equal((await store.load()).outbox.length, 1);
    assert.equal((await ring.record(ACCOUNT)).kind, moment === "after" ? "passkey" : "none");
  });
}

test("a kill after a change of the lock asks until one fits", async () => {
  const { ring, phone, record, indexedDB } = await phoneWithKey(LOCK);
  const newer = passkey(8);
  const fresh = await createKey(crypto, newer);
  await ring.write(ACCOUNT, record, fresh.record);
  await phone.store.rekey(fresh.key);
  phone.close();
  const store = await ring.unlock(crypto, ACCOUNT, async () => newer, opener(indexedDB));
  assert.equal((await store.load()).outbox.length, 1);
  await assert.rejects(ring.unlock(crypto, ACCOUNT, async () => LOCK, opener(indexedDB)), { kind: "wrong" });
});

test("a kill in a change of the PIN asks for one PIN once, and says when it is not right", async () => {
  const { ring, phone, record, indexedDB } = await phoneWithKey(PIN);
  await ring.write(ACCOUNT, record, (await createKey(crypto, { kind: "pin", pin: "777111" })).record);
  phone.close();
  const asked = [];
  const unlock = (secret) => ring.unlock(crypto, ACCOUNT, async () => asked.push(1) && secret, opener(indexedDB));
  await assert.rejects(unlock({ kind: "pin", pin: "000000" }), { name: "KeyError", kind: "wrong" });
  assert.equal(asked.length, 1);
  assert.equal((await (await unlock(PIN)).load()).outbox.length, 1);
});

test("after a kill while the lock was taken away a wrong PIN is called wrong", async () => {
  const { ring, phone, record, indexedDB } = await phoneWithKey(PIN);
  await ring.write(ACCOUNT, record, (await createKey(crypto, NONE)).record);
  phone.close();
  const wrong = async () => ({ kind: "pin", pin: "000000" });
  await assert.rejects(ring.unlock(crypto, ACCOUNT, wrong, opener(indexedDB)), { name: "KeyError", kind: "wrong" });
});

test("what another tab saves while everything is sealed anew is sealed too", async () => {
  const { phone, ring, indexedDB } = await phoneWithKey(NONE);
  const other = await openPhone({ indexedDB, key: phone.key });
  const fresh = await createKey(crypto, LOCK);
  await ring.write(ACCOUNT, fresh.record);
  const saved = other.replica.act({ act: "goal.write", stream: PERSON, row: "x", facts: { words: "Sing" } });
  await Promise.all([phone.store.rekey(fresh.key), saved]);
  const store = await ring.unlock(crypto, ACCOUNT, async () => LOCK, opener(indexedDB));
  assert.deepEqual((await store.load()).outbox.map(({ op }) => op.facts.words), ["Swim", "Sing"]);
});

test("another tab can't write with the old key after it was replaced", async () => {
  const { phone } = await phoneWithKey(NONE);
  const other = await openPhone({ indexedDB: phone.indexedDB, key: phone.key });
  await phone.store.rekey((await createKey(crypto, LOCK)).key);
  await assert.rejects(other.replica.act({ act: "goal.write", stream: PERSON, row: "x", facts: {} }), { kind: "closed" });
  await assert.rejects(other.store.refresh(), { kind: "closed" });
});
