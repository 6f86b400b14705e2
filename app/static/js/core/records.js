import { hex } from "./ids.js";
import { formatOf, upcast } from "./migrate.js";
import { StoreError, answered, transact } from "./shelf.js";

/**
 * @import {Payload, Step} from "./migrate.js"
 * @import {Seal} from "./seal.js"
 * @import {Channel, Json} from "./types.js"
 */

/** @typedef {Uint8Array<ArrayBuffer>} Sealed */
/** @typedef {{key: IDBValidKey, record: Sealed}} Found */
/** `keys` counts how often the data key was replaced.
 * @typedef {{version: number, outboxVersion: number, keys: number, device: string, contact: string | null}} State */
/** One change of one record. No value: it is deleted. No key: it is appended under the table's counter. */
/** @typedef {{table: string, key?: IDBValidKey, value?: Sealed}} Write */

const REKEY_TRIES = 10;
const OUTBOX_TABLES = new Set(["outbox", "kept", "files"]);

/**
 * Sealed records in tables. Everything is sealed before a transaction opens, because a transaction ends by itself
 * while the browser encrypts. `version` counts changes of rows, `outboxVersion` those of the outbox: a tab that has
 * not seen the present `version` may not change rows.
 */
export class Records {
  #db;
  #seal;
  #steps;
  #crypto;
  #channel;
  /** @type {Promise<void>} */
  #turn = Promise.resolve();
  #keys;
  version = 0;
  outboxVersion = 0;
  /** @type {string | null} */
  contact = null;

  /**
   * @param {object} parts
   * @param {IDBDatabase} parts.db
   * @param {Seal} parts.seal
   * @param {Pick<Crypto, "getRandomValues">} parts.crypto
   * @param {number} parts.keys
   * @param {ReadonlyArray<Step>} parts.steps
   * @param {Channel | null} parts.channel
   */
  constructor({ db, seal, crypto, keys, steps, channel }) {
    this.#db = db;
    this.#seal = seal;
    this.#crypto = crypto;
    this.#keys = keys;
    this.#steps = steps;
    this.#channel = channel;
  }

