// One phone of the tests: the real modules over fake-indexeddb, with timers that only move when told.
import { webcrypto } from "node:crypto";

import { IDBFactory } from "fake-indexeddb";

import { pageLocks } from "../../../app/static/js/core/locks.js";
import { openReplica } from "../../../app/static/js/core/replica.js";
import { openStore } from "../../../app/static/js/core/store.js";
import { createSync } from "../../../app/static/js/core/sync.js";
import { uuid } from "../../../app/static/js/core/ids.js";

export const ACCOUNT = "0f6f1c9e-6f0a-4f7e-9f55-0d3f3d3c1a01";
export const PERSON = "person:3b0d0b52-8f43-4d2c-b7e5-9c0f0b0f1b02";

export const ACTS = {
  "goal.write": (draft, op) => draft.patch("goal", op.row, op.facts),
  "goal.remove": (draft, op) => draft.remove("goal", op.row),
  "entry.record": (draft, op) => draft.put("entry", op.row, op.facts),
  "file.announce": (draft, op) => draft.put("file", op.row, { ...op.facts, state: "awaited" }),
};

export function newId() {
  return uuid(webcrypto);
}

export function newKey() {
  return webcrypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Timers that run when the test says so. */
export function handTimers() {
  const waiting = new Map();
  let last = 0;
  return {
    waiting,
    set(fn, ms) {
      last += 1;
      waiting.set(last, { fn, ms });
      return last;
    },
    clear: (id) => waiting.delete(id),
    longest: () => Math.max(0, ...[...waiting.values()].map(({ ms }) => ms)),
    async fire() {
      const due = [...waiting];
      waiting.clear();
      for (const [, { fn }] of due) fn();
    },
  };
}

/** Channels of one browser: what one tab posts, the others hear. */
export function airwaves() {
  const open = new Set();
  return () => {
    const channel = {
      onmessage: null,
      postMessage: (data) => open.forEach((other) => other !== channel && other.onmessage?.({ data })),
      close: () => open.delete(channel),
    };
    open.add(channel);
    return channel;
  };
}

export async function openPhone(options = {}) {
  const { indexedDB = new IDBFactory(), key = await newKey(), account = ACCOUNT, channel = null, steps, structure } = options;
  const given = Object.fromEntries(Object.entries({ steps, structure }).filter(([, value]) => value !== undefined));
  const store = await openStore({ indexedDB, crypto: webcrypto, account, key, channel, ...given });
  const { clock = { now: () => 1_700_000_000_000 }, acts = ACTS, summarise } = options;
  const parts = { store, acts, clock, ids: options.ids ?? newId, crypto: webcrypto };
  const replica = await openReplica(summarise ? { ...parts, summarise } : parts);
  const timers = options.timers ?? handTimers();
  const locks = options.locks ?? pageLocks();
  const sync = options.net
    ? createSync({ replica, store, net: options.net, locks, clock, random: () => 0.5, timers, pages: options.pages ?? [] })
    : null;
  return { indexedDB, key, account, store, replica, sync, timers, locks, clock, close: () => store.close() };
}
