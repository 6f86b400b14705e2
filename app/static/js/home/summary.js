/**
 * What the next start paints of a stream before its rows are open: the very figures of Home, and for how long they
 * hold. Stored sealed, in the transaction that changes the rows.
 */
import { moneyRowsOf, potFigures, totalLeft } from "../budgets/figures.js";
import { byHolding } from "../budgets/holding.js";
import { addDays } from "../core/dates.js";
import { FORM } from "./seen.js";

/**
 * @import {MoneyRows, PotFigures} from "../budgets/figures.js"
 * @import {Total} from "../budgets/balance.js"
 * @import {Replica} from "../core/replica.js"
 * @import {Json} from "../core/types.js"
 */

/** @typedef {{form: number, links: Array<{person: string, role: string}>}} AccountSummary */
/**
 * The figures hold on every day from `day` until the day before `until` (null: for good), while no row changes.
 * @typedef {{form: number, name: string, colour: string, known: boolean, day: string, until: string | null,
 *   figures: PotFigures[], total: Total | null}} PersonSummary
 */

/**
 * @param {string} stream
 * @param {Pick<Replica, "rows" | "known">} replica
 * @param {string} today
 * @returns {Json | undefined} undefined for streams that Home says nothing of
 */
export function summariseStream(stream, replica, today) {
  const [kind, id = ""] = stream.split(":");
  if (kind === "account") return asJson(accountSummary(stream, replica));
  return kind === "person" ? asJson(personSummary(stream, id, replica, today)) : undefined;
}

/**
 * @param {string} stream
 * @param {Pick<Replica, "rows" | "known">} replica
 * @returns {AccountSummary}
 */
function accountSummary(stream, replica) {
  const links = [...replica.rows(stream, "relationship").values()].map((row) => row.body).filter((link) => !link["ended"] && seesMoney(link));
  return { form: FORM, links: links.map((link) => ({ person: String(link["person"]), role: String(link["role"]) })) };
}

/**
 * Of whose money only lines of one's own are here, nothing is summed up.
 * @param {import("../core/types.js").Facts} link
 */
function seesMoney({ scopes }) {
  return Array.isArray(scopes) && scopes.includes("see_money");
}

/**
 * @param {string} stream
 * @param {string} id
 * @param {Pick<Replica, "rows" | "known">} replica
 * @param {string} today
 * @returns {PersonSummary | undefined}
 */
function personSummary(stream, id, replica, today) {
  const person = replica.rows(stream, "person").get(id)?.body;
  if (!person) return undefined;
  const rows = moneyRowsOf((kind) => [...replica.rows(stream, kind).values()], replica.known(stream));
  const figures = potFigures(rows, today);
  const [total = null] = totalLeft(byHolding(figures).money, today);
  const who = { form: FORM, name: String(person["name"]), colour: String(person["colour"]), known: rows.known };
  return { ...who, day: today, until: nextChange(rows, today), figures, total };
}

/**
 * The first day after today on which the figures are others although no row changes: an entry with a later day begins
 * to count, a period begins or is over, a pot closes.
 * @param {MoneyRows} rows
 * @param {string} today
 * @returns {string | null}
 */
export function nextChange({ pots, periods, entries }, today) {
  let next = /** @type {string | null} */ (null);
  const note = (/** @type {string} */ day) => {
    if (day > today && (next === null || day < next)) next = day;
  };
  for (const { on } of entries) note(on);
  for (const { starts_on, ends_on } of periods) [starts_on, addDays(ends_on, 1)].forEach(note);
  for (const { closed_on } of pots) if (closed_on !== null) [closed_on, addDays(closed_on, 1)].forEach(note);
  return next;
}

/**
 * @param {AccountSummary | PersonSummary | undefined} summary
 * @returns {Json | undefined}
 */
function asJson(summary) {
  return /** @type {Json | undefined} */ (/** @type {unknown} */ (summary));
}
