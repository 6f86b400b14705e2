/** What only the browser or the network can do for a screen: pictures, signing out. */

import { findPicture } from "../core/pictures.js";

/**
 * @import {Secret} from "../core/keys.js"
 * @import {Net} from "../core/net.js"
 * @import {ReminderDoor} from "../reminders/door.js"
 * @import {Store} from "../core/store.js"
 */

/**
 * @typedef {object} Doors
 * @property {(person: string, sha256: string, size: "thumbnail" | "picture") => Promise<string | null>} picture
 *   the address of a picture, from the phone's own copy or the server; null when neither has it
 * @property {() => Promise<import("../core/drafts.js").Drafts>} drafts  what was begun and not saved
 * @property {() => Promise<string>} lockKind  none, pin or passkey
 * @property {(pin: string) => Promise<Secret>} proveLock  what opens the copy now; a passkey is asked of the device, and the PIN left out then
 * @property {(present: Secret, to: import("../more/locking.js").Wanted) => Promise<void>} setLock
 *   seals the copy anew under another lock, or none, then starts again; both throw a KeyError with a sentence
 * @property {ReturnType<typeof import("../people/showing.js").showingDoor>} showing  the phone in the person's own hand
 * @property {ReminderDoor} reminders  messages on this device
 * @property {() => Promise<void>} signOut  destroys the key, then the copy, then ends the sign-in
 */

/**
 * The address of each picture is made once for as long as the app is open.
 * @param {{store: Store, net: Net}} parts
 * @returns {Doors["picture"]}
 */
export function pictureDoor(parts) {
  /** @type {Map<string, Promise<string | null>>} */
  const seen = new Map();
  return (person, sha256, size) => {
    const name = `${size} ${sha256}`;
    const found = seen.get(name) ?? findPicture(parts, { person, sha256, size }).then((picture) => picture && addressOf(picture.bytes, picture.type));
    seen.set(name, found);
    found.then((address) => address ?? seen.delete(name)).catch(() => seen.delete(name));
    return found;
  };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} type
 */
function addressOf(bytes, type) {
  return URL.createObjectURL(new Blob([bytes], { type }));
}