  /** @returns {string} random: tells nothing about what it leads to */
  newKey() {
    return hex(this.#crypto.getRandomValues(new Uint8Array(12)));
  }

  /**
   * @param {string} table
   * @param {{[name: string]: unknown}} payload  plain JSON
   * @param {IDBValidKey} [key]
   * @returns {Promise<Write & {key: IDBValidKey}>}
   */
  async put(table, payload, key = this.newKey()) {
    return { table, key, value: await this.#closed(table, key, payload) };
  }

  /**
   * @param {string} table
   * @param {{[name: string]: unknown}} payload  plain JSON, the rest of the record
   * @param {string} name  of its one long list
   * @param {string[]} texts  the items, JSON already
   * @returns {Promise<Write & {key: IDBValidKey}>}
   */
  async putList(table, payload, name, texts) {
    const key = this.newKey();
    const rest = JSON.stringify({ f: formatOf(this.#steps), ...payload }).slice(0, -1);
    return { table, key, value: await this.#seal.closeText(placeOf(table, key), `${rest},"${name}":[${texts.join(",")}]}`) };
  }

  /**
   * @param {{[name: string]: unknown}} payload
   * @returns {Promise<Write>}
   */
  async append(payload) {
    return { table: "outbox", value: await this.#closed("outbox", "", payload) };
  }

  /**
   * @param {Sealed} bytes
   * @returns {Promise<Write & {key: string}>}
   */
  async putBytes(bytes) {
    const key = this.newKey();
    return { table: "pieces", key, value: await this.#seal.close(placeOf("pieces", key), bytes) };
  }

  /**
   * @param {string} key
   * @returns {Promise<Sealed | null>}
   */
  async bytes(key) {
    const record = await this.#read("pieces", key);
    return record ? this.#seal.open(placeOf("pieces", key), record) : null;
  }

  /**
   * Opens records, oldest format included.
   * @param {string} table
   * @param {Found[]} found
   * @returns {Promise<{key: IDBValidKey, payload: Payload, old: boolean, bytes: number}[]>}  `bytes`: sealed
   */
  open(table, found) {
    return Promise.all(found.map((one) => this.#opened(table, one)));
  }

  /**
   * All records of the tables as of one moment.
   * @param {string[]} tables
   * @param {ReadonlySet<IDBValidKey>} [but]  keys that are not needed again
   * @returns {Promise<{state: State, found: {[table: string]: Found[]}, present: Set<IDBValidKey>}>}
   */
  readAll(tables, but = new Set()) {
    return transact(this.#db, ["meta", ...tables], "readonly", async (tx) => {
      const state = /** @type {State} */ (await answered(tx.objectStore("meta").get("state")));
      if (state.keys !== this.#keys) throw new StoreError("closed");
      const keys = await Promise.all(tables.map((table) => answered(tx.objectStore(table).getAllKeys())));
      const lists = await Promise.all(tables.map((table, at) => readTable(tx, table, keys[at] ?? [], but)));
      return { state, found: Object.fromEntries(tables.map((table, at) => [table, lists[at] ?? []])), present: new Set(keys.flat()) };
    });
  }

  /**
   * @param {string} table
   * @param {IDBValidKey[]} keys
   * @returns {Promise<Found[]>}
   */
  pick(table, keys) {
    return transact(this.#db, [table], "readonly", (tx) => readKeys(tx, table, keys));
  }

  /** @returns {Promise<State>} */
  async state() {
    return (await this.readAll([])).state;
  }

  /**
   * Makes all the changes in one transaction. `rows`: refused as stale when another tab changed rows meanwhile.
   * A summary is left out (and the old one deleted) where another tab queued something that it does not know.
   * @param {Write[]} writes
   * @param {{rows?: boolean, contact?: string | null}} [how]
   * @returns {Promise<IDBValidKey[]>} the key of each write
   */
  commit(writes, { rows = false, contact = null } = {}) {
    const turn = this.#turn.then(() => this.#commit(writes, rows, contact));
    this.#turn = turn.then(ignore, ignore);
    return turn;
  }

  /**
   * @param {Write[]} writes
   * @param {boolean} rows
   * @param {string | null} contact
   * @returns {Promise<IDBValidKey[]>}
   */
  async #commit(writes, rows, contact) {
    const tables = [...new Set(["meta", ...writes.map((write) => write.table)])];
    const touched = writes.some((write) => OUTBOX_TABLES.has(write.table));
    const { keys, state, current } = await transact(this.#db, tables, "readwrite", async (tx) => {
      const before = /** @type {State} */ (await answered(tx.objectStore("meta").get("state")));
      this.#mayWrite(before, rows);
      const current = before.outboxVersion === this.outboxVersion;
      const state = next(before, rows, touched, contact);
      tx.objectStore("meta").put(state, "state");
      const keys = await Promise.all(writes.map((write) => carryOut(tx, write, current)));
      return { keys, state, current };
    });
    if (rows) this.version = state.version;
    if (current) this.outboxVersion = state.outboxVersion;
    this.contact = state.contact;
    if (rows || touched) this.#channel?.postMessage("changed");
    return keys;
  }

  /**
   * Seals every record anew, in one transaction. Other tabs may not write with the old key any more; what one wrote
   * while this one sealed is sealed in another go.
   * @param {Seal} fresh
   * @param {string[]} tables
   * @throws {StoreError} stale: other tabs write all the time
   */
  async rekey(fresh, tables) {
    for (let left = REKEY_TRIES; ; left -= 1) {
      try {
        return await this.#rekeyOnce(fresh, tables);
      } catch (error) {
        if (left === 1 || !(error instanceof StoreError) || error.kind !== "stale") throw error;
      }
    }
  }

  /**
   * @param {Seal} fresh
   * @param {string[]} tables
   */
  async #rekeyOnce(fresh, tables) {
    const { state, found } = await this.readAll(tables);
    const all = tables.flatMap((table) => (found[table] ?? []).map((one) => ({ table, ...one })));
    const writes = await Promise.all(all.map(({ table, key, record }) => this.#resealed(fresh, table, key, record)));
    const check = await fresh.closeJson("check", state.device);
    await transact(this.#db, ["meta", ...tables], "readwrite", async (tx) => {
      const now = /** @type {State} */ (await answered(tx.objectStore("meta").get("state")));
      if (now.version !== state.version || now.outboxVersion !== state.outboxVersion) throw new StoreError("stale");
      tx.objectStore("meta").put(check, "check");
      tx.objectStore("meta").put({ ...now, keys: now.keys + 1 }, "state");
      await Promise.all(writes.map((write) => carryOut(tx, write, true)));
    });
    this.#channel?.postMessage("changed");
  }

  /** @param {State} state */
  seen(state) {
    this.version = state.version;
    this.outboxVersion = state.outboxVersion;
    this.contact = state.contact;
  }

  close() {
    this.#channel?.close();
    this.#db.close();
  }

  /**
   * @param {string} table
   * @param {IDBValidKey} key
   * @returns {Promise<Sealed | undefined>}
   */
  #read(table, key) {
    return transact(this.#db, [table], "readonly", (tx) => answered(tx.objectStore(table).get(key)));
  }

  /**
   * @param {State} state
   * @param {boolean} rows
   * @throws {StoreError} closed, stale
   */
  #mayWrite(state, rows) {
    if (state.keys !== this.#keys) throw new StoreError("closed");
    if (rows && state.version !== this.version) throw new StoreError("stale");
  }

  /**
   * @param {Seal} fresh
   * @param {string} table
   * @param {IDBValidKey} key
   * @param {Sealed} record
   * @returns {Promise<Write>}
   */
  async #resealed(fresh, table, key, record) {
    const place = placeOf(table, key);
    return { table, key, value: await fresh.close(place, await this.#seal.open(place, record)) };
  }

  /**
   * @param {string} table
   * @param {IDBValidKey} key
   * @param {{[name: string]: unknown}} payload
   */
  #closed(table, key, payload) {
    const written = /** @type {Json} */ ({ f: formatOf(this.#steps), ...payload });
    return this.#seal.closeJson(placeOf(table, key), written);
  }

  /**
   * @param {string} table
   * @param {Found} found
   */
  async #opened(table, { key, record }) {
    const payload = /** @type {Payload} */ (await this.#openJson(placeOf(table, key), record));
    const current = upcast(table, payload, this.#steps);
    if (!current) throw new StoreError("newer");
    return { key, payload: current, old: current !== payload, bytes: record.length };
  }

  /**
   * @param {string} place
   * @param {Sealed} record
   */
  async #openJson(place, record) {
    try {
      return await this.#seal.openJson(place, record);
    } catch (error) {
      throw new StoreError("damaged", error);
    }
  }
}

/** A commit that failed has told its caller; the next one goes ahead. */
function ignore() {}

/**
 * @param {string} table
 * @param {IDBValidKey} key
 * @returns {string}
 */
function placeOf(table, key) {
  return table === "outbox" ? table : `${table} ${String(key)}`;
}

/**
 * @param {IDBTransaction} tx
 * @param {string} table
 * @param {IDBValidKey[]} keys
 * @param {ReadonlySet<IDBValidKey>} but
 * @returns {Promise<Found[]>}
 */
async function readTable(tx, table, keys, but) {
  if (but.size > 0) return readKeys(tx, table, keys.filter((key) => !but.has(key)));
  const records = await answered(tx.objectStore(table).getAll());
  return records.map((record, at) => ({ key: keys[at] ?? "", record }));
}

/**
 * @param {IDBTransaction} tx
 * @param {string} table
 * @param {IDBValidKey[]} keys
 * @returns {Promise<Found[]>}
 */
function readKeys(tx, table, keys) {
  return Promise.all(keys.map(async (key) => ({ key, record: await answered(tx.objectStore(table).get(key)) })));
}

/**
 * @param {State} state
 * @param {boolean} rows
 * @param {boolean} outbox
 * @param {string | null} contact
 * @returns {State}
 */
function next(state, rows, outbox, contact) {
  return {
    ...state,
    version: state.version + (rows ? 1 : 0),
    outboxVersion: state.outboxVersion + (outbox ? 1 : 0),
    contact: contact ?? state.contact,
  };
}

/**
 * @param {IDBTransaction} tx
 * @param {Write} write
 * @param {boolean} current
 * @returns {Promise<IDBValidKey>}
 */
async function carryOut(tx, { table, key, value }, current) {
  const shelf = tx.objectStore(table);
  if (key === undefined) return answered(shelf.add(value));
  // Where the key is known there is nothing to wait for: a change that fails ends the transaction with its reason.
  if (!value || (table === "summaries" && !current)) shelf.delete(key);
  else shelf.put(value, key);
  return key;
}

/**
 * Proves the key, and names this device the first time.
 * @param {IDBDatabase} db
 * @param {Seal} seal
 * @param {string} device
 * @returns {Promise<{device: string, keys: number}>}
 */
export async function introduce(db, seal, device) {
  const { check, state } = (await introduced(db, null)) ?? (await introduced(db, { check: await seal.closeJson("check", device), device }));
  try {
    return { device: String(await seal.openJson("check", check)), keys: state.keys };
  } catch (error) {
    db.close();
    throw new StoreError("key", error);
  }
}

/**
 * What a store says of itself. Two tabs may open it the first time: the first one's word counts.
 * @param {IDBDatabase} db
 * @param {{check: Sealed, device: string} | null} own  written when there is nothing yet
 */
function introduced(db, own) {
  return transact(db, ["meta"], own ? "readwrite" : "readonly", async (tx) => {
    const meta = tx.objectStore("meta");
    const [check, state] = await Promise.all([answered(meta.get("check")), answered(meta.get("state"))]);
    if (check || !own) return check && { check, state };
    const fresh = { version: 0, outboxVersion: 0, keys: 0, device: own.device, contact: null };
    await Promise.all([answered(meta.put(own.check, "check")), answered(meta.put(fresh, "state"))]);
    return { check: own.check, state: fresh };
  });
}
