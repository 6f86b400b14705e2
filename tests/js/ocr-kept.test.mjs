import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { downloader } from "../../app/static/js/core/download.js";
import { Asking } from "../../app/static/js/receipts/ocr/asking.js";
import { Keeper } from "../../app/static/js/receipts/ocr/keeper.js";

const bytesOf = (text) => new TextEncoder().encode(text);
const versionOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const PARTS = { "ort.js": "runtime", "ort.wasm": "wasm wasm", detector: "finds", recogniser: "reads" };

/** What a server lists and answers; `broken` names a file that never comes, `damaged` one that comes wrong. */
function server(parts = PARTS, { broken = "", damaged = "", off = "", format = 1 } = {}) {
  const files = Object.entries(parts).map(([name, text]) => ({ name, url: `/reader/${name}?v=${versionOf(text)}`, size: text.length, version: versionOf(text) }));
  const asked = [];
  const list = off ? { off } : { format, files, letters: ["", "A"] };
  const download = async (path, onBytes = () => {}) => {
    asked.push(path);
    if (path === "/reader") return { bytes: bytesOf(JSON.stringify(list)), type: "application/json" };
    const { name } = files.find((file) => file.url === path);
    if (name === broken) return null;
    const bytes = bytesOf(name === damaged ? "something else" : parts[name]);
    onBytes(bytes.length);
    return { bytes, type: "application/octet-stream" };
  };
  return { asked, download };
}

/** Cache Storage in memory; `room` is how many answers fit. */
function storage({ room = 99 } = {}) {
  const all = new Map();
  const cacheOf = (kept) => ({
    match: async (url) => kept.get(url)?.clone(),
    put: async (url, answer) => {
      if (kept.size >= room) throw new DOMException("full", "QuotaExceededError");
      kept.set(url, answer);
    },
    delete: async (request) => kept.delete(typeof request === "string" ? request : request.url.replace("http://here", "")),
    keys: async () => [...kept.keys()].map((url) => ({ url: `http://here${url}` })),
  });
  return {
    all,
    has: async (name) => all.has(name),
    open: async (name) => cacheOf(all.get(name) ?? all.set(name, new Map()).get(name)),
    delete: async (name) => all.delete(name),
  };
}

const digest = async (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()).buffer;
const keeper = (caches, { download }) => new Keeper({ caches, download, digest });

test("what was fetched is ready, with its room and its progress told", async () => {
  const shares = [];
  const kept = keeper(storage(), server());
  assert.equal((await kept.state()).kind, "none");
  assert.deepEqual(await kept.fetch((share) => shares.push(share)), { kind: "ready" });
  assert.deepEqual(await kept.state(), { kind: "ready", bytes: 26 });
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(shares, [...shares].sort((one, other) => one - other));
  assert.equal(new TextDecoder().decode((await kept.contents()).contents.detector), "finds");
});

test("a fetch that broke off is no reader, and goes on where it was", async () => {
  const caches = storage();
  assert.deepEqual(await keeper(caches, server(PARTS, { broken: "detector" })).fetch(() => {}), { kind: "line" });
  assert.equal((await keeper(caches, server()).state()).kind, "none");
  const again = server();
  assert.deepEqual(await keeper(caches, again).fetch(() => {}), { kind: "ready" });
  assert.deepEqual(again.asked.map((path) => path.split("?")[0]), ["/reader", "/reader/detector", "/reader/recogniser"]);
});

test("a damaged file is not kept", async () => {
  const caches = storage();
  assert.deepEqual(await keeper(caches, server(PARTS, { damaged: "ort.wasm" })).fetch(() => {}), { kind: "damaged" });
  assert.equal([...caches.all.get("reader-files").keys()].some((url) => url.includes("ort.wasm")), false);
});

test("a phone without room says so", async () => {
  assert.deepEqual(await keeper(storage({ room: 2 }), server()).fetch(() => {}), { kind: "full" });
});

test("a server without a reader says why, and a browser without a cache that it cannot", async () => {
  assert.deepEqual(await keeper(storage(), server(PARTS, { off: "Not here." })).fetch(() => {}), { kind: "off", sentence: "Not here." });
  assert.deepEqual(await keeper(null, server()).fetch(() => {}), { kind: "unable" });
  assert.equal((await keeper(null, server()).state()).kind, "unable");
});

