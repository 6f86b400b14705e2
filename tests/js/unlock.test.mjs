// The start of a locked copy with a pass in the tab: where it lets nobody in the PIN is asked for, and the sign-in closes.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { gateKey } from "../../app/static/js/core/gate.js";
import { openKeyring } from "../../app/static/js/core/keyring.js";
import { createKey } from "../../app/static/js/core/keys.js";
import { PASS, makePass } from "../../app/static/js/core/pass.js";

const WHO = { account: "maria", name: "Maria" };

function shelf() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value), removeItem: (name) => void kept.delete(name) };
}

/** Starts the app over a copy with this PIN, and a pass that holds another; what the server is asked until the PIN is. */
async function started({ pin, passed, showing }) {
  const [tab, storage, asked] = [shelf(), shelf(), []];
  const server = { key: null };
  const fetch = async (address, { body }) => {
    asked.push(address);
    if (address === "/session/pass") server.key = JSON.parse(body).key;
    return new Response(JSON.stringify({ key: server.key }));
  };
  const indexedDB = new IDBFactory();
  const { record } = await createKey(webcrypto, { kind: "pin", pin });
  await (await openKeyring(indexedDB)).begin(WHO.account, record);
  storage.setItem("inhand.who", JSON.stringify(WHO));
  if (showing) storage.setItem("inhand.showing", JSON.stringify({ account: WHO.account, person: "sam", ended: false }));
  const key = await webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await gateKey({ crypto: webcrypto, key, account: WHO.account, storage });
  (await makePass({ crypto: webcrypto, ask: fetch, account: WHO.account, tab, clock: { now: () => Date.now() } }, { kind: "pin", pin: passed }))(5);
  asked.length = 0;
  Object.assign(globalThis, { isSecureContext: true, document: { getElementById: () => null, querySelector: () => null, querySelectorAll: () => [] }, fetch, indexedDB, sessionStorage: tab, localStorage: storage, location: new URL("https://inhand.test/app/") });
  // there is no page to draw on: the start ends where the PIN would be asked for
  await assert.rejects(import(`../../app/static/js/main.js?${showing}`), TypeError);
  return { asked, tab, storage };
}

test("while the phone is shown to somebody a pass opens nothing: the PIN is asked for", async () => {
  const { asked, storage } = await started({ pin: "482915", passed: "482915", showing: true });
  assert.deepEqual(asked, ["/session/lock"]);
  assert.ok(storage.getItem("inhand.showing"));
});

test("after a pass that does not fit any more the sign-in closes as well", async () => {
  const { asked, tab } = await started({ pin: "777111", passed: "482915", showing: false });
  assert.deepEqual(asked, ["/session/pass/take", "/session/lock"]);
  assert.equal(tab.getItem(PASS), null);
});
