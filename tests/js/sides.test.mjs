/** Questions over two sides: what they are called, and how each side is said. Names of acts. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { allThings } from "../../app/static/js/home/all-things.js";
import { actWords } from "../../app/static/js/more/act-words.js";
import { OWN_WORDS, labelOf, sayValue, titleOf } from "../../app/static/js/more/two-sides.js";

const NAMELESS = "Something you wrote";

test("every act that can wait on a phone has a name in words", async () => {
  const table = await readFile(new URL("../../docs/operations-table.md", import.meta.url), "utf8");
  const acts = [...table.matchAll(/^\| `([a-z_.]+)`/gm)].map(([, act = ""]) => act);
  assert.ok(acts.length > 20);
  assert.deepEqual(acts.filter((act) => actWords({ act, facts: {} }) === NAMELESS), []);
  assert.equal(actWords({ act: "planted.act", facts: {} }), NAMELESS);
});

test("a visit that waits is not called money", () => {
  assert.equal(actWords({ act: "entry.record", facts: { kind: "service_missed" } }), "A visit that did not happen");
  assert.equal(actWords({ act: "entry.record", facts: { kind: "spending" } }), "A line of money");
});

test("words about a person stand under their heading, as they were written", () => {
  assert.equal(labelOf("about", "talking"), "How to talk with me");
  assert.ok(OWN_WORDS.has("talking"));
  assert.equal(sayValue("talking", "  2026-11-21 \n"), "  2026-11-21 \n");
  assert.equal(sayValue("talking", ""), null);
});

test("the question says what two people changed", () => {
  assert.equal(titleOf("about", {}, {}), "Two people changed the same words");
  assert.equal(titleOf("entry", { amount: 1200 }, { amount: 900 }), "Two amounts for one payment");
  assert.equal(titleOf("entry", { amount: 900, on: "2026-11-20" }, { amount: 900, on: "2026-11-19" }), "Two people changed one payment");
  assert.equal(titleOf("planted", {}, {}), "Two people changed one thing");
});

test("sums, days and photos are said in words", () => {
  assert.equal(sayValue("amount", 1200), "£12.00");
  assert.equal(sayValue("held_on", "2026-11-20"), "20 November 2026");
  assert.equal(sayValue("files", ["a"]), "1 photo");
  assert.equal(sayValue("reason", null), null);
});

test("what waits for a person counts open questions by what they are about, and a review that is near", () => {
  const row = (body) => ({ id: body.id, body });
  const clock = { id: "r", funder: "NHS", starts_on: "2025-01-01", first_weeks: 12, every_months: 12, next_on: "2026-12-08", wants: "" };
  const kinds = { conflict: [row({ id: "c", choice: null, row_kind: "goal" }), row({ id: "d", choice: "other", row_kind: "goal" })], review_clock: [row(clock)] };
  const live = (today) => ({ today: () => today, rows: (_stream, kind) => kinds[kind] ?? [], stamp: () => "1", who: { account: "a" }, people: () => [], replica: { known: () => true } });
  assert.deepEqual(allThings(live("2026-11-22"), "p").map((one) => one.title), ["Two people changed one goal", "A review is coming up"]);
  assert.deepEqual(allThings(live("2026-11-01"), "p").map((one) => one.title), ["Two people changed one goal"]);
});

test("who accepted an invitation waits for whoever may let them in", () => {
  const live = (asks) => ({ today: () => "2026-11-01", who: { account: "a" }, people: () => [], stamp: () => "1", replica: { known: () => true },
    rows: (_stream, kind) => (kind === "relationship" ? [{ id: "r", body: { person: "p", ended: false, asks } }] : []) });
  assert.deepEqual(allThings(live(1), "p").map(({ title, href }) => [title, href]), [["Somebody waits to be let in", "/people/p"]]);
  assert.deepEqual([allThings(live(0), "p"), allThings(live(undefined), "p"), allThings(live(1), "q")], [[], [], []]);
});
