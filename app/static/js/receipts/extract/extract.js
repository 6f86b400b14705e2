// @ts-check
/**
 * From lines of text to a reading, on the phone. Pure: no clock, no store, no network.
 * The same extractor as `app/receipts/reading/extract.py`; both are run over the same lines and must agree.
 */

import { cutBox, findAmounts } from "./amounts.js";
import { judgeDate, judgeMerchant, judgeTotal } from "./confidence.js";
import { rankDates } from "./dates.js";
import { listItems, written } from "./items.js";
import { buildRows, rowText } from "./lines.js";
import { rankMerchants } from "./merchant.js";
import { emptyField } from "./shapes.js";
import { rankTotals } from "./total.js";
import { plain, shares } from "./words.js";

export { makeRules } from "./words.js";

/** @typedef {import("./shapes.js").Amount} Amount */
/** @typedef {import("./shapes.js").Field} Field */
/** @typedef {import("./shapes.js").Hints} Hints */
/** @typedef {import("./shapes.js").Line} Line */
/** @typedef {import("./shapes.js").Reading} Reading */
/** @typedef {import("./shapes.js").Row} Row */
/** @typedef {import("./words.js").Rules} Rules */

/**
 * Merchant, date, total, currency, VAT and items of one receipt, each with its doubt.
 * @param {Rules} rules from makeRules(the contents of reading.json)
 * @param {readonly Line[]} lines
 * @param {Hints} [hints]
 * @returns {Reading}
 */
export function extract(rules, lines, hints = {}) {
  const rows = buildRows(lines);
  if (!rows.length) return nothing();
  const amounts = findAmounts(rules, rows);
  const totals = rankTotals(rules, rows, amounts);
  const best = totals[0];
  return {
    merchant: judgeMerchant(rules, rankMerchants(rules, rows, hints)),
    date: judgeDate(rules, rankDates(rules, rows, hints)),
    total: judgeTotal(rules, totals),
    vat: findVat(rules, amounts, best ? Math.abs(best.pence) : 0),
    currency: findCurrency(rules, rows, amounts, hints),
    items: listItems(rows, amounts, best ? best.pence : null),
  };
}

/**
 * @returns {Reading}
 */
function nothing() {
  const empty = emptyField();
  return { merchant: empty, date: empty, total: empty, vat: empty, currency: null, items: [] };
}

/**
 * The currency printed most, else the one that words of the receipt speak for, else the country's.
 * @param {Rules} rules
 * @param {Row[]} rows
 * @param {Amount[]} amounts
 * @param {Hints} hints
 * @returns {string | null}
 */
function findCurrency(rules, rows, amounts, hints) {
  const { currency } = rules.data;
  const codes = amounts.flatMap((one) => textOf(currency[one.sum.symbol]));
  if (codes.length) return mostOf(codes);
  const whole = plain(rows.map(rowText).join(" "));
  const { words, countries } = currency;
  for (const [code, rule] of Array.isArray(words) ? words : []) if (new RegExp(rule).test(whole)) return code;
  if (typeof countries !== "object" || Array.isArray(countries)) return null;
  return countries[(hints.country ?? "").toUpperCase()] ?? null;
}

/**
 * A text as a list of one, anything else as none.
 * @param {unknown} value
 * @returns {string[]}
 */
function textOf(value) {
  return typeof value === "string" ? [value] : [];
}

/**
 * The most frequent text, the first in the alphabet among equals.
 * @param {string[]} codes
 */
function mostOf(codes) {
  /** @param {string} code */
  const count = (code) => codes.filter((one) => one === code).length;
  return [...new Set(codes)].sort().reduce((best, code) => (count(code) > count(best) ? code : best));
}

/**
 * The tax printed, where it can be a tax of the total.
 * @param {Rules} rules
 * @param {Amount[]} amounts
 * @param {number} total
 * @returns {Field}
 */
function findVat(rules, amounts, total) {
  for (const one of [...amounts].reverse()) {
    const pence = Math.abs(one.pence);
    const fits = pence > 0 && pence * 3 < total && !one.sum.unit;
    if (fits && one.labels.has("tax") && !shares(one.labels, ["inclusive", "strong", "subtotal"])) {
      const { line } = one.part;
      const box = cutBox(line, one.sum.start, one.sum.end);
      return { value: written(pence), confidence: 0.5, reason: rules.data.reasons["vat"] ?? "", box, page: line.page };
    }
  }
  return emptyField();
}
