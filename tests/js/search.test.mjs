import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { ALIKE, PHRASES } from "../../app/static/js/options/everyday.js";
import { NO_FILTERS, indexOf, indexTexts, isFree, scoresFor, search, tokensOf } from "../../app/static/js/options/search.js";

const DATA = new URL("../../app/options/data/", import.meta.url);
const OPTIONS = readdirSync(DATA).sort().flatMap((name) => {
  const { need, options } = JSON.parse(readFileSync(new URL(name, DATA), "utf8"));
  return options.map((option) => ({ ...option, id: option.slug, need }));
});
const INDEX = indexOf(OPTIONS);
const slugs = (query, filters) => search(INDEX, query, filters).map((option) => option.slug);

/** What people type, and what has to be among the first three. */
const EVERYDAY = [
  ["getting to choir", "lift-share"], ["choir", "choir"], ["someone to sit with mum", "sitting-service"],
  ["cant get out", "community-minibus"], ["can't sleep", "sleep-help"], ["insomnia", "sleep-help"],
  ["swiming", "swimming"], ["hydro", "warm-water-exercise"], ["carers", "carers-group"],
  ["physios", "physio"], ["fizio", "physio"], ["taxis", "taxi-card"], ["weelchair battery", "powerchair-parts"],
  ["afro hair", "black-hair-skin-care"], ["hair braids", "black-hair-skin-care"], ["incontinance", "continence"],
  ["hire a carer", "personal-assistant"], ["night sitter", "night-care"], ["lonley", "befriending"],
  ["BSL", "interpreter"], ["halal food", "meals-at-home"], ["dog walker", "pet-care"], ["guide dog", "assistance-dog"],
  ["stair lift", "home-adaptations"], ["learn to drive", "driving-lessons"], ["trike", "adapted-cycling"],
  ["heavy blanket", "weighted-blanket"], ["MS heat", "cooling"], ["mosque", "faith-life"], ["debts", "budgeting-help"],
  ["dying", "end-of-life-wishes"], ["time bank", "home-exchange-of-help"], ["brother", "siblings"], ["laptop", "laptop-tablet"],
  ["broadband", "internet-phone"], ["job", "work-support"], ["back rub", "massage"], ["eye gaze", "communication-aid"],
];

for (const [query, slug] of EVERYDAY) {
  test(`"${query}" finds ${slug} among the first three`, () => {
    assert.ok(slugs(query).slice(0, 3).includes(slug), `${query}: ${slugs(query).slice(0, 5).join(", ")}`);
  });
}

/** Whole sentences, as people say them, and what has to be among the first five. */
const SENTENCES = [
  ["someone to help me wash in the morning", "personal-care"],
  ["I want to go swimming again but I am scared of the water", "swimming"],
  ["who can sit with my mum so I can go out for an hour", "sitting-service"],
  ["I can't get to the shops on my own any more", "shopping-help"],
  ["I am lonely and would like somebody to talk to", "befriending"],
  ["my son wants to learn how to cook for himself", "life-skills"],
  ["help with cleaning the house because I get too tired", "cleaning"],
  ["I keep waking up in the night and cannot sleep", "sleep-help"],
  ["it is hard to get in and out of the bath", "personal-care"],
  ["I would like to get back to work a few hours a week", "work-support"],
  ["we need a break from caring for our daughter", "respite-stay"],
  ["a way to get to my choir practice on Thursdays", "choir"],
  ["someone to look after the dog while I am in hospital", "pet-care"],
  ["I worry about money and owe a lot", "budgeting-help"],
  ["I forget to take my tablets", "medicine-help"],
  ["my hands shake and I spill my food when eating", "daily-living-equipment"],
  ["I want to use a computer to talk to my family abroad", "technology-lessons"],
  ["something to do in the garden that is not too heavy", "gardening-help"],
  ["people who have been through the same thing as me", "peer-support-group"],
  ["my brother feels left out because of my illness", "siblings"],
  ["a person to work for me at home", "personal-assistant"],
  ["my back hurts in my wheelchair", "wheelchair-budget"],
  ["my back hurts in my wheelchair", "pain-programme"],
  ["I want to pay my neighbour to look after me", "personal-assistant"],
  ["nobody comes to see me and the days are long", "befriending"],
  ["my hands are too weak to open tins and jars", "daily-living-equipment"],
  ["I fell in the kitchen and lay there for hours", "telecare"],
  ["my husband wanders off and gets lost", "telecare"],
  ["we are always freezing because we can't afford the electricity", "warm-home"],
  ["I would like to earn some money of my own", "work-support"],
  ["I cannot hear the doorbell or the telephone", "hearing-vision-aids"],
  ["we quarrel all the time since he got ill", "family-counselling"],
  ["hospital appointments are far away and I have no car", "lift-share"],
  ["letters from the council that I do not understand", "benefits-advice"],
  ["my knees are painful and I cannot climb the stairs", "home-adaptations"],
  ["my teenager has no friends since she became ill", "youth-club"],
];

for (const [query, slug] of SENTENCES) {
  test(`"${query}" finds ${slug} among the first five`, () => {
    assert.ok(slugs(query).slice(0, 5).includes(slug), slugs(query).slice(0, 5).join(", "));
  });
}

