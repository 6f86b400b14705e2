import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { finalText, isSealed, partsOf, piecesOf, refusedWords, stillThere } from "../../app/static/js/peers/review-text.js";
import { againOf, bandOf, costOf, draftFrom, factsOf, tooLong } from "../../app/static/js/peers/share-facts.js";
import { readersWords } from "../../app/static/js/peers/words.js";
import { holdWords, leftWords, standingOf, textsOf } from "../../app/static/js/peers/share-states.js";

const { texts } = JSON.parse(readFileSync(new URL("../vectors/composing.json", import.meta.url), "utf8"));
const NOTHING = { hidden: [], revealed: [] };
const kinds = (segments, choices = NOTHING) => piecesOf("goal", segments, choices).map(({ kind, text }) => `${kind}:${text}`);

for (const { name, parts, hidden, revealed, final } of texts) {
  test(`a finished text as the server makes it: ${name}`, () => {
    const made = Object.fromEntries(Object.entries(parts).map(([part, segments]) => [part, finalText(part, segments, { hidden, revealed })]));
    assert.deepEqual(made, final);
  });
}

test("who did not write a text sees whose turn it is", () => {
  const seen = { now: 0, saved: false, signal: true, own: false, name: "Leroy" };
  const body = { state: "review", about: "example" };
  assert.equal(standingOf(body, seen).tag, "Look at it");
  assert.match(standingOf(body, { ...seen, writer: "Ana" }).says, /Now Ana looks at it/);
});

test("capitals, digits and words that few texts hold stand out; small words and what an apostrophe cuts off do not", () => {
  assert.deepEqual(kinds([{ t: "The man Will paid 12.50 at Kezia's zamboni. I'm glad", f: ["zamboni"] }]),
    ["plain:The man ", "faint:Will", "plain: paid ", "faint:12.50", "plain: at ", "faint:Kezia", "plain:'s ", "faint:zamboni", "plain:. I'm glad"]);
});

test("one tap hides a word in every place, and a second brings it back", () => {
  const segments = [{ t: "Will and will. Willow." }];
  assert.deepEqual(kinds(segments, { hidden: ["Will"], revealed: [] }), ["hidden:Will", "plain: and ", "hidden:will", "plain:. ", "faint:Willow", "plain:."]);
});

test("a find keeps its number, shown or not, and what is sealed has nothing to show", () => {
  const segments = [{ t: "On " }, { t: "a day", k: "DATE", was: "3 May" }, { t: " ring " }, { t: "a private number", k: "CONTACT" }];
  const finds = piecesOf("goal", segments, { hidden: [], revealed: ["goal:1", "goal:3"] }).filter((one) => one.kind === "find");
  assert.deepEqual(finds.map(({ number, text }) => [number, text]), [[1, "3 May"], [3, "a private number"]]);
  assert.deepEqual(segments.map(isSealed), [true, false, true, true]);
});

test("places do not move when a word is hidden: the focus stays where it was", () => {
  const at = (hidden) => piecesOf("goal", [{ t: "Ana met Bea and Cid" }], { hidden, revealed: [] }).filter((one) => one.kind !== "plain").map((one) => one.at);
  assert.deepEqual(at([]), at(["Bea"]));
});

test("what was to be hidden and still stands there is found as whole words", () => {
  assert.deepEqual(stillThere(["Kezia", "Will", "gone"], ["kezia laughs.", "Willow is away. (hidden)"]), ["Kezia"]);
});

test("how many read is said as the rule counts: people, never plans or names", () => {
  assert.equal(readersWords(true), "At least 5 people are there.");
  assert.equal(readersWords(false), "Nothing shows before 5 people are there. Plans that one person looks after count once.");
});

test("parts stand in the order in which they are read, without empty ones", () => {
  assert.deepEqual(partsOf({ worked: [{ t: "Yes" }], goal: [{ t: "Swim" }], tried: [{ t: " " }] }, ["goal", "tried", "worked"]), ["goal", "worked"]);
});

test("what the second guard found is told line by line, ready to be hidden", () => {
  assert.deepEqual(refusedWords("“07700\n900318” still tells who somebody is. Hide it, then confirm again."), ["07700", "900318"]);
  assert.deepEqual(refusedWords("Say whether the person agrees, or why they cannot."), []);
  assert.deepEqual(refusedWords(`“${"long ".repeat(30).trim()}” still tells`).length, 30);
});

test("a band is known where each price says how often it comes", () => {
  assert.deepEqual([null, 0, 1, 50_000, 50_001, 2_000_000].map(bandOf), ["", "none", "under_500", "under_500", "500_1000", "over_10000"]);
  assert.equal(costOf([{ amount: 1000, per: "week" }, { amount: 500, per: "month" }]), 58_000);
  assert.equal(costOf([{ amount: 1000, per: "visit" }]), null);
  assert.equal(costOf([{ amount: null, per: null }]), null);
  assert.equal(costOf([]), null);
});

test("a form takes over what the goal says, and no attribute", () => {
  const goal = { words: "Swim", closing_words: "We swim", state: "reached", side: "social" };
  const draft = draftFrom(goal, [{ option: "o1", name: "Pool hour", amount: 500, per: "week" }]);
  assert.deepEqual([draft.goal, draft.tried, draft.worked, draft.outcome, draft.band, draft.option], ["Swim", "Pool hour", "We swim", "better", "under_500", "o1"]);
  assert.deepEqual([draft.age, draft.area, draft.condition, draft.money], ["", "", "", ""]);
});

