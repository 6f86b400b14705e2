// @ts-check
/**
 * The entries that an act on the ledger posts: correct, void, move money, end a period.
 * Pure, and the same in `budgets/acts.py`. Nothing is edited away: what was wrong is taken back by a reversal,
 * and the caller marks it superseded. All acts throw LedgerProblem.
 */

import { formatAmount } from "../core/money.js";
import { LedgerProblem, checkAmount, checkEntry, isLedgerDay, isService, isTransfer } from "./rules.js";

/** @typedef {import("./ledger.js").Statement} Statement */
/** @typedef {import("./rules.js").Entry} Entry */
/** @typedef {import("./rules.js").Fault} Fault */
/** @typedef {import("./rules.js").Kind} Kind */
/** @typedef {import("./rules.js").Period} Period */
/** @typedef {import("./rules.js").Pot} Pot */
/**
 * What a correction may change; a wrong pot is voided and recorded again in the right one.
 * @typedef {Partial<Pick<Entry, "kind" | "amount" | "on" | "what" | "merchant" | "goal" | "note" | "reason" | "files">>} Changes
 */
/** What a person says about moving money. @typedef {Pick<Entry, "amount" | "on" | "what" | "note">} Transfer */
/** Who acts, and the other side of a transfer. @typedef {{author: string, other?: Entry | null}} Act */

/**
 * The reversal of `entry` and the new entry that replaces it. Both sides of a transfer change together: give the
 * `other` side and its two ids.
 * @param {Entry} entry
 * @param {Changes} changes
 * @param {{reversal: string, entry: string, other_reversal?: string, other_entry?: string}} ids
 * @param {Act} act
 * @returns {Entry[]}
 */
export function planCorrection(entry, changes, ids, { author, other = null }) {
  const names = [
    { reversal: ids.reversal, entry: ids.entry },
    { reversal: ids.other_reversal, entry: ids.other_entry },
  ];
  return legsOf(entry, other).flatMap((leg, at) => [
    reversalOf(leg, given(names[at]?.reversal), author),
    { ...changed(leg, changes), id: given(names[at]?.entry), author },
  ]);
}

/**
 * The reversal that takes `entry` back. Both sides of a transfer go together: give the `other` side and its id.
 * @param {Entry} entry
 * @param {{reversal: string, other_reversal?: string}} ids
 * @param {Act} act
 * @returns {Entry[]}
 */
export function planVoid(entry, ids, { author, other = null }) {
  const names = [ids.reversal, ids.other_reversal];
  return legsOf(entry, other).map((leg, at) => reversalOf(leg, given(names[at]), author));
}

/**
 * The two sides of money moved from `source` to `target`.
 * @param {Pot} source
 * @param {Pot} target
 * @param {Transfer} facts
 * @param {{transfer: string, out: string, in: string}} ids
 * @param {{author: string}} act
 * @returns {Entry[]}
 */
export function planTransfer(source, target, facts, ids, { author }) {
  const out = { ...newEntry(source, "transfer_out", facts, ids.out, author), transfer: ids.transfer };
  const into = { ...newEntry(target, "transfer_in", facts, ids.in, author), transfer: ids.transfer };
  const fault = transferFault(source, target, out, into);
  if (fault) throw new LedgerProblem(fault.where, fault.sentence);
  return [out, into];
}

/**
 * End a period: `giveBack` goes to the funder on its last day, all else is carried over in the pot.
 * `closing` is the statement of that period. The caller marks the period ended.
 * @param {Pot} pot
 * @param {Period} period
 * @param {Statement} closing
 * @param {number} giveBack
 * @param {{repayment: string}} ids
 * @param {{author: string}} act
 * @returns {{entries: Entry[], carried: number}}
 */
export function planPeriodEnd(pot, period, closing, giveBack, ids, { author }) {
  const { closing: cash, owed_closing: owed } = closing;
  if (period.ended) throw new LedgerProblem("period", "This period has ended already.");
  if (cash === null || owed === null) {
    throw new LedgerProblem("period", "We do not know yet what is left. Wait until everything has arrived.");
  }
  if (giveBack === 0) return { entries: [], carried: cash };
  const sentence = giveBackFault(pot, giveBack, cash - owed);
  if (sentence) throw new LedgerProblem("give_back", sentence);
  const facts = { amount: giveBack, on: period.ends_on, what: `Given back to ${pot.funder}`, note: "" };
  return { entries: [newEntry(pot, "repayment", facts, ids.repayment, author)], carried: cash - giveBack };
}

