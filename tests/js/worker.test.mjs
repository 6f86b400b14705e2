import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import { WorkerUpdate } from "../../app/static/js/core/worker-update.js";

const SOURCE = readFileSync(new URL("../../app/static/sw.js", import.meta.url), "utf8");
const ORIGIN = "https://inhand.test";
const FILES = ["/static/js/main.js?v=1", "/static/icons/app/icon-192.png?v=9"];
const SHELL = '<script src="/static/js/main.js?v=1"></script>';

const keyOf = (request) => (typeof request === "string" ? request : request.url.replace(ORIGIN, ""));

/** Enough of a browser around sw.js: caches, clients, a network that can be cut. */
function browser({ version = "N", files = FILES, shell = SHELL, stores = new Map(), windows = [] } = {}) {
  const listeners = {};
  const shown = [];
  const net = { cut: false, asked: [], answers: { "/app": shell } };
  const respond = (path) => new Response(net.answers[path] ?? `fresh ${path}`);
  const fetch = async (request) => {
    const path = keyOf(request);
    net.asked.push(path);
    if (net.cut) throw new TypeError("Failed to fetch");
    return respond(path);
  };
  const cacheOf = (name) => ({
    match: async (request, { ignoreSearch = false } = {}) => {
      const kept = [...(stores.get(name) ?? new Map())].find(([path]) => (ignoreSearch ? path.split("?")[0] === keyOf(request) : path === keyOf(request)));
      return kept?.[1].clone();
    },
    put: async (request, response) => void stores.get(name).set(keyOf(request), response),
    addAll: async (urls) => {
      for (const url of urls) stores.get(name).set(url, await fetch(url));
    },
  });
  const caches = {
    has: async (name) => stores.has(name),
    open: async (name) => (stores.has(name) || stores.set(name, new Map()), cacheOf(name)),
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
    match: async (request) => [...stores.values()].map((store) => store.get(keyOf(request))).find(Boolean)?.clone(),
  };
  const did = { skipped: 0, claimed: 0, opened: [] };
  const self = {
    __MANIFEST: { version, files },
    location: { origin: ORIGIN },
    addEventListener: (name, listener) => (listeners[name] = listener),
    skipWaiting: async () => (did.skipped += 1),
    clients: { matchAll: async () => windows, claim: async () => (did.claimed += 1), openWindow: async (url) => did.opened.push(url) },
    registration: { showNotification: async (title, more) => shown.push({ title, ...more }) },
  };
  vm.runInNewContext(SOURCE, { self, caches, fetch, Response, URL, TypeError, Promise, String });
  const fire = async (name, event = {}) => {
    const waits = [];
    let answer;
    listeners[name]({ waitUntil: (wait) => waits.push(wait), respondWith: (given) => (answer = given), ...event });
    await Promise.all(waits);
    return answer && (await answer).text();
  };
  const get = (path, more = {}) => fire("fetch", { request: { method: "GET", mode: "no-cors", url: ORIGIN + path, ...more } });
  return { fire, get, visit: (path) => get(path, { mode: "navigate" }), stores, net, did, shown };
}

async function installed(options) {
  const world = browser(options);
  await world.fire("install");
  await world.fire("activate");
  return world;
}

test("the whole version is kept, and opens without a network", async () => {
  const world = await installed();
  world.net.cut = true;
  assert.equal(await world.visit("/app"), SHELL);
  assert.equal(await world.visit("/app/money/pot-1"), SHELL);
  assert.equal(await world.get(FILES[0]), `fresh ${FILES[0]}`);
});

