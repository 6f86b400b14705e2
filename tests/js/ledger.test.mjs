/** The ledger on the phone: the ledgers worked out by hand, the acts, what is not known, and sums that fold. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { planCorrection, planPeriodEnd, planTransfer, planVoid } from "../../app/static/js/budgets/acts.js";
import { balance, balances, byState, stateOf } from "../../app/static/js/budgets/balance.js";
import { combine, noSums, statement, summarise } from "../../app/static/js/budgets/ledger.js";
import { LedgerProblem, checkAmount, checkEntry, checkPayback } from "../../app/static/js/budgets/rules.js";
import { compute } from "./compute.mjs";

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/ledgers.json", import.meta.url), "utf8"));
const POT = { ...VECTORS.defaults.pot, id: "nhs" };
const YEAR = { ...VECTORS.defaults.period, id: "year", starts_on: "2026-04-06", ends_on: "2027-04-05", agreed: 9000 };
const IDS = { reversal: "r", entry: "n", other_reversal: "r2", other_entry: "n2" };

function entry(kind, amount, more = {}) {
  return { ...VECTORS.defaults.entry, id: `${kind}-1`, kind, amount, on: "2026-05-01", ...more };
}

function wholeCase(ledger) {
  const fill = (names, one) => (ledger[names] ?? []).map((row) => ({ ...VECTORS.defaults[one], ...row }));
  return {
    pots: fill("pots", "pot"), periods: fill("periods", "period"), entries: fill("entries", "entry"),
    commitments: fill("commitments", "commitment"),
    on: ledger.on, unknown: ledger.unknown ?? [], tries: [], cut: "2000-01-01",
  };
}

function assertHolds(found, expected) {
  for (const [name, figure] of Object.entries(expected)) assert.deepEqual(found[name], figure, name);
}

for (const ledger of VECTORS.ledgers) {
  test(ledger.name, () => {
    const result = compute(wholeCase(ledger));
    const { balances: left, statements, states, lines, ...lists } = ledger.expect;
    for (const [pot, figures] of Object.entries(left ?? {})) {
      assertHolds(result.balances.find((one) => one.pot === pot), figures);
    }
    for (const [period, figures] of Object.entries(statements ?? {})) {
      assertHolds(result.statements.find((one) => one.period === period), figures);
    }
    for (const [pot, figures] of Object.entries(states ?? {})) {
      assertHolds(result.states.find((one) => one.pot === pot), figures);
    }
    assertHolds(result.lines, lines ?? {});
    assertHolds(result, lists);
  });
}

test("a correction takes the old line back and names it in the new one", () => {
  const old = entry("spending", 1000, { note: "with Ann", files: ["ab"], state: "reconciled", rev: 7 });
  const [reversal, fresh] = planCorrection(old, { amount: 1200 }, IDS, { author: "carol" });
  assert.deepEqual(reversal, {
    ...old, id: "r", kind: "reversal", reverses: old.id, note: "", files: [], author: "carol", state: "posted", rev: 0,
  });
  assert.deepEqual(fresh, {
    ...old, id: "n", amount: 1200, replaces: old.id, author: "carol", state: "posted", rev: 0,
  });
});

test("a correction of words alone stays reconciled and leaves the old line untouched", () => {
  const old = Object.freeze(entry("spending", 1000, { state: "reconciled" }));
  const [, fresh] = planCorrection(old, { what: "Taxi", goal: "swim" }, IDS, { author: "carol" });
  assert.equal(fresh.state, "reconciled");
  assert.deepEqual([fresh.what, fresh.goal, fresh.files], ["Taxi", "swim", []]);
  assert.notEqual(fresh.files, old.files);
});

test("what cannot be corrected or taken back is refused with a sentence", () => {
  const refused = (row, changes, field, sentence, other = null) =>
    assert.throws(
      () => planCorrection(row, changes, IDS, { author: "carol", other }),
      (problem) => problem instanceof LedgerProblem && problem.field === field && sentence.test(String(problem)),
    );
  refused(entry("reversal", 5, { reverses: "x" }), { amount: 6 }, "entry", /takes another one back/);
  refused(entry("spending", 5, { superseded: true }), { amount: 6 }, "entry", /changed already/);
  refused(entry("spending", 5), {}, "entry", /^LedgerProblem: Nothing was changed\.$/);
  refused(entry("spending", 5), { amount: 5 }, "entry", /Nothing was changed/);
  refused(entry("spending", 5), { amount: 0 }, "amount", /above £0\.00/);
  refused(entry("spending", 5), { amount: 1_000_000_000 }, "amount", /biggest/);
  refused(entry("spending", 5), { on: "2025-02-29" }, "on", /real day/);
  refused(entry("spending", 5), { kind: "transfer_out" }, "kind", /cannot become/);
  refused(entry("service_received", 5), { kind: "spending" }, "kind", /cannot become/);
  refused(entry("transfer_in", 5, { transfer: "t" }), { amount: 6 }, "entry", /both sides/);
});

test("a side of a move of money keeps its kind", () => {
  const other = entry("transfer_in", 5, { transfer: "t", pot: "own" });
  for (const kind of ["transfer_in", "refund", "reversal"]) {
    const change = () => planCorrection(entry("transfer_out", 5, { transfer: "t" }), { kind }, IDS, { author: "carol", other });
    assert.throws(change, /cannot become/);
  }
});

test("other files are a change, the same files are none", () => {
  const old = entry("spending", 5, { files: ["a", "b"] });
  const change = (files) => planCorrection(old, { files }, IDS, { author: "carol" })[1].files;
  assert.throws(() => change(["a", "b"]), /Nothing was changed/);
  for (const files of [["b", "a"], ["a", "c"], ["a"], ["a", "b", "c"], []]) assert.deepEqual(change(files), files);
});

test("both sides of a move of money are taken back together, or neither", () => {
  const into = entry("transfer_in", 5, { transfer: "t", pot: "own" });
  const out = entry("transfer_out", 5, { transfer: "t" });
  const planned = planVoid(out, IDS, { author: "carol", other: into });
  assert.deepEqual(planned.map(({ id, pot, reverses }) => [id, pot, reverses]), [
    ["r", "nhs", out.id], ["r2", "own", into.id],
  ]);
  for (const wrong of [
    { ...into, transfer: "u" }, { ...into, amount: 6 }, { ...into, superseded: true }, { ...into, kind: "transfer_out" },
    { ...into, kind: "refund" }, null,
  ]) {
    assert.throws(() => planVoid(out, IDS, { author: "carol", other: wrong }), LedgerProblem);
  }
  assert.throws(() => planVoid(out, { reversal: "r" }, { author: "carol", other: into }), TypeError);
});

test("money moves between two open pots of one currency that hold money", () => {
  const facts = { amount: 500, on: "2026-05-01", what: "Put by", note: "" };
  const ids = { transfer: "t", out: "o", in: "i" };
  const own = { ...POT, id: "own", holding: "own_money" };
  const move = (target, changes = {}) => planTransfer(POT, target, { ...facts, ...changes }, ids, { author: "leroy" });
  assert.deepEqual(move(own), [
    { ...entry("transfer_out", 500), id: "o", what: "Put by", transfer: "t", rev: 0 },
    { ...entry("transfer_in", 500), id: "i", what: "Put by", transfer: "t", pot: "own", rev: 0 },
  ]);
  assert.throws(() => move(POT), /two different pots/);
  assert.throws(() => move({ ...own, currency: "EUR" }), /two currencies/);
  assert.throws(() => move({ ...own, holding: "notional" }), /hold no money/);
  assert.throws(() => move({ ...own, closed_on: "2026-04-30" }), /closed before/);
  assert.throws(() => move(own, { amount: 0 }), /above/);
});

test("a period ends with what is given back and what stays", () => {
  const rows = [entry("instalment", 9000), entry("paid_by_me", 1000)];
  const end = (giveBack, period = YEAR, known = true) =>
    planPeriodEnd(POT, period, statement(YEAR, rows, { known }), giveBack, { repayment: "p" }, { author: "leroy" });
  assert.deepEqual(end(0), { entries: [], carried: 9000 });
  const { entries: [repayment], carried } = end(8000);
  assert.deepEqual([repayment.kind, repayment.amount, repayment.on, carried], ["repayment", 8000, "2027-04-05", 1000]);
  assert.equal(repayment.what, "Given back to NHS Norwich");
  assert.throws(() => end(8001), /£80\.00 at most/);
  assert.throws(() => end(-1), /above/);
  assert.throws(() => end(0, { ...YEAR, ended: true }), /ended already/);
  assert.throws(() => end(0, YEAR, false), /do not know yet/);
});

test("an entry is checked for its kind, amount, day and pot", () => {
  const notional = { ...POT, holding: "notional" };
  const where = (row, pot = POT) => checkEntry(row, pot)?.where ?? null;
  assert.equal(where(entry("spending", 1)), null);
  assert.equal(where(entry("service_missed", 0), notional), null);
  assert.equal(where(entry("reversal", 1)), "kind");
  assert.equal(where(entry("constructor", 1)), "kind");
  assert.equal(where(entry("spending", 1), notional), "kind");
  assert.equal(where(entry("service_received", 1)), "kind");
  assert.equal(where(entry("spending", 0)), "amount");
  assert.equal(where(entry("spending", 1, { on: "1999-12-31" })), "on");
  assert.equal(where(entry("spending", 1, { on: "2100-01-01" })), "on");
  const said = checkEntry(entry("spending", 1, { on: "5 May" }), POT)?.sentence;
  assert.equal(said, "Check the date. It must be a real day from 2000 to 2099.");
  assert.equal(where(entry("spending", 1), { ...POT, closed_on: "2026-04-30" }), "on");
  assert.equal(where(entry("spending", 1), { ...POT, closed_on: "2026-05-01" }), null);
});

test("an amount is a whole number of minor units within bounds", () => {
  for (const amount of [1.5, NaN, "5", null]) assert.match(checkAmount("spending", amount) ?? "", /as a whole number\.$/);
  for (const amount of [-1, 0]) assert.match(checkAmount("spending", amount) ?? "", /above £0\.00\.$/);
  assert.match(checkAmount("spending", 2 ** 60) ?? "", /£9,999,999\.99\.$/);
  for (const amount of [1, 999_999_999]) assert.equal(checkAmount("spending", amount), null);
  assert.equal(checkAmount("service_missed", 0), null);
  assert.notEqual(checkAmount("service_missed", -1), null);
});

test("no more is paid back than the pot owes", () => {
  assert.equal(checkPayback(500, 500), null);
  assert.match(checkPayback(501, 500) ?? "", /owes you £5\.00/);
  assert.match(checkPayback(1, -500) ?? "", /owes you £0\.00/);
  assert.match(checkPayback(1, null) ?? "", /do not know yet/);
});

test("folded sums and new lines give the same balance as all lines", () => {
  const old = [entry("instalment", 500, { id: "a", on: "2026-04-05" }), entry("spending", 200, { id: "b", on: "2026-04-05" })];
  const fresh = [entry("instalment", 70, { id: "c" })];
  const carried = summarise(old);
  const asAt = { on: "2026-05-31" };
  assert.deepEqual(balance(POT, [YEAR], fresh, [], { ...asAt, carried }), balance(POT, [YEAR], [...old, ...fresh], [], asAt));
  assert.deepEqual(combine(combine(carried, noSums()), summarise(fresh)), summarise([...fresh, ...old]));
});

test("folded sums that reach into the period or past the day make those figures unknown", () => {
  const carried = summarise([entry("instalment", 500)]);
  const blurred = balance(POT, [YEAR], [], [], { on: "2026-05-31", carried });
  assert.deepEqual([blurred.left, blurred.to_come, blurred.period], [500, null, "year"]);
  assert.equal(balance(POT, [YEAR], [], [], { on: "2026-05-01", carried }).left, 500);
  assert.equal(balance(POT, [YEAR], [], [], { on: "2026-04-30", carried }).left, null);
  assert.equal(statement(YEAR, [], { carried }).closing, null);
});

test("folded sums up to the day before a period leave its figures sharp, those of its first day do not", () => {
  const toCome = (on) => balance(POT, [YEAR], [], [], { on: null, carried: summarise([entry("instalment", 5, { on })]) }).to_come;
  assert.deepEqual([toCome("2026-04-05"), toCome("2026-04-06")], [9000, null]);
  const opening = (on) => statement(YEAR, [], { carried: summarise([entry("instalment", 5, { on })]) }).opening;
  assert.deepEqual([opening("2026-04-05"), opening("2026-04-06")], [5, null]);
});

test("folded sums with a gap leave their pot unknown and no other", () => {
  const carried = summarise([entry("reversal", 5, { reverses: "gone", on: "2026-04-01" })]);
  const left = balances([POT, { ...POT, id: "own" }], [], [], [], { on: null, carried }).map((one) => one.left);
  assert.deepEqual(left, [null, 0]);
  const closing = (pot) => statement({ ...YEAR, pot }, [], { carried }).closing;
  assert.deepEqual([closing("nhs"), closing("own")], [null, 0]);
});

test("a late reversal of a folded line needs that line, and says so until it has it", () => {
  const old = entry("spending", 200, { on: "2026-04-01" });
  const reversal = entry("reversal", 200, { id: "r", on: "2026-04-01", reverses: old.id });
  const carried = summarise([old]);
  const ask = (originals) => balances([POT], [], [reversal], [], { on: null, carried, originals })[0].left;
  assert.equal(ask([]), null);
  assert.equal(ask([old]), 0);
  assert.deepEqual(summarise([reversal]).waiting, [{ id: "r", pot: "nhs", reverses: old.id }]);
});

test("a reversal of a reversal, or of nothing, is not guessed at", () => {
  const first = entry("reversal", 5, { id: "x", reverses: "y" });
  const second = entry("reversal", 5, { id: "y", reverses: "x" });
  assert.equal(summarise([first, second, entry("reversal", 5, { id: "z" })]).waiting.length, 3);
});

test("what waits is listed by id, whatever the order of rows", () => {
  const wait = (id) => entry("reversal", 5, { id, reverses: "gone" });
  const ids = (sums) => sums.waiting.map((one) => one.id);
  assert.deepEqual(ids(summarise(["c", "a", "d", "b"].map(wait))), ["a", "b", "c", "d"]);
  assert.deepEqual(ids(combine(summarise([wait("c"), wait("b")]), summarise([wait("a")]))), ["a", "b", "c"]);
});

test("a line of a newer kind waits, with what it says it reverses", () => {
  const odd = entry("gift", 5, { reverses: "x" });
  assert.deepEqual(summarise([odd]).waiting, [{ id: "gift-1", pot: "nhs", reverses: "x" }]);
});

test("a pot that is said to be unknown has no figure, and its state words still stand", () => {
  const one = balance(POT, [YEAR], [entry("instalment", 500)], [], { on: null, known: false });
  assert.deepEqual([one.known, one.in_hand, one.left, one.to_come], [false, null, null, null]);
  assert.equal(stateOf(entry("spending", 5), new Set()), "spent");
  assert.deepEqual(byState("nhs", [], [], { known: false }), {
    pot: "nhs", planned: null, committed: null, spent: null, reconciled: null, void: null,
  });
});
