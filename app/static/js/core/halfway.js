/**
 * What stood in the fields of a form when the copy was locked: sealed, for this tab alone, and put back after opening.
 * A PIN or password never, and no file.
 */
import { Seal } from "./seal.js";

/** @typedef {{[id: string]: string | boolean}} Values */
/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf */
/** @typedef {{crypto: Pick<Crypto, "subtle" | "getRandomValues">, key: CryptoKey, storage: Shelf, path: string}} Parts */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

const HALFWAY = "inhand.halfway";
const LONGEST_WAIT_MS = 10_000;
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "search"]);

/**
 * @param {Parts} parts
 * @param {ParentNode} page
 */
export async function keepHalfway({ crypto, key, storage, path }, page) {
  const values = Object.fromEntries(controls(page).map((control) => [control.id, valueOf(control)]));
  if (Object.keys(values).length === 0) return;
  const sealed = await new Seal(crypto, key).closeJson(HALFWAY, values);
  storage.setItem(HALFWAY, JSON.stringify({ path, sealed: Array.from(sealed) }));
}

/**
 * Puts the values back as soon as their fields are there, in the way a person would. It is done once.
 * @param {Parts} parts
 * @param {Document} page
 */
export async function putBack({ crypto, key, storage, path }, page) {
  const kept = JSON.parse(storage.getItem(HALFWAY) ?? "null");
  storage.removeItem(HALFWAY);
  if (kept?.path !== path) return;
  const opened = await new Seal(crypto, key).open(HALFWAY, Uint8Array.from(kept.sealed)).catch(() => null);
  if (!opened) return;
  /** @type {Values} */
  const values = JSON.parse(new TextDecoder().decode(opened));
  await appeared(page, Object.keys(values));
  for (const control of controls(page)) write(control, values[control.id]);
}

/** @param {ParentNode} page @returns {Control[]} */
function controls(page) {
  const found = /** @type {Control[]} */ ([...page.querySelectorAll("input[id], textarea[id], select[id]")]);
  return found.filter((control) => !NEVER.has(control.type));
}

/** @param {Control} control */
function valueOf(control) {
  return isTick(control) ? control.checked : control.value;
}

/** @param {Control} control @returns {control is HTMLInputElement} */
function isTick(control) {
  return control.type === "radio" || control.type === "checkbox";
}

/**
 * @param {Control} control
 * @param {string | boolean | undefined} value
 */
function write(control, value) {
  if (value === undefined || value === valueOf(control)) return;
  if (isTick(control)) return void (control.type === "radio" && !value ? null : control.click());
  control.value = String(value);
  for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, { bubbles: true }));
}

/**
 * @param {Document} page
 * @param {string[]} ids
 * @returns {Promise<void>} when all are there, or it took too long
 */
function appeared(page, ids) {
  return new Promise((resolve) => {
    const done = () => {
      watcher.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const look = () => void (ids.every((id) => page.getElementById(id)) && done());
    const watcher = new MutationObserver(look);
    const timer = setTimeout(done, LONGEST_WAIT_MS);
    watcher.observe(page.body, { childList: true, subtree: true });
    look();
  });
}
