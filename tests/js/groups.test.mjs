import assert from "node:assert/strict";
import { test } from "node:test";
import { findExamples, indexExamples, unanswered } from "../../app/static/js/peers/finding.js";
import { findPost, groupOf, groupsOf, hangingOn, ideasOf, nameIn, readIn } from "../../app/static/js/peers/held.js";
import { peerActs } from "../../app/static/js/peers/replay.js";
import { ownIdea } from "../../app/static/js/plans/own-idea.js";

const MINE = "person:p";
const GROUP = "group:g";
const DIRECTORY = "directory:general";

/** What a screen reads rows from: `{stream: {kind: [body]}}`. */
const liveOf = (streams) => {
  const rows = (stream, kind) => (streams[stream]?.[kind] ?? []).map((body) => ({ kind, id: body.id, rev: 1, seq: 1, body }));
  return { rows, row: (stream, kind, id) => rows(stream, kind).find((one) => one.id === id) };
};
const seat = (id, pseudonym, role = "member") => ({ id, group: "g", pseudonym, role });
const post = (id, texts, more = {}) => ({ id, about: "example", texts, codes: {}, said: {}, helped: 0, shown_on: "2026-11-01", seat: "s2", on: null, ...more });

const SWIM = post("e1", { goal: "Swim without pain", tried: "Warm water" }, { codes: { side: "health", option: "pool" } });
const DOG = post("e2", { goal: "Keep my dog", worked: "A walker on Mondays" }, { codes: { side: "personal" }, shown_on: "2026-11-05" });
const ASKED = post("q1", { words: "How warm?" }, { about: "question", on: "e1", seat: "s1", shown_on: "2026-11-06" });
const TOLD = post("a1", { words: "Very." }, { about: "answer", on: "q1", shown_on: "2026-11-07" });
const OPEN = post("q2", { words: "How dear?" }, { about: "question", on: "e1", seat: "s3", shown_on: "2026-11-08" });
const ALL = [SWIM, DOG, ASKED, TOLD, OPEN];
const OPTION = { id: "pool", name: "Warm pool", tags: ["water"] };

const world = (mine = {}, there = {}) =>
  liveOf({
    [MINE]: { own_seat: [seat("s1", "Calm heron")], ...mine },
    [GROUP]: { group: [{ id: "g", name: "What works", about: "", is_open: true }], seat: [seat("s1", "Calm heron"), seat("s2", "Plum wagtail", "moderator")], post: ALL, ...there },
    [DIRECTORY]: { option: [OPTION] },
  });

test("a group is there for a plan with a seat in it, and for no other plan on the same phone", () => {
  assert.equal(groupOf(world(), MINE, "g")?.name, "What works");
  assert.equal(groupOf(world(), "person:other", "g"), null);
  assert.equal(findPost(world(), "person:other", "e1"), null);
});

test("a group whose rows have not come has no name, and stands last", () => {
  const live = world({ own_seat: [{ ...seat("s9", "Shy owl"), group: "x" }, seat("s1", "Calm heron")] });
  assert.deepEqual(groupsOf(live, MINE).map((one) => one.name), ["What works", null]);
});

test("the newest stands first, and what hangs on it the oldest first", () => {
  assert.deepEqual(readIn(world(), MINE, "g").map((one) => one.id), ["q2", "a1", "q1", "e2", "e1"]);
  assert.deepEqual(hangingOn(readIn(world(), MINE, "g"), "e1").map((one) => one.id), ["q1", "q2"]);
});

test("a member who is blocked is not read", () => {
  const live = world({ mark: [{ id: "m", kind: "blocked", about: "s2" }] });
  assert.deepEqual(readIn(live, MINE, "g").map((one) => one.id), ["q2", "q1"]);
});

test("what somebody recognised is gone from this phone before it is sent, and another report hides nothing", () => {
  const report = (reason) => world({ report: [{ id: "r", post: "e1", reason }] });
  assert.equal(findPost(report("recognise"), MINE, "e1"), null);
  assert.equal(findPost(report("unkind"), MINE, "e1")?.post.id, "e1");
});

test("a writer who left has no name", () => {
  const group = groupOf(world(), MINE, "g");
  assert.deepEqual([nameIn(group, "s2"), nameIn(group, "s3")], ["Plum wagtail", "somebody who left"]);
});

test("examples are found in plain words, by a slip of the finger, by the support they name, and by a side of life", () => {
  const index = indexExamples([SWIM, DOG], (one) => (one.codes.option ? "Warm pool" : ""));
  const found = (query, side = "") => findExamples(index, query, side).map((one) => one.id);
  assert.deepEqual([found("dog"), found("swimm"), found("pool"), found("zebra"), found("")], [["e2"], ["e1"], ["e1"], [], ["e1", "e2"]]);
  assert.deepEqual([found("", "personal"), found("dog", "health")], [["e2"], []]);
});

test("a question waits for an answer while it has none and its example is there", () => {
  assert.deepEqual(unanswered(ALL).map((one) => one.id), ["q2"]);
  assert.deepEqual(unanswered([ASKED]), []);
});

const borrowed = (more) => ({ id: "b", group: "g", post: "e1", part: "tried", words: null, option: null, rewritten: false, lost: false, ...more });
const idea = (more, there) => ideasOf(world({ borrowed: [borrowed(more)] }, there), MINE)[0];

test("an idea that waits to be sent has its words and its option from the example on this phone", () => {
  assert.deepEqual([idea({}).words, idea({}).lost, idea({}).source?.post.id], ["Warm water", false, "e1"]);
  assert.equal(idea({ part: "option" }).option?.name, "Warm pool");
});

test("when its example is gone before it was sent, its words are gone", () => {
  assert.deepEqual([idea({}, { post: [] }).words, idea({}, { post: [] }).lost], ["", true]);
});

test("what the server says of an idea counts: lost words stay lost, own words are nobody's", () => {
  assert.deepEqual([idea({ words: "", lost: true }).words, idea({ words: "", lost: true }).lost], ["", true]);
  const own = idea({ words: "Mine", rewritten: true, post: null });
  assert.deepEqual([own.words, own.source, own.lost], ["Mine", null, false]);
});

test("a goal starts with an idea in own words, never with borrowed ones", () => {
  const live = (rewritten) => world({ borrowed: [borrowed({ words: "Warm water", rewritten })] });
  assert.deepEqual([ownIdea(live(true), MINE, "b"), ownIdea(live(false), MINE, "b"), ownIdea(live(true), MINE, null)], ["Warm water", "", ""]);
});

test("a borrowed idea shows at once as a draft without words of its own", () => {
  let put = null;
  peerActs["idea.borrow"]({ put: (kind, id, body) => (put = { kind, id, body }) }, { row: "b", facts: { group: "g", post: "e1", part: "tried" } });
  assert.deepEqual(put, { kind: "borrowed", id: "b", body: borrowed({}) });
});