test("a browser that can takes versioned files from the caches itself, and leaves the rest to the worker", async () => {
  const world = browser();
  const routes = [];
  await world.fire("install", { addRoutes: async (route) => routes.push(route) });
  assert.equal(routes.length, 1);
  const [{ condition, source }] = routes;
  assert.equal(source, "cache");
  assert.equal(condition.requestMethod, "GET");
  const path = new RegExp(`^${condition.urlPattern.pathname.replace("*", ".*")}$`);
  const search = new RegExp(`^${condition.urlPattern.search.replace("*", ".*")}$`);
  const taken = (url) => path.test(new URL(url).pathname) && search.test(new URL(url).search.slice(1));
  for (const file of FILES) assert.ok(taken(ORIGIN + file), file);
  for (const other of ["/static/js/worker.js", "/app", "/files/p/abc?v=1", "/sync"]) assert.ok(!taken(ORIGIN + other), other);
});

test("pages of the server come from the server, and without it the app opens", async () => {
  const world = await installed();
  assert.equal(await world.visit("/sign-in"), "fresh /sign-in");
  world.net.cut = true;
  assert.equal(await world.visit("/sign-in"), SHELL);
});

test("a page that only the server has says that it needs signal, and who worries is told what helps now", async () => {
  const world = await installed();
  world.net.cut = true;
  for (const path of ["/account", "/people/1", "/help", "/groups"]) assert.match(await world.visit(path), /This page needs signal/);
  assert.match(await world.visit("/people/1/concern"), /ring 999/);
  assert.doesNotMatch(await world.visit("/people/1"), /ring 999/);
});

test("what is synchronised, files and forms never pass through the worker", async () => {
  const world = await installed();
  for (const path of ["/sync", "/files/p/abc", "/files/p/abc/thumbnail", "/health"]) assert.equal(await world.get(path), undefined);
  assert.equal(await world.get("/app", { method: "POST", mode: "navigate" }), undefined);
  assert.equal(await world.get("/static/x.js", { url: "https://elsewhere.test/static/x.js" }), undefined);
  assert.deepEqual([...world.stores.get("inhand-N").keys()], ["/app", ...FILES]);
});

test("a version that can't be fetched whole is not kept", async () => {
  const world = browser();
  world.net.cut = true;
  await assert.rejects(world.fire("install"));
  assert.deepEqual([...world.stores.keys()], []);
});

test("a shell of another version is not kept", async () => {
  const world = browser({ shell: '<script src="/static/js/main.js?v=2"></script>' });
  await assert.rejects(world.fire("install"), /another version/);
});

test("a new worker waits until it is told to take over", async () => {
  const world = await installed();
  assert.equal(world.did.skipped, 0);
  await world.fire("message", { data: "something else" });
  assert.equal(world.did.skipped, 0);
  await world.fire("message", { data: "take-over" });
  assert.equal(world.did.skipped, 1);
});

test("old versions go, but only when no other tab may need them", async () => {
  const stores = new Map([["inhand-old", new Map([["/static/old.js?v=0", new Response("old")]])], ["other", new Map()]]);
  const windows = [{ url: `${ORIGIN}/app` }, { url: `${ORIGIN}/app/goals` }];
  const world = await installed({ stores, windows });
  assert.equal(await world.get("/static/old.js?v=0"), "old");
  windows.pop();
  await world.visit("/app");
  assert.deepEqual([...stores.keys()], ["other", "inhand-N"]);
});

test("what a worker imports without a version is this version's, also without a network", async () => {
  const world = await installed();
  world.net.cut = true;
  assert.equal(await world.get("/static/js/main.js"), "fresh /static/js/main.js?v=1");
});

test("the reader of receipts stays when versions go, and is found", async () => {
  const reader = new Map([["/static/vendor/ort.js?v=0", new Response("runtime")]]);
  const world = await installed({ stores: new Map([["reader-files", reader], ["inhand-old", new Map()]]) });
  world.net.cut = true;
  assert.equal(await world.get("/static/vendor/ort.js?v=0"), "runtime");
  assert.deepEqual([...world.stores.keys()], ["reader-files", "inhand-N"]);
});

