// @ts-check
/** What the sums of a receipt prove about each other. All figures are pence. */

import { shares } from "./words.js";

/** @typedef {import("./shapes.js").Amount} Amount */
/** @typedef {ReadonlySet<number>} Sums */
/**
 * @typedef {object} Ledger the sums of a receipt by what their labels say they are
 * @property {Sums} cash
 * @property {Sums} change
 * @property {Sums} card
 * @property {Sums} subtotals
 * @property {Sums} taxes
 * @property {Sums} charges
 * @property {Sums} cashback
 * @property {Sums} roundings
 * @property {Sums} discounts
 * @property {Sums} pairs
 * @property {Sums} seen
 */

const RATES = [5, 6, 7, 8, 10, 19, 20, 25, 5.5, 21, 22, 16];
const ROUNDED = 5;
const FEW = 6;

/**
 * Sums sorted by their labels; signs are dropped, zero is kept for change only.
 * @param {Amount[]} amounts
 * @returns {Ledger}
 */
export function makeLedger(amounts) {
  const money = amounts.filter((one) => !one.sum.unit);
  const nothing = money.some((one) => one.labels.has("change") && one.pence === 0);
  const small = money.filter((one) => one.labels.has("rounding") && one.pence && Math.abs(one.pence) <= ROUNDED);
  return {
    cash: labelled(money, ["cash"], ["change", "cashback", "tax"]),
    change: new Set([...labelled(money, ["change"], []), ...(nothing ? [0] : [])]),
    card: labelled(money, ["card"], ["points", "discount", "saved", "cashback"]),
    subtotals: labelled(money, ["subtotal"], ["change"]),
    taxes: labelled(money, ["tax"], ["inclusive", "strong"]),
    charges: labelled(money, ["service", "tip"], ["total"]),
    cashback: labelled(money, ["cashback"], []),
    roundings: new Set(small.map((one) => one.pence)),
    discounts: labelled(money, ["discount"], ["total", "strong"]),
    pairs: rowPairs(money),
    seen: new Set(money.map((one) => Math.abs(one.pence))),
  };
}

/**
 * The sums above zero with one of the wanted labels and none of the unwanted.
 * @param {Amount[]} money
 * @param {string[]} wanted
 * @param {string[]} unwanted
 * @returns {Set<number>}
 */
function labelled(money, wanted, unwanted) {
  const kept = money.filter((one) => one.pence && shares(one.labels, wanted) && !shares(one.labels, unwanted));
  return new Set(kept.map((one) => Math.abs(one.pence)));
}

/**
 * Sums of two neighbours in one row, as in a table of tax: net and tax make gross.
 * @param {Amount[]} money
 * @returns {Set<number>}
 */
function rowPairs(money) {
  /** @type {Map<number, number[]>} */
  const byRow = new Map();
  for (const one of money) byRow.set(one.row, [...(byRow.get(one.row) ?? []), Math.abs(one.pence)]);
  /** @type {Set<number>} */
  const found = new Set();
  for (const row of byRow.values()) {
    for (const [net, tax] of pairs(row.slice(0, FEW))) {
      const big = Math.max(net, tax);
      const small = Math.min(net, tax);
      if (small && taxedAt(big, small)) found.add(big + small);
    }
  }
  return found;
}

/**
 * @param {number[]} numbers
 * @returns {[number, number][]}
 */
function pairs(numbers) {
  return numbers.flatMap((one, at) => numbers.slice(at + 1).map((other) => /** @type {[number, number]} */ ([one, other])));
}

/**
 * Whether the tax is one of the usual rates of the net, to the penny.
 * @param {number} net
 * @param {number} tax
 */
function taxedAt(net, tax) {
  return RATES.some((rate) => Math.abs((net * rate) / 100 - tax) <= 1.01);
}

/**
 * What speaks for a sum being the total.
 * @param {number} pence
 * @param {Ledger} ledger
 * @returns {Record<string, boolean>}
 */
export function evidenceFor(pence, ledger) {
  const { seen } = ledger;
  return {
    cash_change: [...ledger.cash].some((given) => ledger.change.has(given - pence)),
    card: ledger.card.has(pence) && !ledger.cashback.has(pence),
    cash_exact: ledger.cash.has(pence),
    sub_tax: addsUp(pence, ledger),
    tax_pair: ledger.pairs.has(pence),
    tax_inside: taxInside(pence, ledger),
    rounded: [...ledger.roundings].some((adjust) => seen.has(pence - adjust) || seen.has(pence + adjust)),
    cashback: [...ledger.cashback].some((back) => seen.has(pence + back)),
    discounted: [...ledger.discounts].some((off) => off && seen.has(pence + off)),
  };
}

/**
 * Whether a subtotal with tax, charges or both makes the sum.
 * @param {number} pence
 * @param {Ledger} ledger
 */
function addsUp(pence, ledger) {
  const extras = [...fewest(ledger.taxes), ...fewest(ledger.charges)];
  const sums = [...extras, ...pairs(extras).map(([one, other]) => one + other)];
  return [...ledger.subtotals].some((sub) => sums.some((extra) => extra && sub + extra === pence));
}

/**
 * @param {Sums} sums
 */
function fewest(sums) {
  return [...sums].sort((one, other) => one - other).slice(0, FEW);
}

/**
 * Whether a printed tax is the usual share of the sum.
 * @param {number} pence
 * @param {Ledger} ledger
 */
function taxInside(pence, ledger) {
  const taxes = [...ledger.taxes].filter((tax) => tax >= 10);
  return RATES.some((rate) => taxes.some((tax) => Math.abs((pence * rate) / (100 + rate) - tax) <= 1.01));
}