test("a newer list fetches only what is new and lets the old go", async () => {
  const caches = storage();
  await keeper(caches, server()).fetch(() => {});
  const newer = server({ ...PARTS, detector: "finds better" });
  assert.deepEqual(await keeper(caches, newer).fetch(() => {}), { kind: "ready" });
  assert.equal(newer.asked.length, 2);
  assert.equal(caches.all.get("reader-files").size, 5);
});

test("what a browser dropped by itself has to be fetched again", async () => {
  const caches = storage();
  const kept = keeper(caches, server());
  await kept.fetch(() => {});
  const files = caches.all.get("reader-files");
  files.delete([...files.keys()].find((url) => url.includes("detector")));
  assert.equal((await kept.state()).kind, "old");
  assert.equal(await kept.contents(), null);
});

test("files for another version of the app are not used", async () => {
  const caches = storage();
  await keeper(caches, server()).fetch(() => {});
  caches.all.get("reader-files").set("/reader", Response.json({ format: 0, files: [], letters: [] }));
  assert.equal((await keeper(caches, server()).state()).kind, "old");
});

test("turned off it keeps its files and reads nothing; removed it keeps nothing", async () => {
  const caches = storage();
  const kept = keeper(caches, server());
  await kept.fetch(() => {});
  await kept.pause(true);
  assert.equal((await kept.state()).kind, "paused");
  assert.equal(await kept.contents(), null);
  await kept.pause(false);
  assert.equal((await kept.state()).kind, "ready");
  await kept.remove();
  assert.equal(caches.all.size, 0);
});

/** A worker that answers each photo by a rule; undefined: never. */
function doors(answer) {
  const opened = [];
  const open = () => {
    const door = { told: [], ended: false, onmessage: null, onerror: null, terminate: () => (door.ended = true) };
    door.postMessage = (asked) => {
      door.told.push(asked.kind);
      const reading = asked.kind === "read" ? answer(asked) : undefined;
      if (reading !== undefined) queueMicrotask(() => door.onmessage({ data: { kind: "read", id: asked.id, reading } }));
    };
    opened.push(door);
    return door;
  };
  return { opened, open };
}
const KEPT = async () => ({
  list: { format: 1, files: [{ name: "ort.js", url: "/ort.js", size: 1, version: "1" }], letters: [] },
  contents: { "ort.wasm": new ArrayBuffer(1), detector: new ArrayBuffer(1), recogniser: new ArrayBuffer(1) },
});

test("one worker reads one photo after the other", async () => {
  const { opened, open } = doors(({ id }) => ({ number: id }));
  const asking = new Asking({ open, kept: KEPT });
  assert.deepEqual(await Promise.all([asking.read("one", {}), asking.read("two", {})]), [{ number: 1 }, { number: 2 }]);
  assert.equal(opened.length, 1);
  assert.deepEqual(opened[0].told, ["open", "read", "read"]);
  asking.stop();
});

test("where reading is off no worker is opened", async () => {
  const { opened, open } = doors(() => null);
  assert.equal(await new Asking({ open, kept: async () => null }).read("one", {}), null);
  assert.equal(opened.length, 0);
});

test("a photo that takes too long, or a worker that breaks, gives nothing; the next photo starts anew", async () => {
  const { opened, open } = doors(() => (opened.length > 2 ? { good: true } : undefined));
  const asking = new Asking({ open, kept: KEPT, mostMs: 5 });
  assert.equal(await asking.read("slow", {}), null);
  assert.equal(opened[0].ended, true);
  const broken = asking.read("breaks", {});
  await Promise.resolve().then(() => Promise.resolve());
  setTimeout(() => opened[1]?.onerror(), 0);
  assert.equal(await broken, null);
  assert.deepEqual(await asking.read("good", {}), { good: true });
  asking.stop();
});

test("a download tells how much is here, and is nothing when it breaks off or stands still", async () => {
  const body = (parts) => new ReadableStream({ start: (to) => { parts.forEach((part) => to.enqueue(bytesOf(part))); to.close(); } });
  const seen = [];
  const good = await downloader(async () => new Response(body(["ab", "cde"]), { headers: { "Content-Type": "text/x" } }))("/a", (here) => seen.push(here));
  assert.deepEqual([new TextDecoder().decode(good.bytes), good.type, seen], ["abcde", "text/x", [2, 5]]);
  assert.equal(await downloader(async () => new Response("", { status: 404 }))("/a"), null);
  assert.equal(await downloader(async () => Promise.reject(new TypeError("cut")))("/a"), null);
  const still = (_url, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
  assert.equal(await downloader(still, 5)("/a"), null);
});