test("only what is filled goes; nothing at all, no group and too much are told", () => {
  const draft = draftFrom({ words: " Swim " }, []);
  assert.deepEqual(factsOf(draft, "g"), { facts: { group: "g", about: "example", on: null, goal: " Swim " }, found: {} });
  assert.equal(factsOf({ ...draft, outcome: "better", refused_why: "cost" }, "g").facts.refused_why, undefined);
  assert.equal(factsOf({ ...draft, outcome: "refused", refused_why: "cost", waited: "over_year" }, "g").facts.refused_why, "cost");
  assert.deepEqual(Object.keys(factsOf({ ...draft, goal: " " }, "").found), ["goal", "group-0"]);
  assert.deepEqual(Object.keys(factsOf({ ...draft, worked: "x".repeat(2001) }, "g").found), ["worked"]);
  assert.deepEqual([tooLong("🙂".repeat(2000)), tooLong("🙂".repeat(2001))], [false, true]);
});

test("what was taken back goes to the door again with its codes and attributes", () => {
  const sharing = { group: "g", about: "example", on: null, codes: { side: "social", attributes: { age: "adult" } } };
  assert.deepEqual(againOf(sharing, { goal: "Swim", tried: " " }), { group: "g", about: "example", on: null, goal: "Swim", side: "social", age: "adult" });
});

const NOW = new Date(2026, 10, 22, 18, 5).getTime();
const later = (hours) => new Date(NOW + hours * 3_600_000).toISOString();
const seen = { now: NOW, signal: true, saved: false, own: true, name: "Sofia" };

test("how long a text is held, in words", () => {
  assert.equal(holdWords(later(23), NOW, false), "It shows tomorrow at 17:05, in 23 hours. Until then you can take it back unseen.");
  assert.equal(holdWords(later(0.5), NOW, true), "It is held until today at 18:35, in 30 minutes. It shows within a day after that. You can take it back.");
  assert.deepEqual([-5, 10, 61_000, 3_600_000].map(leftWords), ["in a moment", "in a moment", "in 1 minute", "in 1 hour"]);
});

test("each state has its sentence, without signal and on a second phone too", () => {
  const states = ["checking", "waiting", "review", "sending", "reading", "agreeing", "held", "ready", "shown", "stopped", "ended", "one of a newer server"];
  const says = states.map((state) => standingOf({ state, about: "question", shows_at: later(3) }, seen).says);
  assert.equal(new Set(says).size, states.length);
  assert.ok(says.every((one) => one.length > 10));
  assert.match(standingOf({ state: "checking" }, { ...seen, signal: false }).says, /when there is signal/);
  assert.match(standingOf({ state: "checking" }, { ...seen, saved: true }).says, /kept on this phone/);
  assert.match(standingOf({ state: "stopped" }, { ...seen, saved: true }).says, /may read it until then/);
  assert.match(standingOf({ state: "agreeing" }, { ...seen, own: false }).says, /^Sofia has to say yes/);
  assert.equal(standingOf({ state: "review", recognised: true }, seen).tag, "Look at it again");
});

test("who took a text out is told with the day, why, and what can be done, and never who it was", () => {
  const told = (ending) => standingOf({ state: "ended", ending }, seen);
  const on = "2026-11-03";
  assert.deepEqual([told({ by: "moderator", on, why: "recognise" }).tag, told({ by: "moderator", on, why: "recognise" }).says], ["Taken out",
    "A moderator of the group took it out on Tuesday 3 November. Nobody can read it. Somebody thought they knew who it is about. You can write a new one that tells less of who it is."]);
  const reasons = ["recognise", "harm", "unkind", "advert", "other", "one of a newer server"].map((why) => told({ by: "moderator", on, why }).says);
  assert.equal(new Set(reasons).size, reasons.length);
  assert.ok(reasons.every((one) => !one.includes("undefined")));
  assert.match(told({ by: "check", on }).says, /^Our last look on Tuesday 3 November .* So it did not show\. .* tells less/);
  assert.match(told({ by: "example", on }).says, /^What it was about went on Tuesday 3 November/);
  assert.match(told({ by: "seat", on }).says, /^This plan left the group, or the group ended, on Tuesday 3 November/);
  assert.match(told(null).says, /A moderator took it out, or the group or the example is gone/);
});

test("a text that is hidden after a report is not said to be read", () => {
  const standing = standingOf({ state: "shown" }, { ...seen, hidden: true });
  assert.equal(standing.tag, "Hidden");
  assert.match(standing.says, /Nobody can read it until a moderator has looked/);
  assert.match(standingOf({ state: "shown" }, seen).says, /can read it/);
});

test("the words of a text are the finished ones as soon as there are any", () => {
  assert.deepEqual(textsOf({ written: { goal: "a" }, final: {} }), { goal: "a" });
  assert.deepEqual(textsOf({ written: {}, final: { goal: "b" } }), { goal: "b" });
  assert.deepEqual(textsOf({ written: {}, final: {}, checked: { goal: [{ t: "c" }, { t: "d" }] } }), { goal: "cd" });
  assert.deepEqual(textsOf({ written: {}, final: {}, checked: {} }), {});
});
