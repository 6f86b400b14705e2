/** What only the browser or the network can do for a screen: pictures, signing out. */

/**
 * @import {Net} from "../core/net.js"
 * @import {Store} from "../core/store.js"
 */

/**
 * @typedef {object} Doors
 * @property {(person: string, sha256: string, size: "thumbnail" | "picture") => Promise<string | null>} picture
 *   the address of a picture, from the phone's own copy or the server; null when neither has it
 * @property {() => Promise<string>} lockKind  none, pin or passkey
 * @property {(pin: string) => Promise<void>} lockWithPin  seals the copy anew under a PIN, then starts again
 * @property {() => Promise<void>} signOut  destroys the key, then the copy, then ends the sign-in
 */

/**
 * Pictures from the phone first, then from the server; kept sealed on the phone once seen.
 * @param {object} parts
 * @param {Store} parts.store
 * @param {Net} parts.net
 * @returns {Doors["picture"]}
 */
export function pictureDoor({ store, net }) {
  /** @type {Map<string, Promise<string | null>>} */
  const seen = new Map();
  return (person, sha256, size) => {
    const name = `${size} ${sha256}`;
    const found = seen.get(name) ?? look({ store, net, person, sha256, size, name });
    seen.set(name, found);
    found.then((address) => address ?? seen.delete(name)).catch(() => seen.delete(name));
    return found;
  };
}

/**
 * @param {{store: Store, net: Net, person: string, sha256: string, size: "thumbnail" | "picture", name: string}} wanted
 * @returns {Promise<string | null>}
 */
async function look({ store, net, person, sha256, size, name }) {
  const own = (await store.file(sha256)) ?? (await store.file(name));
  if (own && own.type.startsWith("image/")) return addressOf(own.bytes, own.type);
  const reply = await net.picture({ person, sha256, size });
  if (reply.kind !== "ok") return null;
  if (size === "thumbnail") await store.keepPicture({ name, stream: `person:${person}`, type: reply.type, bytes: reply.bytes });
  return addressOf(reply.bytes, reply.type);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} type
 */
function addressOf(bytes, type) {
  return URL.createObjectURL(new Blob([bytes], { type }));
}
