import { KeyError, unlockKey } from "./keys.js";
import { StoreError, answered, transact } from "./shelf.js";
import { deleteDatabase, openDatabase, storeName } from "./store.js";

/**
 * @import {KeyRecord, Secret, Webcrypto} from "./keys.js"
 * @import {Store} from "./store.js"
 */

const NAME = "inhand-keys";
const TABLE = "keys";
/** @type {ReadonlyArray<(db: IDBDatabase) => void>} */
const STRUCTURE = [(db) => void db.createObjectStore(TABLE)];

/**
 * What the ring holds for an account. `next`: the key is being replaced. `ending`: sign-out began; no key is left.
 * @typedef {{record: KeyRecord | null, next: KeyRecord | null, ending: boolean}} Slot
 */

/**
 * The locked keys of all accounts on this phone, apart from their data.
 * @param {IDBFactory} indexedDB
 * @returns {Promise<Keyring>}
 */
export async function openKeyring(indexedDB) {
  return new Keyring(indexedDB, await openDatabase(indexedDB, NAME, STRUCTURE));
}

export class Keyring {
  #indexedDB;
  #db;

  /**
   * @param {IDBFactory} indexedDB
   * @param {IDBDatabase} db
   */
  constructor(indexedDB, db) {
    this.#indexedDB = indexedDB;
    this.#db = db;
  }

  /** @returns {Promise<string[]>} accounts whose copy is on this phone */
  async accounts() {
    const slots = await this.#slots();
    return slots.filter(([, slot]) => !slot.ending).map(([account]) => account);
  }

  /**
   * @param {string} account
   * @returns {Promise<KeyRecord | null>} tells the kind of lock, and what a passkey's PRF is asked with
   */
  async record(account) {
    return (await this.#slot(account))?.record ?? null;
  }

  /**
   * The first key of an account on this phone. Two tabs may open it the first time: the first one's key counts.
   * @param {string} account
   * @param {KeyRecord} record
   */
  async begin(account, record) {
    await transact(this.#db, [TABLE], "readwrite", async (tx) => {
      const shelf = tx.objectStore(TABLE);
      if (!(await answered(shelf.get(account)))) await answered(shelf.put({ record, next: null, ending: false }, account));
    });
  }

  /**
   * @param {string} account
   * @param {KeyRecord} record
   * @param {KeyRecord | null} [next]
   */
  async write(account, record, next = null) {
    await this.#put(account, { record, next, ending: false });
  }

  /**
   * Opens the store of an account. While its key is being replaced either key may fit: the old is tried first. `ask` is
   * called for each, but a PIN is asked for once.
   * @param {Webcrypto} crypto
   * @param {string} account
   * @param {(record: KeyRecord) => Promise<Secret>} ask  asks the person; not called for a key without a lock
   * @param {(key: CryptoKey) => Promise<Store>} open
   * @returns {Promise<Store>}
   * @throws {StoreError} key: no key of this phone opens it
   * @throws {import("./keys.js").KeyError} wrong
   */
  async unlock(crypto, account, ask, open) {
    const slot = await this.#slot(account);
    /** @type {unknown} */
    let reason = new StoreError("key");
    /** @type {Secret} */
    let given = { kind: "none" };
    for (const record of [slot?.record, slot?.next]) {
      if (!record) continue;
      try {
        if (record.kind !== "none" && (record.kind !== "pin" || given.kind !== "pin")) given = await ask(record);
        const store = await open(await unlockKey(crypto, record, given));
        if (slot?.next) await this.write(account, record);
        return store;
      } catch (error) {
        if (!doesNotFit(error)) throw error;
        if (!(reason instanceof KeyError)) reason = error; // what was asked for is what can be asked for again
      }
    }
    throw reason;
  }

  /**
   * Signs an account out: its locked key is destroyed first, then its data. What is deleted may stay readable in the
   * browser's files for a while; without the key it stays sealed.
   * @param {string} account
   */
  async destroy(account) {
    await this.#put(account, { record: null, next: null, ending: true });
    await this.#finish(account);
  }

  /**
   * Ends the sign-outs that a kill cut short. To be called at each start.
   * @returns {Promise<string[]>} accounts whose copy is on this phone
   */
  async finishEndings() {
    const slots = await this.#slots();
    for (const [account, slot] of slots) if (slot.ending) await this.#finish(account);
    return slots.filter(([, slot]) => !slot.ending).map(([account]) => account);
  }

  close() {
    this.#db.close();
  }

  /** @param {string} account */
  async #finish(account) {
    await deleteDatabase(this.#indexedDB, storeName(account));
    await transact(this.#db, [TABLE], "readwrite", (tx) => answered(tx.objectStore(TABLE).delete(account)));
  }

  /**
   * @param {string} account
   * @returns {Promise<Slot | undefined>}
   */
  #slot(account) {
    return transact(this.#db, [TABLE], "readonly", (tx) => answered(tx.objectStore(TABLE).get(account)));
  }

  /**
   * @param {string} account
   * @param {Slot} slot
   */
  async #put(account, slot) {
    await transact(this.#db, [TABLE], "readwrite", (tx) => answered(tx.objectStore(TABLE).put(slot, account)));
  }

  /** @returns {Promise<[string, Slot][]>} */
  #slots() {
    return transact(this.#db, [TABLE], "readonly", async (tx) => {
      const shelf = tx.objectStore(TABLE);
      const [keys, slots] = await Promise.all([answered(shelf.getAllKeys()), answered(shelf.getAll())]);
      return keys.map((key, at) => [String(key), slots[at]]);
    });
  }
}

/**
 * @param {unknown} error
 * @returns {boolean} whether another key may still open it
 */
function doesNotFit(error) {
  return (error instanceof StoreError && error.kind === "key") || (error instanceof KeyError && error.kind === "wrong");
}
