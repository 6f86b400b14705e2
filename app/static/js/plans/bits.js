/** Small parts of the plan's screens. */
import { html } from "htm/preact";
import { localDay, localTime, sayDay } from "../core/dates.js";
import { StoreError } from "../core/store.js";
import { TextError } from "../core/text.js";
import { LinkRow, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";

/** @import {Written} from "./history.js" */

/** @param {{account: string}} props */
export function Author({ account }) {
  const { live } = useApp();
  const person = usePerson();
  const own = person.role === "holder" || !account || account === live.who.account;
  return html`<span>Written by ${live.nameOf(person.stream, account)}${own ? "" : ` for ${person.name}`}</span>`;
}

/** Who wrote something, and when. @param {{one: Written}} props */
export function ByWhom({ one }) {
  const { live } = useApp();
  const today = live.today();
  const moment = new Date(one.at);
  const day = sayDay(localDay(moment), today);
  return html`<p class="quiet"><${Author} account=${one.by} />, ${day === "today" ? `today at ${localTime(moment)}` : day}</p>`;
}

/** A question that waits over this row: two people wrote apart. @param {{row: string}} props */
export function Disputed({ row }) {
  const { live } = useApp();
  const person = usePerson();
  const open = live.rows(person.stream, "conflict").filter(({ body }) => body["row"] === row && body["choice"] === null);
  if (!open.length) return null;
  return html`<div class="card card--rows">${open.map(({ id }) => html`<${LinkRow} key=${id} href=${person.path(`conflict/${id}`)}
    title="Two people changed one thing" quiet="Both are kept. Look at both and choose." lead=${html`<span class="tile"><${Icon} name="arrows-left-right" /></span>`} />`)}</div>`;
}

/** All that was written in this plan, for the history. @returns {import("./history.js").Source} */
export function useSource() {
  const { live } = useApp();
  const { stream } = usePerson();
  return { versions: live.rows(stream, "version"), outbox: live.outbox(), me: live.who.account, stream };
}

/**
 * The sentence of a text that can't be kept, or null once it is saved.
 * @param {() => Promise<unknown>} save
 * @returns {Promise<string | null>}
 */
export async function sentenceOf(save) {
  try {
    await save();
    return null;
  } catch (error) {
    if (error instanceof TextError || error instanceof StoreError) return error.message;
    throw error;
  }
}
