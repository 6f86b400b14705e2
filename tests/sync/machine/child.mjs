// Phones of the state machine: the real client modules over fake-indexeddb. Commands come as JSON lines; what a
// phone sends to the server goes out as a line too, and the answer comes back as one.
import { createHash, webcrypto } from "node:crypto";
import { createInterface } from "node:readline";

import { IDBFactory } from "fake-indexeddb";

import { acts } from "../../../app/static/js/acts.js";
import { balances } from "../../../app/static/js/budgets/balance.js";
import { uuid } from "../../../app/static/js/core/ids.js";
import { pageLocks } from "../../../app/static/js/core/locks.js";
import { createNet } from "../../../app/static/js/core/net.js";
import { openReplica } from "../../../app/static/js/core/replica.js";
import { openStore } from "../../../app/static/js/core/store.js";
import { createSync } from "../../../app/static/js/core/sync.js";

const phones = new Map();
const asked = new Map();
let lastAsk = 0;

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const stillTimers = { set: () => 0, clear: () => {} };
const clock = { now: () => Date.now() };

function fetchOf(device) {
  return async (path, how = {}) => {
    lastAsk += 1;
    const ask = lastAsk;
    const body = typeof how.body === "string" ? how.body : how.body ? Buffer.from(how.body).toString("base64") : null;
    const raw = how.body !== undefined && typeof how.body !== "string";
    write({ ask, device, path, method: how.method ?? "GET", headers: how.headers ?? {}, body, raw });
    const answer = await new Promise((resolve) => asked.set(ask, resolve));
    if (answer.lost) throw new TypeError("the connection was cut");
    return new Response(Buffer.from(answer.body, "base64"), { status: answer.status, headers: answer.headers });
  };
}

async function open(device, account, before = null) {
  const indexedDB = before?.indexedDB ?? new IDBFactory();
  const key = before?.key ?? (await webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
  const store = await openStore({ indexedDB, crypto: webcrypto, account, key });
  const replica = await openReplica({ store, acts, clock, ids: () => uuid(webcrypto), crypto: webcrypto });
  const net = createNet({ fetch: fetchOf(device), timers: stillTimers });
  const sync = createSync({ replica, store, net, locks: pageLocks(), clock, random: () => 0.5, timers: stillTimers });
  phones.set(device, { indexedDB, key, store, replica, sync, account });
}

const bytesOf = (seed, size) => {
  const unit = createHash("sha256").update(String(seed)).digest();
  return new Uint8Array(Buffer.concat(Array.from({ length: Math.ceil(size / 32) }, () => unit)).subarray(0, size));
};

function rowsOf(replica, stream) {
  const kinds = ["person", "member", "goal", "version", "pot", "period", "entry", "commitment", "conflict", "file"];
  const found = {};
  for (const kind of kinds) {
    for (const [id, row] of replica.rows(stream, kind)) found[`${kind} ${id}`] = { rev: row.rev, body: row.body };
  }
  return found;
}

const commands = {
  open: ({ device, account }) => open(device, account),
  async kill({ device }) {
    const before = phones.get(device);
    before.sync.stop();
    before.store.close();
    await open(device, before.account, before);
  },
  async reinstall({ device }) {
    const before = phones.get(device);
    before.sync.stop();
    before.store.close();
    await open(device, before.account);
  },
  async act({ device, requests }) {
    const ready = requests.map(({ files = [], ...request }) => ({
      ...request,
      files: files.map(({ seed, size }) => ({ bytes: bytesOf(seed, size), type: "image/jpeg", name: "Receipt" })),
    }));
    return { ops: await phones.get(device).replica.acts(ready) };
  },
  async sync({ device }) {
    const { sync } = phones.get(device);
    await sync.kick("tap");
    return sync.status();
  },
  async state({ device, stream, today }) {
    const { replica, store } = phones.get(device);
    const bodies = (kind) => [...replica.rows(stream, kind).values()].map((row) => row.body);
    const money = balances(bodies("pot"), bodies("period"), bodies("entry"), bodies("commitment"), { on: today });
    return {
      rows: rowsOf(replica, stream),
      outbox: replica.outbox().map(({ op, done, aside }) => ({ id: op.id, act: op.act, done: done !== null, aside })),
      kept: replica.kept().map(({ op, code }) => ({ id: op.id, act: op.act, code })),
      streams: replica.streams(),
      known: replica.known(stream),
      files: store.files().filter((note) => note.state === "waiting").map((note) => note.sha256),
      money: Object.fromEntries(money.map((one) => [one.pot, one.left])),
    };
  },
};

async function carryOut({ id, cmd, ...rest }) {
  try {
    write({ id, result: (await commands[cmd](rest)) ?? null });
  } catch (error) {
    write({ id, error: `${error?.stack ?? error}` });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.answer !== undefined) {
    asked.get(message.answer)?.(message);
    asked.delete(message.answer);
  } else {
    void carryOut(message);
  }
}
