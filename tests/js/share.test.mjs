import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import { BOX, DOOR, Letterbox } from "../../app/static/js/core/letterbox.js";

const SOURCE = readFileSync(new URL("../../app/static/sw.js", import.meta.url), "utf8");
const ORIGIN = "https://inhand.test";
const PHOTO = new Uint8Array([137, 10, 0, 255, 10, 7]);

/** Caches as a browser has them, over plain maps. */
function shelves() {
  const stores = new Map();
  const pathOf = (one) => new URL(typeof one === "string" ? one : one.url, ORIGIN).pathname;
  const open = async (name) => {
    if (!stores.has(name)) stores.set(name, new Map());
    const store = stores.get(name);
    return {
      match: async (one) => store.get(pathOf(one))?.clone(),
      put: async (one, response) => void store.set(pathOf(one), response),
      delete: async (one) => store.delete(pathOf(one)),
      keys: async () => [...store.keys()].map((path) => new Request(ORIGIN + path)),
    };
  };
  return { open, stores };
}

/** The service worker's answer to what was shared. */
async function share(caches, files, { path = "/app/share", origin = ORIGIN } = {}) {
  const listeners = {};
  const self = { __MANIFEST: { version: "N", files: [] }, location: { origin: ORIGIN }, addEventListener: (name, listener) => (listeners[name] = listener) };
  const Redirecting = class extends Response {};
  Redirecting.redirect = (to, status) => ({ status, to });
  vm.runInNewContext(SOURCE, { self, caches, crypto, URL, TypeError, Promise, String, Blob, Response: Redirecting, TextEncoder, Uint8Array, atob });
  const form = new FormData();
  for (const file of files) form.append("photos", file);
  let answer;
  listeners.fetch({ request: { method: "POST", url: origin + path, mode: "navigate", formData: async () => form }, respondWith: (given) => (answer = given) });
  return answer && (await answer);
}

const dataKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
const boxOf = (caches, key, account = "ana") => new Letterbox({ caches, crypto, key, account });
const photo = () => new File([PHOTO], "IMG\n1.jpg", { type: "image/jpeg" });

test("a photo that is shared comes out byte for byte, with its name and type, and once", async () => {
  const caches = shelves();
  const box = boxOf(caches, await dataKey());
  await box.prepare();
  assert.deepEqual(await share(caches, [photo(), photo()]), { status: 303, to: "/app/shared" });
  assert.equal(await box.waiting(), 2);
  const [file] = await box.take();
  assert.deepEqual([file.name, file.type, new Uint8Array(await file.arrayBuffer())], ["IMG\n1.jpg", "image/jpeg", PHOTO]);
  assert.equal((await box.take()).length, 0);
});

test("what lies in the box tells nothing to who has only the box", async () => {
  const caches = shelves();
  await boxOf(caches, await dataKey()).prepare();
  await share(caches, [new File(["14.85 at Riverside"], "secret-name.txt", { type: "text/plain" })]);
  for (const [path, response] of caches.stores.get(BOX)) {
    const text = Buffer.from(await response.clone().arrayBuffer()).toString("latin1");
    assert.equal(/Riverside|secret-name|"d":/.test(text), false, path);
  }
});

test("the key stays the same for later starts, and a start under another PIN makes a new one", async () => {
  const caches = shelves();
  const key = await dataKey();
  await boxOf(caches, key).prepare();
  await share(caches, [photo()]);
  await boxOf(caches, key).prepare();
  assert.equal((await boxOf(caches, key).take()).length, 1);
  await share(caches, [photo()]);
  const after = boxOf(caches, await dataKey());
  await after.prepare();
  await share(caches, [photo()]);
  assert.equal((await after.take()).length, 1);
});

test("a letter is for the account that was signed in when it came", async () => {
  const caches = shelves();
  const ana = boxOf(caches, await dataKey(), "ana");
  const leroy = boxOf(caches, await dataKey(), "leroy");
  await ana.prepare();
  await share(caches, [photo()]);
  await leroy.prepare();
  assert.deepEqual([await leroy.waiting(), await ana.waiting()], [0, 1]);
  await leroy.forget();
  assert.equal((await ana.take()).length, 1);
});

test("after signing out nothing is kept, and that is said", async () => {
  const caches = shelves();
  const box = boxOf(caches, await dataKey());
  await box.prepare();
  await share(caches, [photo()]);
  await box.forget();
  const answer = await share(caches, [photo()]);
  assert.match(await answer.text(), /The photo was not kept\. Sign in, then share it once more\./);
  assert.deepEqual([...caches.stores.get(BOX).keys()], []);
});

test("an empty share and other addresses leave the box as it is", async () => {
  const caches = shelves();
  await boxOf(caches, await dataKey()).prepare();
  await share(caches, [new File([], "empty.jpg")]);
  assert.equal(await share(caches, [photo()], { path: "/app/shared" }), undefined);
  assert.equal(await share(caches, [photo()], { origin: "https://elsewhere.test" }), undefined);
  assert.equal([...caches.stores.get(BOX).keys()].filter((path) => path !== DOOR && !path.includes("/keys/")).length, 0);
});

test("a letter that was tampered with is left out and does not stop the others", async () => {
  const caches = shelves();
  const box = boxOf(caches, await dataKey());
  await box.prepare();
  await share(caches, [photo(), photo()]);
  const store = caches.stores.get(BOX);
  const [first] = [...store.keys()].filter((path) => path.includes("/letters/"));
  store.set(first, new Response(new Uint8Array(120)));
  assert.equal((await box.take()).length, 1);
  assert.equal(await box.waiting(), 0);
});
