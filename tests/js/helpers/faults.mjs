// Faults of the database: the n-th write fails, as when the phone is full or the browser is killed.
import { IDBObjectStore } from "fake-indexeddb";

const METHODS = ["put", "add", "delete"];

/**
 * Runs `work` with a fault at the n-th write (from 1). Returns how many writes there were up to it.
 */
export async function withFault({ at, name = "AbortError", tables = null }, work) {
  const real = Object.fromEntries(METHODS.map((method) => [method, IDBObjectStore.prototype[method]]));
  let writes = 0;
  for (const method of METHODS) {
    IDBObjectStore.prototype[method] = function (...args) {
      if (!tables || tables.includes(this.name)) writes += 1;
      if (writes === at) {
        writes += 1;
        throw new DOMException("planted", name);
      }
      return real[method].apply(this, args);
    };
  }
  try {
    await work();
  } finally {
    Object.assign(IDBObjectStore.prototype, real);
  }
  return writes;
}
