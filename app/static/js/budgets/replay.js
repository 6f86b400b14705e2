/**
 * How acts on money show on this phone until the server's rows are here. The entries are planned by the same pure
 * rules as on the server; what cannot be planned here (a row that has not arrived) is left to the server.
 */
import { planCorrection, planPeriodEnd, planTransfer, planVoid } from "./acts.js";
import { statement } from "./ledger.js";
import { LedgerProblem, isTransfer } from "./rules.js";
import { addDays } from "../core/dates.js";

/**
 * @import {Acts, Draft, Facts, Op} from "../core/types.js"
 * @import {Commitment, Entry, Period, Pot} from "./rules.js"
 */

/** @type {Acts} */
export const budgetActs = {
  "pot.write": (draft, { row, facts, stream }) =>
    merge(draft, "pot", row, { person: stream.slice("person:".length), currency: "GBP", closed_on: null, rev: 0 }, facts),
  "period.write": (draft, { row, facts }) =>
    merge(draft, "period", row, { agreed: null, agreed_visits: null, ended: false, rev: 0 }, facts),
  "commitment.write": (draft, { row, facts }) =>
    merge(draft, "commitment", row, { goal: null, due_on: null, state: "planned", rev: 0 }, facts),
  "entry.record": (draft, { row, facts }) =>
    merge(draft, "entry", row, { merchant: null, goal: null, note: "", reason: null, files: [], ...NEW_ENTRY }, facts),
  "entry.correct": (draft, { row, facts }) =>
    planned(draft, row, (entry, other) => {
      const ids = stringsOf(facts);
      const changes = /** @type {import("./acts.js").Changes} */ (facts["changes"]);
      return planCorrection(entry, changes, /** @type {never} */ (ids), { author: entry.author, other });
    }),
  "entry.void": (draft, { row, facts }) =>
    planned(draft, row, (entry, other) => planVoid(entry, /** @type {never} */ (stringsOf(facts)), { author: entry.author, other })),
  "pot.transfer": (draft, op) => transfer(draft, op),
  "period.end": (draft, op) => endPeriod(draft, op),
};

const NEW_ENTRY = { reverses: null, replaces: null, transfer: null, author: "", state: "posted", superseded: false, rev: 0 };

/**
 * @param {Draft} draft
 * @param {string} kind
 * @param {string} id
 * @param {Facts} fresh  what a new row has besides its facts
 * @param {Facts} facts
 */
function merge(draft, kind, id, fresh, facts) {
  draft.put(kind, id, { ...(draft.get(kind, id) ?? { ...fresh, id }), ...facts });
}

/**
 * Posts what a correction or a void plans, and marks what it takes back.
 * @param {Draft} draft
 * @param {string} id
 * @param {(entry: Entry, other: Entry | null) => Entry[]} plan
 */
function planned(draft, id, plan) {
  const entry = entryOf(draft, id);
  if (!entry || entry.superseded) return;
  const other = isTransfer(entry.kind) ? otherSide(draft, entry) : null;
  attempt(() => post(draft, plan(entry, other)));
}

/**
 * @param {Draft} draft
 * @param {Op} op
 */
function transfer(draft, { row, facts }) {
  const source = draft.get("pot", String(facts["source"]));
  const target = draft.get("pot", String(facts["target"]));
  if (!source || !target) return;
  const ids = { transfer: row, out: String(facts["out_entry"]), in: String(facts["in_entry"]) };
  const said = /** @type {import("./acts.js").Transfer} */ (
    /** @type {unknown} */ ({ amount: facts["amount"], on: facts["on"], what: facts["what"], note: facts["note"] ?? "" })
  );
  attempt(() => post(draft, planTransfer(/** @type {Pot} */ (/** @type {unknown} */ (source)), /** @type {Pot} */ (/** @type {unknown} */ (target)), said, ids, { author: "" })));
}

/**
 * @param {Draft} draft
 * @param {Op} op
 */
function endPeriod(draft, { row, facts }) {
  const period = /** @type {Period | undefined} */ (/** @type {unknown} */ (draft.get("period", row)));
  const pot = period && /** @type {Pot | undefined} */ (/** @type {unknown} */ (draft.get("pot", period.pot)));
  if (!period || !pot) return;
  const entries = [...draft.rows("entry").values()].map((one) => /** @type {Entry} */ (/** @type {unknown} */ (one.body)));
  attempt(() => {
    const end = planPeriodEnd(pot, period, statement(period, entries), Number(facts["give_back"]), { repayment: String(facts["repayment"]) }, { author: "" });
    post(draft, end.entries);
    draft.patch("period", row, { ended: true });
    startNext(draft, period, facts["next"]);
  });
}

/**
 * @param {Draft} draft
 * @param {Period} period
 * @param {import("../core/types.js").Json | undefined} next
 */
function startNext(draft, period, next) {
  if (!next || typeof next !== "object" || Array.isArray(next)) return;
  const id = String(next["id"]);
  draft.put("period", id, { agreed_visits: null, ...next, id, pot: period.pot, starts_on: addDays(period.ends_on, 1), ended: false, rev: 0 });
}

/**
 * @param {Draft} draft
 * @param {readonly Entry[]} entries
 */
function post(draft, entries) {
  for (const entry of entries) {
    if (draft.get("entry", entry.id)) continue;
    draft.put("entry", entry.id, /** @type {Facts} */ (/** @type {unknown} */ ({ ...entry })));
    if (entry.reverses !== null) draft.patch("entry", entry.reverses, { superseded: true });
  }
}

/**
 * @param {Draft} draft
 * @param {string} id
 */
function entryOf(draft, id) {
  return /** @type {Entry | undefined} */ (/** @type {unknown} */ (draft.get("entry", id)));
}

/**
 * @param {Draft} draft
 * @param {Entry} entry
 * @returns {Entry | null}
 */
function otherSide(draft, entry) {
  for (const { id } of draft.rows("entry").values()) {
    const found = entryOf(draft, id);
    if (found && found.transfer === entry.transfer && found.id !== entry.id && !found.superseded && isTransfer(found.kind)) return found;
  }
  return null;
}

/**
 * @param {Facts} facts
 * @returns {{[name: string]: string}}
 */
function stringsOf(facts) {
  const found = Object.entries(facts).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

/** What the rules refuse here the server refuses with a sentence. @param {() => void} work */
function attempt(work) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof LedgerProblem)) throw error;
  }
}
