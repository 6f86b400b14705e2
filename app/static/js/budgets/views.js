/** What the list of money shows: which lines, in which months, with which sums. Pure. */
import { formatAmount } from "../core/money.js";
import { addDays } from "../core/dates.js";

/** @import {Entry, Kind, Pot} from "./rules.js" */

/**
 * `all` needs every line, also those that were taken back.
 * @typedef {{code: string, words: string, keeps: (entry: Entry, facts: Facts) => boolean, taken?: boolean}} View
 */
/** What a view may ask of a line besides its own fields. @typedef {{unsent: (id: string) => boolean}} Facts */

const VISITS = new Set(["service_received", "service_missed"]);
const IN = new Set(["instalment", "contribution", "refund", "transfer_in"]);
const SPENT = new Set(["spending", "paid_by_me"]);

/** @type {View[]} */
export const VIEWS = [
  { code: "", words: "Everything", keeps: () => true },
  { code: "spent", words: "Spending", keeps: ({ kind }) => SPENT.has(kind) },
  { code: "in", words: "Money in", keeps: ({ kind }) => IN.has(kind) },
  { code: "mine", words: "Paid from own pocket, and paid back", keeps: ({ kind }) => kind === "paid_by_me" || kind === "payback" },
  { code: "visits", words: "Visits", keeps: ({ kind }) => VISITS.has(kind) },
  { code: "bare", words: "Without a photo", keeps: ({ kind, files }) => SPENT.has(kind) && files.length === 0 },
  { code: "goalless", words: "Without a goal", keeps: ({ kind, goal }) => SPENT.has(kind) && goal === null },
  { code: "corrected", words: "Corrected", keeps: ({ replaces }) => replaces !== null },
  { code: "checked", words: "Checked with the bank", keeps: ({ state }) => state === "reconciled" },
  { code: "unsent", words: "Not sent yet", keeps: ({ id }, { unsent }) => unsent(id) },
  { code: "taken", words: "Taken back", keeps: () => true, taken: true },
];

/**
 * The lines of a view. A correction is one thing: the newest line stands for all that it said before.
 * @param {readonly Entry[]} entries
 * @param {View} view
 * @param {Facts} facts
 */
export function linesOf(entries, view, facts) {
  const lines = view.taken ? takenBack(entries) : entries.filter((one) => one.kind !== "reversal" && !one.superseded);
  return lines.filter((one) => view.keeps(one, facts));
}

/** Lines that were taken back for good, not for a correction. @param {readonly Entry[]} entries */
function takenBack(entries) {
  const corrected = new Set(entries.map((one) => one.replaces));
  return entries.filter((one) => one.superseded && one.kind !== "reversal" && !corrected.has(one.id));
}

/**
 * Whether a line has every word that is looked for.
 * @param {Entry} entry
 * @param {string} wanted
 */
export function fits(entry, wanted) {
  const text = `${entry.what} ${entry.merchant ?? ""} ${entry.note} ${formatAmount(entry.amount)}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * Months, newest first as the lines are, each with what was spent: refunds come off. By currency, as pots never mix.
 * @param {readonly Entry[]} lines
 * @param {readonly Pot[]} pots
 * @returns {Array<{month: string, lines: Entry[], spent: string}>}
 */
export function byMonth(lines, pots) {
  /** @type {Map<string, Entry[]>} */
  const months = new Map();
  for (const line of lines) {
    const month = line.on.slice(0, 7);
    const found = months.get(month) ?? [];
    found.push(line);
    months.set(month, found);
  }
  return [...months].map(([month, found]) => ({ month, lines: found, spent: spentIn(found, pots) }));
}

/** "£42.10", or "£42.10 and €12" with two currencies; nothing where nothing was spent. @param {Entry[]} lines @param {readonly Pot[]} pots */
function spentIn(lines, pots) {
  const currencies = new Map(pots.map((pot) => [pot.id, pot.currency]));
  /** @type {Map<import("../core/money.js").Currency, number>} */
  const sums = new Map();
  for (const { kind, amount, pot, superseded } of lines) {
    const sign = superseded ? 0 : SPENT.has(kind) ? 1 : kind === "refund" ? -1 : 0;
    const currency = currencies.get(pot);
    if (currency && sign) sums.set(currency, (sums.get(currency) ?? 0) + sign * amount);
  }
  return [...sums].filter(([, sum]) => sum > 0).map(([currency, sum]) => formatAmount(sum, currency)).join(" and ");
}

/**
 * The spending of the last seven days before today that had any, and the days on which it would happen again: a week
 * later, though never after today.
 * @param {readonly Entry[]} entries
 * @param {string} today
 * @returns {{from: string, to: string, lines: Array<{entry: Entry, on: string}>} | null}
 */
export function lastWeek(entries, today) {
  const spent = entries.filter((one) => SPENT.has(one.kind) && !one.superseded && one.on < today);
  const last = spent.reduce((day, one) => (one.on > day ? one.on : day), "");
  if (!last) return null;
  const to = last > addDays(today, -7) ? addDays(today, -1) : last;
  const from = addDays(to, -6);
  const lines = spent.filter((one) => one.on >= from && one.on <= to).sort((one, other) => (one.on < other.on ? -1 : 1));
  return { from, to, lines: lines.map((entry) => ({ entry, on: soonest(addDays(entry.on, 7), today) })) };
}

/** @param {string} day @param {string} today */
function soonest(day, today) {
  return day < today ? day : today;
}
