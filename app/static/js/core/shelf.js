/**
 * Promises around IndexedDB requests and transactions. The database itself is opened by store.js alone.
 */

/** @type {{[kind: string]: string}} */
const SENTENCES = {
  full: "This phone has no space left. Nothing was lost. Free some space, then save again.",
  stale: "Another tab changed this first.",
  closed: "A newer version of this app is open in another tab. Reload this page to go on.",
  newer: "What is on this phone was written by a newer version. Reload this page to go on.",
  key: "This key does not open what is on this phone.",
  damaged: "Some of what is on this phone can't be read. Nothing was deleted.",
};

/** What went wrong in the store, with a sentence for the screen. */
export class StoreError extends Error {
  /**
   * @param {"full" | "stale" | "closed" | "newer" | "key" | "damaged"} kind
   * @param {unknown} [cause]
   */
  constructor(kind, cause) {
    super(SENTENCES[kind] ?? kind, { cause });
    this.name = "StoreError";
    this.kind = kind;
    this.sentence = this.message;
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * One transaction: all of `work` or nothing. `work` may await only requests of this transaction.
 * @template T
 * @param {IDBDatabase} db
 * @param {string[]} tables
 * @param {"readonly" | "readwrite"} mode
 * @param {(tx: IDBTransaction) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function transact(db, tables, mode, work) {
  try {
    const tx = db.transaction(tables, mode, { durability: "strict" });
    const over = finished(tx);
    const result = await work(tx).catch((error) => giveUp(tx, over, error));
    await over;
    return result;
  } catch (error) {
    throw named(error);
  }
}

/**
 * @param {IDBTransaction} tx
 * @returns {Promise<void>}
 */
function finished(tx) {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException("The transaction was given up.", "AbortError"));
  });
}

/**
 * Waits until nothing of the transaction is left, then fails with the first reason.
 * @param {IDBTransaction} tx
 * @param {Promise<void>} over
 * @param {unknown} error
 * @returns {Promise<never>}
 */
async function giveUp(tx, over, error) {
  try {
    tx.abort();
  } catch {
    // A request that failed has ended it already.
  }
  const reason = await over.then(() => null, (/** @type {unknown} */ ended) => ended);
  throw error instanceof StoreError || nameOf(reason) !== "QuotaExceededError" ? error : reason;
}

/**
 * @param {unknown} error
 * @returns {unknown}
 */
function named(error) {
  if (nameOf(error) === "QuotaExceededError") return new StoreError("full", error);
  if (nameOf(error) === "InvalidStateError") return new StoreError("closed", error);
  return error;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function nameOf(error) {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}