test("a word of the same meaning finds it, after what has the word itself", () => {
  assert.ok(slugs("quarrel").includes("family-counselling"));
  const texts = (one) => [[one, 1]];
  const index = indexTexts(["somebody to argue with", "somebody to quarrel with"], texts, () => []);
  const [other, same] = scoresFor(index, "quarrel");
  assert.ok(same > other && other > 0, `${same} ${other}`);
});

test("a phrase with a star stands for one to three words, which are asked for too", () => {
  const index = indexTexts(["somebody to employ", "a cleaner"], (one) => [[one, 1]], () => []);
  const found = (query) => scoresFor(index, query).map((score) => score > 0);
  assert.deepEqual(found("pay somebody to"), [true, false]);
  assert.deepEqual(found("pay a good cleaner to"), [true, true]);
  assert.deepEqual(found("pay one very good cleaner to"), [false, true]);
  assert.deepEqual(found("pay to"), [false, false]);
});

test("what a phrase means stands in the directory, and no word stands alone in its line", () => {
  const known = new Set(INDEX.words.map((word) => word.token));
  for (const [phrase, means] of PHRASES) for (const word of means.split(" ")) assert.ok(known.has(word), `${phrase}: ${word}`);
  for (const line of ALIKE.trim().split("\n")) {
    const words = line.split(" ");
    assert.ok(words.length > 1 && new Set(words).size === words.length, line);
    assert.ok(words.every((word) => /^[a-z]+$/.test(word)) && words.some((word) => slugs(word).length), line);
  }
});

test("a sentence of which nothing is known finds nothing", () => {
  assert.deepEqual(slugs("I would like a qzxvw or else a wxyzzq please"), []);
});

test("the order of words does not matter", () => {
  assert.deepEqual(slugs("battery wheelchair"), slugs("wheelchair battery"));
});

test("capitals, accents and apostrophes do not matter", () => {
  assert.deepEqual(slugs("CHÓIR"), slugs("choir"));
  assert.deepEqual(tokensOf("Can’t don't"), ["cant", "dont"]);
});

test("a plural finds what the singular finds", () => {
  assert.equal(slugs("choirs")[0], slugs("choir")[0]);
  assert.equal(slugs("hobbies")[0], slugs("hobby")[0]);
});

test("every one-letter slip in the name of a thing still finds it", () => {
  for (const word of ["physiotherapy", "counselling", "befriender", "gardening", "interpreter"]) {
    const best = slugs(word)[0];
    for (let at = 1; at < word.length; at += 1) {
      const missing = word.slice(0, at) + word.slice(at + 1);
      const swapped = word.slice(0, at - 1) + word[at] + word[at - 1] + word.slice(at + 1);
      assert.ok(slugs(missing).slice(0, 5).includes(best), `${missing}: ${slugs(missing).slice(0, 5)}`);
      assert.ok(slugs(swapped).slice(0, 5).includes(best), `${swapped}: ${slugs(swapped).slice(0, 5)}`);
    }
  }
});

test("two wrong letters in a short word find nothing at random", () => {
  assert.deepEqual(slugs("qzxv"), []);
});

test("an empty question gives everything, free first", () => {
  const found = search(INDEX, "  ");
  assert.equal(found.length, OPTIONS.length);
  const firstPaid = found.findIndex((option) => !isFree(option));
  assert.ok(found.slice(firstPaid).every((option) => !isFree(option)));
});

test("among what fits as well the free one comes first", () => {
  const [paid] = OPTIONS.filter((option) => !isFree(option));
  const twin = { ...paid, id: "twin", slug: "twin", cost: { ...paid.cost, low: 0 } };
  assert.equal(search(indexOf([paid, twin]), paid.name)[0].slug, "twin");
});

test("filters leave only what fits all of them", () => {
  const found = search(INDEX, "", { need: "body", side: "social", way: "council", free: true, home: false });
  assert.ok(found.length > 0);
  for (const option of found) {
    assert.equal(option.need, "body");
    assert.ok(option.sides.includes("social") && option.ways.some((way) => way.kind === "council") && isFree(option));
  }
  assert.ok(search(INDEX, "", { ...NO_FILTERS, home: true }).every((option) => option.at_home));
});

test("every option is found by its own name and by each of its everyday words", () => {
  for (const option of OPTIONS) {
    assert.ok(slugs(option.name).slice(0, 3).includes(option.slug), `${option.name}: ${slugs(option.name).slice(0, 3)}`);
    for (const words of option.search) assert.ok(slugs(words).includes(option.slug), `${words}: ${option.slug}`);
  }
});

test("200 options are searched in less than 5 ms", () => {
  const many = indexOf(Array.from({ length: 200 }, (_, at) => ({ ...OPTIONS[at % OPTIONS.length], id: String(at) })));
  const queries = EVERYDAY.map(([query]) => query);
  for (const query of queries) search(many, query);
  const times = queries.map((query) => {
    const began = performance.now();
    search(many, query);
    return performance.now() - began;
  });
  times.sort((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)];
  assert.ok(median < 5, `${median.toFixed(2)} ms`);
});

test("the first letter of a word finds what begins with it, names first, and never nothing at all", () => {
  const found = search(INDEX, "s");
  assert.ok(found.length > 0);
  assert.ok(tokensOf(found[0].name).some((token) => token.startsWith("s")), found[0].name);
  assert.deepEqual(slugs("choir s").slice(0, 1), ["choir"]);
});
