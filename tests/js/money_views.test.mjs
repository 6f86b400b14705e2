// What the list of money shows, what "the same as last week" is, and where a photo stands when looked at closely.
import assert from "node:assert/strict";
import { test } from "node:test";
import { VIEWS, byMonth, fits, lastWeek, linesOf } from "../../app/static/js/budgets/views.js";
import { WHOLE, MOST, moved, pinched, tappedTwice, zoomed } from "../../app/static/js/budgets/zoom.js";
import { moneyRows, moneyRowsOf, potFigures } from "../../app/static/js/budgets/figures.js";
import { thingsOf } from "../../app/static/js/home/waiting.js";

const POT = { id: "p", name: "Council", funder: "Leeds", holding: "direct_payment", currency: "GBP", opened_on: "2026-01-01", closed_on: null };
const FRAME = { width: 300, height: 400 };

function line(id, facts = {}) {
  return {
    id, pot: "p", kind: "spending", amount: 1_000, on: "2026-11-17", what: "Taxi", merchant: null, goal: null, note: "",
    reverses: null, replaces: null, transfer: null, reason: null, author: "a", state: "posted", superseded: false, files: [], ...facts,
  };
}

const viewOf = (code) => VIEWS.find((one) => one.code === code);
const ids = (entries, code) => linesOf(entries, viewOf(code), { unsent: (id) => id === "new" }).map((one) => one.id);

test("a correction is one thing: only what it says now", () => {
  const entries = [line("old", { superseded: true }), line("back", { kind: "reversal", reverses: "old" }), line("now", { replaces: "old" })];
  assert.deepEqual(ids(entries, ""), ["now"]);
  assert.deepEqual(ids(entries, "corrected"), ["now"]);
  assert.deepEqual(ids(entries, "taken"), []);
});

test("what was taken back for good can be found and is not counted", () => {
  const entries = [line("gone", { superseded: true }), line("back", { kind: "reversal", reverses: "gone" })];
  assert.deepEqual(ids(entries, ""), []);
  assert.deepEqual(ids(entries, "taken"), ["gone"]);
  assert.equal(byMonth(linesOf(entries, viewOf("taken"), { unsent: () => false }), [POT])[0].spent, "");
});

test("each way to look keeps its own lines", () => {
  const entries = [
    line("new"), line("mine", { kind: "paid_by_me", files: ["f"] }), line("visit", { kind: "service_missed", amount: 0 }),
    line("in", { kind: "instalment" }), line("bank", { state: "reconciled", goal: "g", files: ["f"] }),
  ];
  assert.deepEqual(ids(entries, "spent"), ["new", "mine", "bank"]);
  assert.deepEqual(ids(entries, "mine"), ["mine"]);
  assert.deepEqual(ids(entries, "visits"), ["visit"]);
  assert.deepEqual(ids(entries, "in"), ["in"]);
  assert.deepEqual(ids(entries, "bare"), ["new"]);
  assert.deepEqual(ids(entries, "goalless"), ["new", "mine"]);
  assert.deepEqual(ids(entries, "checked"), ["bank"]);
  assert.deepEqual(ids(entries, "unsent"), ["new"]);
});

test("search finds words of a line and its sum, in any order", () => {
  assert.ok(fits(line("a", { merchant: "City Cabs" }), "cabs taxi"));
  assert.ok(fits(line("a"), "10.00"));
  assert.ok(!fits(line("a"), "taxi pool"));
});

test("a month says what was spent, less refunds, by currency", () => {
  const euros = { ...POT, id: "e", currency: "EUR" };
  const lines = [line("a"), line("b", { kind: "refund", amount: 400 }), line("c", { pot: "e" }), line("d", { kind: "instalment" })];
  assert.equal(byMonth(lines, [POT, euros])[0].spent, "£6.00 and €10.00");
});

test("last week comes again on the same weekday, never after today", () => {
  const week = lastWeek([line("a"), line("b", { on: "2026-11-20" }), line("c", { on: "2026-10-01" })], "2026-11-22");
  assert.deepEqual(week.lines.map(({ entry, on }) => [entry.id, on]), [["a", "2026-11-22"], ["b", "2026-11-22"]]);
});

test("after a quiet time last week is the last one in which something was spent", () => {
  const week = lastWeek([line("a", { on: "2026-09-01" }), line("b", { on: "2026-08-20" })], "2026-11-22");
  assert.deepEqual([week.from, week.to], ["2026-08-26", "2026-09-01"]);
  assert.deepEqual(week.lines.map(({ on }) => on), ["2026-09-08"]);
});

test("with nothing spent there is nothing to repeat", () => {
  assert.equal(lastWeek([line("a", { superseded: true }), line("b", { kind: "instalment" })], "2026-11-22"), null);
});

test("a photo grows around the place that is pointed at and stops at six times", () => {
  const near = zoomed(WHOLE, 2, FRAME, { x: 100, y: 50 });
  assert.deepEqual(near, { scale: 2, x: -100, y: -50 });
  assert.equal(zoomed(near, 100, FRAME).scale, MOST);
  assert.deepEqual(zoomed(near, 0.1, FRAME), { scale: 1, x: 0, y: 0 });
});