/** @param {Entry} entry @param {Entry | null} other */
function legsOf(entry, other) {
  if (entry.kind === "reversal") {
    throw new LedgerProblem("entry", "This line takes another one back. It cannot be changed.");
  }
  if (entry.superseded) throw new LedgerProblem("entry", "This was changed already. Look at the newest line.");
  if (!isTransfer(entry.kind)) return [entry];
  if (other === null || !isOtherSide(entry, other)) {
    throw new LedgerProblem("entry", "We need both sides of this move of money. Wait until both have arrived.");
  }
  return [entry, other];
}

/** @param {Entry} entry @param {Entry} other */
function isOtherSide(entry, other) {
  return (
    isTransfer(other.kind) &&
    other.kind !== entry.kind &&
    other.transfer === entry.transfer &&
    other.amount === entry.amount &&
    !other.superseded
  );
}

/**
 * @param {Entry} entry
 * @param {string} id
 * @param {string} author
 * @returns {Entry}
 */
function reversalOf(entry, id, author) {
  return {
    ...entry, id, author,
    kind: "reversal", reverses: entry.id, replaces: null,
    note: "", files: [], state: "posted", superseded: false, rev: 0,
  };
}

/**
 * @param {Entry} entry
 * @param {Changes} changes
 * @returns {Entry}
 */
function changed(entry, changes) {
  const { kind, amount, on, what, merchant, goal, note, reason, files } = { ...entry, ...changes };
  const facts = { kind, amount, on, what, merchant, goal, note, reason, files: [...files] };
  if (isSame(facts, entry)) throw new LedgerProblem("entry", "Nothing was changed.");
  const fault = changeFault(entry, facts);
  if (fault) throw new LedgerProblem(fault.where, fault.sentence);
  const sameMoney = kind === entry.kind && amount === entry.amount && on === entry.on;
  const state = sameMoney ? entry.state : "posted";
  return { ...entry, ...facts, state, replaces: entry.id, reverses: null, superseded: false, rev: 0 };
}

/** @param {Required<Changes>} facts @param {Entry} entry */
function isSame({ files, ...facts }, entry) {
  const names = /** @type {(keyof typeof facts)[]} */ (Object.keys(facts));
  return (
    names.every((name) => facts[name] === entry[name]) &&
    files.length === entry.files.length &&
    files.every((file, at) => file === entry.files[at])
  );
}

/**
 * @param {Entry} entry
 * @param {Required<Changes>} facts
 * @returns {Fault | null}
 */
function changeFault(entry, { kind, amount, on }) {
  if (kind !== entry.kind && familyOf(kind) !== familyOf(entry.kind)) {
    const sentence = "This cannot become that kind of line. Take it back and write a new one.";
    return { where: "kind", sentence };
  }
  const sentence = checkAmount(kind, amount);
  if (sentence) return { where: "amount", sentence };
  if (isLedgerDay(on)) return null;
  return { where: "on", sentence: "Check the date. It must be a real day from 2000 to 2099." };
}

/** @param {Kind} kind */
function familyOf(kind) {
  if (isTransfer(kind) || kind === "reversal") return kind;
  return isService(kind) ? "service" : "cash";
}

/**
 * @param {Pot} source
 * @param {Pot} target
 * @param {Entry} out
 * @param {Entry} into
 * @returns {Fault | null}
 */
function transferFault(source, target, out, into) {
  if (source.id === target.id) return { where: "pot", sentence: "Choose two different pots." };
  if (source.currency !== target.currency) {
    return { where: "pot", sentence: "These pots are in two currencies. Money cannot move between them." };
  }
  return checkEntry(out, source) ?? checkEntry(into, target);
}

/** @param {Pot} pot @param {number} giveBack @param {number} left */
function giveBackFault(pot, giveBack, left) {
  const sentence = checkAmount("repayment", giveBack, pot.currency);
  if (sentence || giveBack <= left) return sentence;
  return `You can give back ${formatAmount(Math.max(0, left), pot.currency)} at most. That is what is left.`;
}

/**
 * @param {Pot} pot
 * @param {Kind} kind
 * @param {Transfer} facts
 * @param {string} id
 * @param {string} author
 * @returns {Entry}
 */
function newEntry(pot, kind, { amount, on, what, note }, id, author) {
  return {
    id, pot: pot.id, kind, amount, on, what, merchant: null, goal: null, note, reverses: null, replaces: null,
    transfer: null, reason: null, author, state: "posted", superseded: false, files: [], rev: 0,
  };
}

/** @param {string | undefined} id */
function given(id) {
  if (id === undefined) throw new TypeError("an id is missing for the other side of a transfer");
  return id;
}
