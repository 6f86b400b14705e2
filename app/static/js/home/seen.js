/** What may be painted of Home before the rows are open. Pure. */
import { waitingCount, waitingFiles } from "../core/outbox.js";
import { asOfSentence } from "../parts/as-of.js";

/**
 * @import {Glance as Stored} from "../core/store.js"
 * @import {Place} from "../parts/place.js"
 * @import {AccountSummary, PersonSummary} from "./summary.js"
 * @import {Owner} from "./sums.js"
 */

/** Counts the shapes of a summary: one of another shape is not painted. */
export const FORM = 1;

/** @typedef {{person: Owner & {colour: string}, summary: PersonSummary, waiting: number, asof: string, more: boolean}} Seen */

/**
 * What may be painted, or null: the summary is not there, another version's, of other days, or from before the whole
 * stream was here.
 * @param {Stored} stored
 * @param {{account: string, place: Place, today: string, now: number}} facts
 * @returns {Seen | null}
 */
export function glanceOf(stored, { account, place, today, now }) {
  const { links } = /** @type {AccountSummary | undefined} */ (read(stored, `account:${account}`)) ?? { links: [] };
  const link = links.find((one) => one.person === place.person) ?? (place.person ? undefined : links[0]);
  if (!link) return null;
  const stream = `person:${link.person}`;
  const summary = /** @type {PersonSummary | undefined} */ (read(stored, stream));
  if (!summary || !holds(summary, today) || summary.known !== stored.known.has(stream)) return null;
  const waiting = waitingCount(stored.outbox) + waitingFiles(stored.outbox, stored.files).length;
  const asof = asOfSentence({ moment: summary.known ? stored.contact : null, waiting, now });
  const person = { id: link.person, role: link.role, name: summary.name, colour: summary.colour };
  return { person, summary, waiting, asof, more: links.length > 1 };
}

/**
 * @param {Stored} stored
 * @param {string} stream
 * @returns {unknown}
 */
function read({ summaries }, stream) {
  const found = /** @type {{form?: number} | null | undefined} */ (summaries.get(stream));
  return found?.form === FORM ? found : undefined;
}

/**
 * @param {PersonSummary} summary
 * @param {string} today
 */
function holds({ day, until }, today) {
  return day <= today && (until === null || today < until);
}
