/** What was not taken of a closed plan goes to its author's account, and from the phone only when it is there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { handIn, handedOf } from "../../app/static/js/people/untaken.js";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const MINE = "account-1";

/** @param {number} number @param {string} [words] */
function kept(number, words = "Swim again") {
  return { id: `op-${number}`, op: { act: "goal.write", stream: "person:sam", row: "r", facts: { words, importance: 9 } }, code: "gone", sentence: "", at: NOW };
}

/** A phone whose server answers as told: keeps all, keeps none, refuses, or does not answer. */
function phone(answers = "all") {
  const held = new Map();
  const [asked, gone] = [[], []];
  const ask = async (_url, how) => {
    const body = JSON.parse(how.body);
    asked.push(body);
    if (answers === "nobody") throw new TypeError("no signal");
    const ids = answers === "all" ? body.items.map(({ id }) => id) : [];
    return new Response(JSON.stringify({ kept: ids }), { status: answers === "refuses" ? 422 : 200 });
  };
  const storage = { getItem: (name) => held.get(name) ?? null, setItem: (name, value) => void held.set(name, value) };
  const parts = { replica: { discard: async (ids) => void gone.push(...ids) }, ask, account: MINE, storage, clock: { now: () => NOW } };
  return { parts, asked, gone, storage };
}

test("words that the server keeps go from the phone, and it says until when they are there", async () => {
  const here = phone();
  await handIn(here.parts, [kept(1)]);
  assert.deepEqual(here.asked, [{ account: MINE, items: [{ id: "op-1", person: "sam", title: "A goal", words: "Swim again" }] }]);
  assert.deepEqual(here.gone, ["op-1"]);
  assert.deepEqual(handedOf(here.storage, MINE, NOW), { account: MINE, count: 1, until: "2026-11-29" });
});

for (const answers of ["none", "refuses", "nobody"]) {
  test(`words stay on the phone when the server keeps them not: ${answers}`, async () => {
    const here = phone(answers);
    await handIn(here.parts, [kept(1)]);
    assert.deepEqual([here.gone, handedOf(here.storage, MINE, NOW)], [[], null]);
  });
}

test("many go in pieces, and what is too long stays", async () => {
  const here = phone();
  await handIn(here.parts, [kept(0, "x".repeat(20_001)), ...Array.from({ length: 60 }, (_, at) => kept(at + 1))]);
  assert.deepEqual(here.asked.map(({ items }) => items.length), [50, 10]);
  assert.equal(here.gone.includes("op-0"), false);
  assert.equal(handedOf(here.storage, MINE, NOW)?.count, 60);
});

test("long ones go in pieces that the server takes", async () => {
  const here = phone();
  await handIn(here.parts, Array.from({ length: 45 }, (_, at) => kept(at, "\u4f60".repeat(19_000))));
  const sizes = here.asked.map((body) => new TextEncoder().encode(JSON.stringify(body)).length);
  assert.equal(sizes.length, 3);
  assert.equal(sizes.every((size) => size < 1_200_000), true);
  assert.equal(here.gone.length, 45);
});

test("another account is told nothing, and after seven days nobody is", async () => {
  const here = phone();
  await handIn(here.parts, [kept(1)]);
  assert.equal(handedOf(here.storage, "account-2", NOW), null);
  assert.equal(handedOf(here.storage, MINE, NOW + 8 * 86_400_000), null);
});
