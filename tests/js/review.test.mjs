import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import { reminderDoor } from "../../app/static/js/reminders/door.js";
import { isQuiet, timeWords } from "../../app/static/js/reminders/wish.js";
import { whenWords } from "../../app/static/js/reviews/coming.js";
import { calendarFile } from "../../app/static/js/reviews/ics.js";
import { goalsSince, potsSince } from "../../app/static/js/reviews/since.js";

const SOURCE = readFileSync(new URL("../../app/static/sw.js", import.meta.url), "utf8");

/** Enough of a browser around sw.js for messages. */
function worker({ answers = [true], subscribed = null } = {}) {
  const listeners = {};
  const did = [];
  const fetch = async (path, { method, body }) => {
    did.push([method, path, JSON.parse(body)]);
    return { ok: answers.length > 1 ? answers.shift() : answers[0] };
  };
  const self = {
    __MANIFEST: { version: "N", files: [] },
    location: { origin: "https://inhand.test" },
    addEventListener: (name, listener) => (listeners[name] = listener),
    registration: {
      showNotification: async (title, { tag }) => did.push(["show", title, tag]),
      pushManager: { subscribe: async () => subscribed },
    },
  };
  vm.runInNewContext(SOURCE, { self, fetch, caches: {}, URL, JSON, Promise, String });
  const fire = async (name, event) => {
    const waits = [];
    listeners[name]({ waitUntil: (wait) => waits.push(wait), ...event });
    await Promise.all(waits);
    return did;
  };
  return { fire };
}

const message = (told) => ({ data: { json: () => told } });

test("a message is shown first, then confirmed to the server, once more when nobody answered", async () => {
  const told = message({ title: "Inhand", tag: "r1", shown: "secret" });
  assert.deepEqual(await worker().fire("push", told), [["show", "Inhand", "r1"], ["POST", "/reminders/shown", { token: "secret" }]]);
  assert.equal((await worker({ answers: [false, true] }).fire("push", told)).length, 3);
});

test("a message without a token is shown and nobody is told", async () => {
  assert.deepEqual(await worker().fire("push", message({ title: "x" })), [["show", "x", "news"]]);
});

test("an address that the browser took back is made anew with the same key", async () => {
  const keys = { p256dh: "p", auth: "a" };
  const subscribed = { toJSON: () => ({ endpoint: "https://push.test/new", keys }) };
  const oldSubscription = { options: { applicationServerKey: new ArrayBuffer(65) } };
  assert.deepEqual(await worker({ subscribed }).fire("pushsubscriptionchange", { oldSubscription }), [
    ["PUT", "/reminders/device", { endpoint: "https://push.test/new", keys }],
  ]);
  assert.deepEqual(await worker({ subscribed }).fire("pushsubscriptionchange", { oldSubscription: null }), []);
});

/** A browser for the door: its permission, its subscription, the server's answers. */
function browser({ permission = "default", answer = "granted", subscription = null, online = true } = {}) {
  const state = { subscription, online, asked: 0, told: [], kept: new Map() };
  const made = { options: { applicationServerKey: null }, toJSON: () => ({ endpoint: "e", keys: {} }), unsubscribe: async () => void (state.subscription = null) };
  const pushManager = { getSubscription: async () => state.subscription, subscribe: async () => (state.subscription = made) };
  const notifications = { permission, requestPermission: async () => ((state.asked += 1), (notifications.permission = answer)) };
  const ask = async (path, { method }) => {
    if (!state.online) throw new TypeError("no signal");
    state.told.push(`${method} ${path}`);
    return new Response(JSON.stringify({ key: "AAAA" }));
  };
  const storage = { getItem: (name) => state.kept.get(name) ?? null, setItem: (name, value) => state.kept.set(name, value), removeItem: (name) => state.kept.delete(name) };
  const door = reminderDoor({ ask, account: "a", storage, notifications, container: { ready: Promise.resolve({ pushManager }) } });
  return { door, state };
}

test("the browser is asked only by a tap, and then the server knows the device", async () => {
  const { door, state } = browser();
  assert.equal(await door.state(), "off");
  assert.equal(await door.renew(), false);
  assert.equal(state.asked, 0);
  assert.deepEqual(await door.turnOn(), { state: "on", sentence: null });
  assert.deepEqual([state.asked, state.told], [1, ["GET /reminders/device", "PUT /reminders/device"]]);
});

