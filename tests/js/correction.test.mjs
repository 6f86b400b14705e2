// A line that somebody corrected while its form was open: what is sent, and to which line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { budgetActs } from "../../app/static/js/budgets/replay.js";
import { aimAt, changesOf, draftOf, meet } from "../../app/static/js/budgets/correction.js";
import { PERSON, newId, openPhone } from "./helpers/phone.mjs";

const line = (id, more = {}) => ({ id, kind: "spending", amount: 1000, on: "2026-11-21", what: "Cafe", merchant: null, goal: null, note: "", reason: null, superseded: false, ...more });
const opened = line("first");
const theirs = (more) => line("second", more);
const aim = ({ to, wanted, asks }) => ({ to: to.id, wanted, asks });

test("only what differs from the line as it was when the form opened is a change", () => {
  const draft = { ...draftOf(opened, "GBP"), note: "With Mo" };
  assert.deepEqual(changesOf(opened, draft, "GBP"), { changes: { note: "With Mo" }, found: {} });
});

test("what cannot be read is told at its field, and is no change", () => {
  const draft = { ...draftOf(opened, "GBP"), amount: "ten", on: "2026-02-31" };
  const { changes, found } = changesOf(opened, draft, "GBP");
  assert.deepEqual([Object.keys(found).sort(), "amount" in changes], [["amount", "on"], false]);
});

test("nobody wrote meanwhile: the change goes to the line", () => {
  assert.deepEqual(aim(meet(opened, opened, { amount: 900 })), { to: "first", wanted: { amount: 900 }, asks: false });
});

test("another field than theirs goes onto their line, which keeps what they wrote", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { note: "With Mo" })), { to: "second", wanted: { note: "With Mo" }, asks: false });
});

test("the same field is a question about the line that both saw", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { amount: 900, note: "Mo" })), { to: "first", wanted: { amount: 900, note: "Mo" }, asks: true });
});

test("the same change twice is made once", () => {
  assert.deepEqual(aim(meet(opened, theirs({ amount: 1200 }), { amount: 1200 })), { to: "second", wanted: {}, asks: false });
});

test("over a line that was taken back nobody decides alone", () => {
  assert.deepEqual(aim(meet(opened, line("first", { superseded: true }), { note: "Mo" })), { to: "first", wanted: { note: "Mo" }, asks: true });
});

const pot = { name: "Council", funder: "Council", holding: "direct_payment", currency: "GBP", opened_on: "2026-01-01" };
const wire = (kind, id, seq, body) => ({ kind, id, rev: seq, seq, body: { id, ...body } });
const answer = (rows) => ({ account: "a", schema: 1, min_schema: 1, time: "2026-11-21T09:00:00Z", results: [], gone: [], more: false, changes: [{ stream: PERSON, epoch: "e", reset: false, seq: rows.length, more: false, rows }] });

/** A phone that has one sent line, and what corrects the line that stands now as the screens do. */
async function withLine() {
  const phone = await openPhone({ acts: budgetActs });
  const [council, first] = [newId(), newId()];
  await phone.replica.receive(answer([wire("pot", council, 1, pot), wire("entry", first, 2, line(first, { pot: council, files: [], reverses: null, replaces: null, transfer: null, author: "", state: "posted" }))]));
  const live = { statusOf: (row) => phone.replica.status(row) };
  const correct = async (row, amount) => {
    const entry = newId();
    const { body } = phone.replica.row(PERSON, "entry", row);
    await phone.replica.act({ act: "entry.correct", ...aimAt(live, PERSON, body), facts: { changes: { amount }, entry, reversal: newId() } });
    return entry;
  };
  return { phone, first, correct };
}

test("a correction that waits is said to be saved on the phone, and so is one over it", async () => {
  const { phone, first, correct } = await withLine();
  assert.equal(phone.replica.status(first), "sent");
  const second = await correct(first, 900);
  assert.equal(phone.replica.status(second), "saved");
  const third = await correct(second, 850);
  assert.equal(phone.replica.status(third), "saved");
});

test("a correction over an own one that waits says which one, so that it changes the side that waits", async () => {
  const { phone, first, correct } = await withLine();
  const second = await correct(first, 900);
  await correct(second, 850);
  const [one, two] = phone.replica.outbox().map(({ op }) => op);
  assert.deepEqual([one.row, one.base], [first, { rev: 2 }]);
  assert.deepEqual([two.row, two.base], [second, { op: one.id }]);
});

test("a line that the server has is aimed at by itself", () => {
  assert.deepEqual(aimAt({ statusOf: () => "sent" }, PERSON, { id: "second", replaces: "first" }), { stream: PERSON, row: "second" });
});
