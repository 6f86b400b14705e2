// What a released version left on a phone is read by this one, whole, and by the one after.
import assert from "node:assert/strict";
import { webcrypto as crypto } from "node:crypto";
import { test } from "node:test";

import { openStore } from "../../app/static/js/core/store.js";
import { HELD, goldenNames, key, putGolden } from "./helpers/golden.mjs";
import { ACCOUNT, PERSON } from "./helpers/phone.mjs";

for (const name of goldenNames()) {
  test(`the copy that ${name} kept is there, twice`, async () => {
    const indexedDB = await putGolden(name);
    for (const time of ["first start", "second start"]) {
      const store = await openStore({ indexedDB, crypto, account: ACCOUNT, key: await key() });
      const { streams, outbox, kept } = await store.load();
      const { rows, cursor, asOf } = streams.get(PERSON);
      assert.deepEqual([rows, cursor, asOf], [HELD.rows, { seq: 300, epoch: "e" }, "2026-11-21T09:00:00Z"], time);
      assert.deepEqual(outbox.map(({ op }) => op), [HELD.op], time);
      assert.deepEqual(kept.map(({ id, sentence }) => [id, sentence]), [[HELD.refused.id, HELD.refused.sentence]], time);
      assert.deepEqual(store.files().map(({ sha256 }) => sha256), [HELD.photo.sha256], time);
      assert.deepEqual((await store.file(HELD.photo.sha256)).bytes, HELD.photo.bytes, time);
      store.close();
    }
  });
}

test("there is a golden store", () => assert.notEqual(goldenNames().length, 0));
