/** A phone whose copy has a lock, and the server's side of its gate as the server does it. */
import { webcrypto } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { closeGate, gateKey, openGate } from "../../../app/static/js/core/gate.js";
import { openKeyring } from "../../../app/static/js/core/keyring.js";
import { createKey } from "../../../app/static/js/core/keys.js";
import { openStore } from "../../../app/static/js/core/store.js";
import { changeLock, endLock, goOnEnding } from "../../../app/static/js/more/locking.js";
import { ACCOUNT } from "./phone.mjs";

export const OLD = "482915";
export const NEW = "777111";
export const pin = (digits) => ({ kind: "pin", pin: digits });

/** A shelf as the browser has it. */
export function shelf(kept = new Map()) {
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, String(value)), removeItem: (name) => void kept.delete(name) };
}

/** The sign-in, as app/accounts/session.py keeps it. `cookie`: locked by hand; `idle`: nobody used it for its minutes. */
function signIn() {
  const server = { cookie: null, gate: null, idle: false, asked: [], fault: () => null };
  const isClosed = () => server.cookie !== null || (server.gate !== null && server.idle);
  const unlock = (told, minutes) => {
    if ((server.cookie ?? told) !== told || (server.idle && server.gate !== null && server.gate !== told)) return 422;
    if (minutes) server.gate = told;
    Object.assign(server, { cookie: null, idle: false });
    return 200;
  };
  const does = {
    "/session/lock": ({ hash }) => (isClosed() ? 401 : ((server.cookie = hash), 200)),
    "/session/unlock": ({ told, minutes }) => unlock(told, minutes),
    "/session/lock/end": ({ told }) => (isClosed() ? 401 : ((server.gate = unlock(told) === 200 ? null : server.gate), 200)),
  };
  const ask = async (address, { body }) => {
    const { hash, key, minutes } = JSON.parse(body);
    const told = key && Buffer.from(await webcrypto.subtle.digest("SHA-256", Buffer.from(key, "hex"))).toString("hex");
    server.asked.push(address);
    const fault = server.fault(address);
    if (fault === "away") throw new TypeError("no signal");
    if (fault === "broken") return new Response("", { status: 503 });
    const status = does[address]({ hash, told, minutes });
    if (fault === "answer lost") throw new TypeError("no signal");
    return new Response("{}", { status });
  };
  return Object.assign(server, { ask, isClosed });
}

/**
 * `start` opens the copy as main.js and whole.js do: the lock screen closes the gate, the right secret opens it, and a copy
 * without a lock goes on ending it. Null where the secret is not right.
 */
export async function lockedPhone() {
  const [indexedDB, storage, tab, server] = [new IDBFactory(), shelf(), shelf(), signIn()];
  const ring = await openKeyring(indexedDB);
  await ring.begin(ACCOUNT, (await createKey(webcrypto, pin(OLD))).record);
  const log = [];
  const sync = { stop: () => log.push("stop"), goOn: () => log.push("go on"), subscribe: () => {}, kick: async () => {} };
  const kind = async () => (await ring.record(ACCOUNT)).kind;
  const start = async (digits) => {
    let key = null;
    const ask = async () => {
      await closeGate(server.ask, storage, ACCOUNT);
      return pin(digits);
    };
    const open = (found) => openStore({ indexedDB, crypto: webcrypto, account: ACCOUNT, key: (key = found), channel: null });
    const store = await ring.unlock(webcrypto, ACCOUNT, ask, open);
    const opened = (await kind()) === "none"
      ? await goOnEnding({ sync, key, account: ACCOUNT, ask: server.ask, storage }).then(() => !server.isClosed())
      : await openGate(server.ask, await gateKey({ crypto: webcrypto, key, account: ACCOUNT, storage }), 5);
    return { store, key, opened };
  };
  const parts = ({ store, key }) => ({ keyring: ring, store, sync, key, storage, tab, drafts: "drafts", ask: server.ask });
  const change = (opened, present = pin(OLD), to = pin(NEW)) => changeLock(parts(opened), present, to, {});
  const end = (opened, present = pin(OLD)) => endLock(parts(opened), present);
  return { ring, storage, tab, server, start, change, end, kind, parts, log };
}