test("every push is shown, even one that can't be read", async () => {
  const world = await installed();
  await world.fire("push", { data: { json: () => ({ title: "A review is near", body: "Open to see.", url: "/app/reviews", tag: "r" }) } });
  await world.fire("push", { data: null });
  await world.fire("push", { data: { json: () => { throw new Error("no JSON"); } } });
  assert.deepEqual(world.shown.map(({ title, data, icon }) => [title, data, icon]), [
    ["A review is near", "/app/reviews", FILES[1]], ["Inhand", "/app", FILES[1]], ["Inhand", "/app", FILES[1]],
  ]);
});

test("a push leads nowhere but into the app", async () => {
  const world = await installed();
  for (const url of ["https://elsewhere.test", "//elsewhere.test", "/apples", 7]) await world.fire("push", { data: { json: () => ({ url }) } });
  assert.deepEqual(new Set(world.shown.map(({ data }) => data)), new Set(["/app"]));
});

test("a tap on a notification goes to the open tab, or opens one", async () => {
  const did = [];
  const windows = [{ url: `${ORIGIN}/app`, postMessage: ({ open }) => did.push(open), focus: async () => did.push("focus") }];
  const notification = { close: () => did.push("close"), data: "/app/reviews" };
  const world = await installed({ windows });
  await world.fire("notificationclick", { notification });
  assert.deepEqual(did, ["close", "/app/reviews", "focus"]);
  windows.pop();
  await world.fire("notificationclick", { notification });
  assert.deepEqual(world.did.opened, ["/app/reviews"]);
});

test("a background wake-up is passed to the tabs", async () => {
  const told = [];
  const world = await installed({ windows: [{ url: ORIGIN, postMessage: (word) => told.push(word) }] });
  await world.fire("sync", {});
  assert.deepEqual(told, ["drain"]);
});

function page({ controller = {}, waiting = null } = {}) {
  const listeners = {};
  const posted = [];
  let reloads = 0;
  const worker = { state: "installed", postMessage: (word) => posted.push(word), addEventListener: (name, listener) => (listeners[name] = listener) };
  const registration = { waiting: waiting && worker, installing: null, update: async () => {}, addEventListener: (name, listener) => (listeners[name] = listener) };
  const container = { controller, register: async () => registration, addEventListener: (name, listener) => (listeners[name] = listener) };
  const update = new WorkerUpdate({ container, reload: () => (reloads += 1) });
  const arrive = () => {
    registration.installing = worker;
    listeners.updatefound();
    registration.waiting = worker;
    listeners.statechange();
  };
  return { update, arrive, posted, takenOver: () => listeners.controllerchange(), reloads: () => reloads };
}

test("a new version is offered, and only a tap reloads this tab", async () => {
  const tab = page();
  const heard = [];
  tab.update.subscribe((status) => heard.push(status));
  await tab.update.start();
  assert.equal(tab.update.status(), "current");
  tab.arrive();
  assert.deepEqual([tab.update.status(), heard, tab.reloads()], ["ready", ["ready"], 0]);
  tab.update.take();
  assert.deepEqual([tab.posted, tab.reloads()], [["take-over"], 0]);
  tab.takenOver();
  assert.equal(tab.reloads(), 1);
});

test("a version that waited since the last visit is offered at once", async () => {
  const tab = page({ waiting: true });
  await tab.update.start();
  assert.equal(tab.update.status(), "ready");
});

test("when another tab was tapped, this one keeps its half-filled form and offers the tap", async () => {
  const tab = page();
  await tab.update.start();
  tab.takenOver();
  assert.deepEqual([tab.update.status(), tab.reloads()], ["ready", 0]);
  tab.update.take();
  assert.equal(tab.reloads(), 1);
});

test("the very first worker is no new version", async () => {
  const tab = page({ controller: null });
  await tab.update.start();
  tab.takenOver();
  assert.deepEqual([tab.update.status(), tab.reloads()], ["current", 0]);
});
