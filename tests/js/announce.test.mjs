import assert from "node:assert/strict";
import { test } from "node:test";

import { Announcer } from "../../app/static/js/core/announce.js";
import { findPicture } from "../../app/static/js/core/pictures.js";
import { askForWakeup, watchWakeups } from "../../app/static/js/core/wakeups.js";
import { PERSON, handTimers, openPhone } from "./helpers/phone.mjs";

test("what happens within a moment is read out once, counted together", async () => {
  const region = { textContent: "before" };
  const timers = handTimers();
  const announcer = new Announcer({ region, timers });
  announcer.count("receipt sent", "receipts sent");
  announcer.count("receipt sent", "receipts sent");
  announcer.count("goal sent", "goals sent");
  announcer.say("Saved on this phone.");
  announcer.say("Saved on this phone.");
  assert.equal(region.textContent, "");
  await timers.fire();
  assert.equal(region.textContent, "2 receipts sent. 1 goal sent. Saved on this phone.");
  announcer.say("Sent.");
  await timers.fire();
  assert.equal(region.textContent, "Sent.");
});

test("the phone tries at its start, with a network, when looked at and when the worker says so", () => {
  const [window, document, worker] = [new EventTarget(), Object.assign(new EventTarget(), { visibilityState: "hidden" }), new EventTarget()];
  const reasons = [];
  const stop = watchWakeups({ window, document, worker, kick: (reason) => reasons.push(reason) });
  window.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  worker.dispatchEvent(new MessageEvent("message", { data: "drain" }));
  worker.dispatchEvent(new MessageEvent("message", { data: { open: "/app" } }));
  stop();
  window.dispatchEvent(new Event("online"));
  assert.deepEqual(reasons, ["start", "online", "visible", "background"]);
});

test("a browser without Background Sync, or one that refuses it, is no fault", async () => {
  assert.equal(await askForWakeup({}), false);
  assert.equal(await askForWakeup({ sync: { register: () => Promise.reject(new Error("no")) } }), false);
  assert.equal(await askForWakeup({ sync: { register: async () => {} } }), true);
});

test("a picture of the server is kept sealed and found without a connection", async () => {
  const { store } = await openPhone();
  const name = { person: PERSON.slice(7), sha256: "abc", size: "thumbnail" };
  const bytes = new Uint8Array([1, 2, 3]);
  const online = { picture: async () => ({ kind: "ok", bytes, type: "image/webp" }) };
  const offline = { picture: async () => ({ kind: "retry", sentence: null }) };
  assert.equal(await findPicture({ store, net: offline }, name), null);
  assert.deepEqual(await findPicture({ store, net: online }, name), { bytes, type: "image/webp" });
  assert.deepEqual(await findPicture({ store, net: offline }, name), { bytes, type: "image/webp" });
});

test("one's own photo is shown before the server has made its picture", async () => {
  const { store, replica } = await openPhone();
  const bytes = new Uint8Array([9, 9]);
  await replica.act({ act: "goal.write", stream: PERSON, row: "g", files: [{ bytes, type: "image/jpeg", name: "a.jpg" }] });
  const [{ sha256 }] = store.files();
  const net = { picture: async () => ({ kind: "retry", sentence: null }) };
  assert.deepEqual(await findPicture({ store, net }, { person: "p", sha256, size: "picture" }), { bytes, type: "image/jpeg" });
});