test("a photo is never pushed out of its frame", () => {
  assert.deepEqual(moved({ scale: 2, x: 0, y: 0 }, { x: 999, y: -999 }, FRAME), { scale: 2, x: 150, y: -200 });
  assert.deepEqual(moved(WHOLE, { x: 20, y: 20 }, FRAME), WHOLE);
});

test("two fingers apart make it larger, two taps come near and go back", () => {
  const wide = pinched(WHOLE, [{ x: -10, y: 0 }, { x: 10, y: 0 }], [{ x: -20, y: 0 }, { x: 20, y: 0 }], FRAME);
  assert.equal(wide.scale, 2);
  const near = tappedTwice(WHOLE, { x: 0, y: 0 }, FRAME);
  assert.equal(near.scale, 3);
  assert.deepEqual(tappedTwice(near, { x: 5, y: 5 }, FRAME), WHOLE);
});

const rowsOf = (kinds) => (kind) => (kinds[kind] ?? []).map((body) => ({ id: body.id, rev: 1, body }));
const waits = (kinds, facts = {}) => thingsOf(rowsOf(kinds), { money: moneyRowsOf(rowsOf(kinds), facts.known ?? true), today: "2026-11-22", holder: facts.holder, nameOf: facts.nameOf }).map((one) => one.screen);

test("what waits in a plan leads to the place where it is settled", () => {
  const pot = [POT];
  assert.deepEqual(waits({ conflict: [{ id: "c", choice: null }, { id: "d", choice: "other" }] }), ["conflict/c"]);
  assert.deepEqual(waits({ pot, entry: [line("a")] }), ["pot/p"]);
  assert.deepEqual(waits({ pot, entry: [line("i", { kind: "instalment", amount: 5_000 }), line("m", { kind: "paid_by_me" })] }), ["money-in?pot=p&kind=payback"]);
  assert.deepEqual(waits({ file: [{ id: "f", sha256: "s", state: "missing" }], entry: [line("a", { files: ["s"] })] }), ["entry/a"]);
});

test("a text for a group waits for who may act on it: the yes of a plan's holder is asked of the holder alone", () => {
  const sharing = ["checking", "review", "reading", "agreeing", "held", "shown"].map((state) => ({ id: state, state }));
  assert.deepEqual(waits({ sharing }), ["sharing/review", "sharing/reading"]);
  assert.deepEqual(waits({ sharing }, { holder: true }), ["sharing/review", "sharing/reading", "sharing/agreeing"]);
});

test("a checked text is asked of its writer alone; others read for whom it waits", () => {
  const sharing = [{ id: "t", state: "review", written_by: "a" }];
  const told = (nameOf) => thingsOf(rowsOf({ sharing }), { money: moneyRowsOf(rowsOf({}), true), today: "2026-11-22", nameOf })[0];
  assert.deepEqual([told(() => "you").title, told(() => "you").quiet], ["A text for a group is checked", "Look at it before it goes."]);
  assert.deepEqual([told(() => "Ana").title, told(() => "Ana").quiet], ["A text for a group waits for Ana", "They look at it first. You can stop it."]);
  assert.equal(told(() => "Ana").screen, "sharing/t");
});

test("visits of which nothing is written down for two weeks are asked about; what is unknown is not", () => {
  const pot = [{ ...POT, holding: "notional" }];
  const period = [{ id: "y", pot: "p", starts_on: "2026-04-01", ends_on: "2027-03-31", agreed: null, agreed_visits: 24, ended: false }];
  const visit = (on) => [line("v", { kind: "service_received", amount: 0, on })];
  assert.deepEqual(waits({ pot, period, entry: visit("2026-11-01") }), ["visit?pot=p"]);
  assert.deepEqual(waits({ pot, period, entry: visit("2026-11-20") }), []);
  assert.deepEqual(waits({ pot, period, entry: visit("2026-11-01") }, { known: false }), []);
});

test("money is added up once for a screen, and anew as soon as a row changes or the day does", () => {
  const kinds = { pot: [POT], entry: [line("a")] };
  let stamp = "1";
  const live = { stamp: () => stamp, rows: (_stream, kind) => rowsOf(kinds)(kind), replica: { known: () => true } };
  const rows = moneyRows(live, "person:p");
  const figures = potFigures(rows, "2026-11-22");
  assert.equal(potFigures(moneyRows(live, "person:p"), "2026-11-22"), figures);
  assert.notEqual(potFigures(rows, "2026-11-23"), figures);
  assert.notEqual(moneyRows(live, "person:q"), rows);
  kinds.entry.push(line("b"));
  stamp = "2";
  const [after] = potFigures(moneyRows(live, "person:p"), "2026-11-22");
  assert.equal(after.balance.left, figures[0].balance.left - 1_000);
});
