/**
 * Pictures to look at, also without a connection: this phone's own photo where it has it, else the one that the
 * server made, kept sealed in the store.
 * @import {Net} from "./net.js"
 * @import {Store} from "./store.js"
 */

/** @typedef {{bytes: Uint8Array<ArrayBuffer>, type: string}} Picture */

/**
 * @param {{store: Store, net: Net}} parts
 * @param {{person: string, sha256: string, size: "picture" | "thumbnail"}} name
 * @returns {Promise<Picture | null>} null: there is none yet, or no connection
 */
export async function findPicture({ store, net }, { person, sha256, size }) {
  const own = (await store.file(`${sha256}/${size}`)) ?? (await store.file(sha256));
  if (own?.type.startsWith("image/")) return { bytes: own.bytes, type: own.type };
  const reply = await net.picture({ person, sha256, size });
  if (reply.kind !== "ok") return null;
  const { bytes, type } = reply;
  await store.keepPicture({ name: `${sha256}/${size}`, stream: `person:${person}`, type, bytes }).catch(unkept);
  return { bytes, type };
}

/** No room to keep it: it is still shown. */
function unkept() {}
