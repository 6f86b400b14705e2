/** All that the money core says about one case, as canonical JSON; `tests/budgets/compute.py` says the same. */

import { planCorrection, planPeriodEnd, planTransfer, planVoid } from "../../app/static/js/budgets/acts.js";
import {
  balances, byGoal, byMonth, byState, replacedIn, stateOf, totals,
} from "../../app/static/js/budgets/balance.js";
import { combine, statement, summarise } from "../../app/static/js/budgets/ledger.js";
import { LedgerProblem, checkEntry, checkPayback } from "../../app/static/js/budgets/rules.js";
import { NotAnAmount, formatAmount, parseAmount, plainAmount } from "../../app/static/js/core/money.js";

/** One text for one value: keys in order, no blanks. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

export function compute(given) {
  const { pots, periods, entries, commitments, on, unknown, tries } = given;
  const parts = balances(pots, periods, entries, commitments, { on, unknown });
  const sums = summarise(entries, { until: on });
  const replaced = replacedIn(entries);
  return {
    balances: parts,
    totals: totals(pots, parts, { on }),
    statements: periods.map((period) => statement(period, entries)),
    sums,
    months: byMonth(sums),
    goals: byGoal(sums, pots),
    states: pots.map((pot) => byState(pot.id, entries, commitments)),
    lines: Object.fromEntries(entries.map((row) => [row.id, stateOf(row, replaced)])),
    checks: entries.slice(0, 5).flatMap((row) => pots.map((pot) => checkEntry(row, pot))),
    paybacks: parts.map((part) => checkPayback(1000, part.owed, part.currency)),
    acts: tries.map(outcome),
    carried: carriedOver(given),
  };
}

export function readAmount({ text, currency }) {
  try {
    const amount = parseAmount(text, currency);
    const written = [formatAmount(amount, currency), formatAmount(-amount, currency), plainAmount(-amount, currency)];
    return { amount, written };
  } catch (problem) {
    if (problem instanceof NotAnAmount) return { sentence: problem.message };
    throw problem;
  }
}

function carriedOver({ pots, periods, entries, commitments, on, cut }) {
  const old = entries.filter((row) => row.on < cut);
  const fresh = entries.filter((row) => row.on >= cut);
  const carried = summarise(old);
  return {
    balances: balances(pots, periods, fresh, commitments, { on, carried, originals: old }),
    statements: periods.map((period) => statement(period, fresh, { carried })),
    combined: combine(carried, summarise(fresh)),
  };
}

const ACTS = {
  correct: ({ entry, changes, ids, author, other }) => ({ entries: planCorrection(entry, changes, ids, { author, other }) }),
  void: ({ entry, ids, author, other }) => ({ entries: planVoid(entry, ids, { author, other }) }),
  transfer: ({ source, target, facts, ids, author }) => ({ entries: planTransfer(source, target, facts, ids, { author }) }),
  period_end: ({ pot, period, closing, give_back, ids, author }) =>
    planPeriodEnd(pot, period, closing, give_back, ids, { author }),
};

function outcome(attempt) {
  try {
    return ACTS[attempt.act](attempt);
  } catch (problem) {
    if (problem instanceof LedgerProblem) return { field: problem.field, sentence: problem.message };
    throw problem;
  }
}