test("what can be told without waiting is what is told later, so that nothing jumps", async () => {
  const { door } = browser();
  assert.deepEqual([door.glimpse(), await door.state()], ["off", "off"]);
  await door.turnOn();
  assert.deepEqual([door.glimpse(), await door.state()], ["on", "on"]);
  const refused = browser({ answer: "denied" }).door;
  await refused.turnOn();
  assert.deepEqual([refused.glimpse(), await refused.state()], ["blocked", "blocked"]);
});

test("a refusal is said as blocked", async () => {
  assert.equal((await browser({ answer: "denied" }).door.turnOn()).state, "blocked");
});

test("without signal the wish waits, and is carried out when the server can be reached", async () => {
  const { door, state } = browser({ online: false });
  assert.deepEqual(await door.turnOn(), { state: "waiting", sentence: null });
  assert.equal(await door.renew(), false);
  assert.equal(await door.state(), "waiting");
  state.online = true;
  assert.equal(await door.renew(), true);
  assert.equal(await door.state(), "on");
});

test("a lost subscription is made anew at the next start, one that was turned off is not", async () => {
  const { door, state } = browser();
  await door.turnOn();
  state.subscription = null;
  assert.equal(await door.renew(), true);
  assert.notEqual(state.subscription, null);
  await door.turnOff();
  assert.equal(await door.renew(), false);
  assert.equal(state.subscription, null);
});

test("a browser that takes no messages is said so", async () => {
  const door = reminderDoor({ ask: async () => new Response("{}"), account: "a", storage: { getItem: () => null }, notifications: null, container: null });
  assert.equal(await door.state(), "impossible");
});

test("a calendar file holds the day, the alarms and no words about the plan", () => {
  const text = calendarFile({ id: "1", on: "2028-02-29", stamp: new Date(0), link: `https://inhand.test/${"x".repeat(90)}`, days: [28, 7, 1] });
  assert.match(text, /DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n/);
  assert.deepEqual(text.match(/TRIGGER:-P\d+D/g), ["TRIGGER:-P28D", "TRIGGER:-P7D", "TRIGGER:-P1D"]);
  assert.ok(text.split("\r\n").every((line) => line.length <= 75));
  assert.doesNotMatch(text, /review|budget|health|£/i);
});

test("when a review is, in words", () => {
  const next = (on, agreed = true) => whenWords({ on, agreed, due: on, late: false }, "2026-11-22");
  assert.equal(next("2026-12-01"), "Tuesday 1 December, in 9 days");
  assert.equal(next("2026-11-23"), "Tomorrow");
  assert.equal(next("2027-01-31", false), "Due by 31 January 2027, in 10 weeks");
  assert.equal(next("2026-11-20"), "It was set for 20 November 2026");
});

test("times of day in words, and quiet hours over midnight", () => {
  assert.deepEqual([0, 570, 720, 1260].map(timeWords), ["midnight", "9:30 am", "noon", "9 pm"]);
  assert.deepEqual([420, 480, 1259, 1260].map((at) => isQuiet(at, { quiet_from: 1260, quiet_until: 480 })), [true, false, false, true]);
});

test("what was spent since the last review: by pot and by goal, without what was taken back", () => {
  const entry = (id, kind, amount, more = {}) => ({ id, pot: "p", kind, amount, on: "2026-11-10", goal: "g", reverses: null, replaces: null, transfer: null, state: "posted", superseded: false, ...more });
  const entries = [entry("1", "spending", 1000), entry("2", "spending", 500, { on: "2026-10-01" }), entry("3", "refund", 200), entry("4", "spending", 900, { superseded: true }), entry("5", "reversal", 900, { reverses: "4" })];
  const rows = { pots: [{ id: "p", name: "Council", currency: "GBP", holding: "direct_payment" }], periods: [], entries, commitments: [], known: true };
  assert.equal(potsSince(rows, "2026-11-01")[0].spent, 800);
  assert.equal(goalsSince(rows, "2026-11-01").get("g"), 800);
});
