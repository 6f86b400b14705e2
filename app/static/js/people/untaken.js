/**
 * What was refused of a plan that is closed now goes, as plain text, into its author's own account on the server, and
 * then from this phone: nothing of that plan stays here.
 */
import { actWords, plainWords } from "../more/act-words.js";

/**
 * @import {Replica} from "../core/replica.js"
 * @import {Asker} from "../core/session.js"
 * @import {Kept} from "../core/types.js"
 */
/** @typedef {{account: string, count: number, until: string}} Handed  `until`: an ISO day, the last one */
/** @typedef {Pick<Storage, "getItem" | "setItem">} Shelf */

const ADDRESS = "/account/not-taken";
const HANDED = "inhand.handed";
const MOST_AT_ONCE = 50;
const MOST_BYTES = 1_000_000;
const LONGEST = 20_000;
const PATIENCE_MS = 20_000;
const DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Hands in what the server may keep. What it does not take stays on the phone, and is shown there.
 * @param {object} parts
 * @param {Pick<Replica, "discard">} parts.replica
 * @param {Asker} parts.ask
 * @param {string} parts.account
 * @param {Shelf} parts.storage
 * @param {{now: () => number}} parts.clock
 * @param {ReadonlyArray<Kept>} wanted
 */
export async function handIn({ replica, ask, account, storage, clock }, wanted) {
  for (const items of pieces(wanted.map(written).filter((item) => item.words.length <= LONGEST))) {
    const kept = await sent(ask, { account, items });
    if (!kept.length) continue;
    const before = handedOf(storage, account, clock.now());
    const until = new Date(clock.now() + DAYS * DAY_MS).toISOString().slice(0, 10);
    storage.setItem(HANDED, JSON.stringify({ account, count: kept.length + (before?.count ?? 0), until }));
    await replica.discard(kept);
  }
}

/**
 * @param {Shelf} storage
 * @param {string} account
 * @param {number} now
 * @returns {Handed | null} how many things lie in the account, as far as this phone knows
 */
export function handedOf(storage, account, now) {
  try {
    const found = JSON.parse(storage.getItem(HANDED) ?? "null");
    return found?.account === account && new Date(now).toISOString().slice(0, 10) <= found.until ? found : null;
  } catch {
    return null;
  }
}

/**
 * As many at once as the server takes, in number and in bytes.
 * @param {ReturnType<typeof written>[]} items
 */
function pieces(items) {
  /** @type {ReturnType<typeof written>[][]} */
  const found = [];
  let size = Infinity;
  for (const item of items) {
    const bytes = new TextEncoder().encode(JSON.stringify(item)).length;
    if (size + bytes > MOST_BYTES || found.at(-1)?.length === MOST_AT_ONCE) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push(item);
    size += bytes;
  }
  return found;
}

/** @param {Kept} kept */
function written({ id, op }) {
  return { id, person: op.stream.slice("person:".length), title: actWords(op), words: plainWords(op.facts) };
}

/**
 * @param {Asker} ask
 * @param {{account: string, items: object[]}} body
 * @returns {Promise<string[]>} the ids that the server keeps; none when it could not be reached, or did not want them
 */
async function sent(ask, body) {
  if (!body.items.length) return [];
  try {
    const headers = { "Content-Type": "application/json", "X-Inhand-Sync": "1" };
    const response = await ask(ADDRESS, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS) });
    const { kept } = await response.json();
    return response.ok && Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}
