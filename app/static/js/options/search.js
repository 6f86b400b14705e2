// @ts-check
import { ALIKE, PHRASES } from "./everyday.js";

/**
 * Forgiving search in memory: one wrong letter, plurals, any order of words, everyday words for a thing.
 * Pure: the phone searches its own copy of the directory, with or without signal.
 */

/**
 * @typedef {object} Option  one kind of support, as it travels
 * @property {string} id
 * @property {string} slug
 * @property {string} need
 * @property {string} name
 * @property {string} icon
 * @property {string} what
 * @property {string} who
 * @property {string[]} sides
 * @property {string[]} tags
 * @property {boolean} at_home
 * @property {{low: number, high: number, per: string, as_of: string, basis: string}} cost  pence; 0 is free
 * @property {Array<{kind: string, words: string}>} ways
 * @property {{level: number, words: string, source: string | null}} evidence
 * @property {string} risks
 * @property {string | null} agree
 * @property {string[]} search
 */

/** @typedef {{need: string, side: string, way: string, free: boolean, home: boolean}} Filters  "" is any */
/** @typedef {{at: number, weight: number}} Posting */
/** @typedef {{token: string, stem: string, postings: Posting[], rarity: number}} Word */
/**
 * @template Item
 * @typedef {{options: Item[], words: Word[], phrases: Set<string>[][]}} Index  what can be found, in its order
 */

/** @type {Filters} */
export const NO_FILTERS = { need: "", side: "", way: "", free: false, home: false };

const WEIGHTS = { name: 10, search: 8, tags: 6, what: 4, who: 3, ways: 1 };
const PHRASE_BONUS = 12;
const NAME_BONUS = 12;
const STEPS = 8;
const ENOUGH = 0.5;
/** A sentence of so many words tells more than any one thing answers: what meets one of them is shown, unless others fit far better. */
const SENTENCE = 5;
const BESIDE_BEST = 0.34;
const EXACT = 1;
const SAME_STEM = 0.95;
const SHORT = 3;
const BEGINS = 0.75;
const ONE_LETTER = 0.6;
const MEANS_THE_SAME = 0.55;
const GAP = 3;
const LITTLE = new Set(
  `a about abroad after again all also always am an and another any anybody anyone anything are around as at away be because been before being
  best bit both but by came can cant come could couldnt day days did didnt different do does doesnt doing done dont down each easy else enough
  even ever every everything feel feels few find finding first for from gave get gets getting give go goes going good got had hard has hate have
  having he heavy help helping her here him himself his hour hours how i id if ill im in instead into is isnt it its ive just keep keeps kind
  know less let like little long look looking lot lots love made make makes many may maybe me mine more most much my myself need needs never
  new nice no not nothing now of off often on once one only or other our out over own part person place please put rather really right same
  say she should so some somebody someone something sometimes somewhere soon start still stuff such take takes than that thats the their them
  then there these they thing things think this those though through time times to together too took try trying until up us use used using
  very want wanted wants was way we week weeks well went were what when where which while who whom whose why will wish with without wont
  would year years yes yet you your morning mornings evening evenings afternoon monday mondays tuesday tuesdays
  wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays left month months today
  tomorrow`.split(/\s+/),
);

/**
 * Makes an index. Do it once for a directory, not for each letter typed.
 * @param {Option[]} options
 * @returns {Index<Option>}
 */
export function indexOf(options) {
  return indexTexts(options, textsOf, (option) => [option.name, ...option.search]);
}

/**
 * An index of anything that has texts: each with how much it counts, and the phrases that count extra, the name first.
 * @template Item
 * @param {Item[]} options
 * @param {(one: Item) => Array<[string, number]>} texts
 * @param {(one: Item) => string[]} named
 * @returns {Index<Item>}
 */
export function indexTexts(options, texts, named) {
  /** @type {Map<string, Map<number, number>>} */
  const found = new Map();
  options.forEach((option, at) => {
    for (const [text, weight] of texts(option)) {
      for (const token of tokensOf(text)) {
        const postings = found.get(token) ?? new Map();
        postings.set(at, Math.max(weight, postings.get(at) ?? 0));
        found.set(token, postings);
      }
    }
  });
  const words = [...found].map(([token, postings]) => ({
    token,
    stem: stemOf(token),
    postings: [...postings].map(([at, weight]) => ({ at, weight })),
    rarity: Math.log(1 + options.length / postings.size),
  }));
  const phrases = options.map((option) => named(option).map((text) => new Set(tokensOf(text).map(stemOf))));
  return { options, words, phrases };
}

/**
 * What fits, the best first; among what fits as well, what can be free comes first.
 * @param {Index<Option>} index
 * @param {string} query
 * @param {Filters} [filters]
 * @returns {Option[]}
 */
export function search(index, query, filters = NO_FILTERS) {
  const scores = scoresFor(index, query);
  const best = Math.max(0, ...scores);
  if (best === 0) return [];
  return index.options
    .map((option, at) => ({ option, step: Math.round((STEPS * (scores[at] ?? 0)) / best), score: scores[at] ?? 0 }))
    .filter(({ option, score }) => score > 0 && fits(option, filters))
    .sort((one, other) => other.step - one.step || freeness(other.option) - freeness(one.option) || other.score - one.score)
    .map(({ option }) => option);
}

/**
 * How well each thing fits, in the order of the index; 0 is not at all, and without a question all fit alike.
 * @param {Index<unknown>} index
 * @param {string} query
 * @returns {number[]}
 */
export function scoresFor(index, query) {
  const tokens = askedFor(query);
  return tokens.length ? scored(index, tokens, tokensOf(query).length >= SENTENCE) : index.options.map(() => 1);
}

/** Whether there is a free way. @param {Option} option */
export function isFree(option) {
  return option.cost.low === 0;
}

/** Always free before free for some before paid. @param {Option} option */
function freeness({ cost }) {
  return Number(cost.high === 0) + Number(cost.low === 0);
}

/**
 * @param {Option} option
 * @param {Filters} filters
 */
export function fits(option, { need, side, way, free, home }) {
  if (need && option.need !== need) return false;
  if (side && !option.sides.includes(side)) return false;
  if (way && !option.ways.some((one) => one.kind === way)) return false;
  return (!free || isFree(option)) && (!home || option.at_home);
}

/**
 * The words of a text as they are compared: no capitals, accents or marks.
 * @param {string} text
 * @returns {string[]}
 */
export function tokensOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that count in a question; when there are only little ones, those. @param {string} query */
function askedFor(query) {
  const all = [...new Set(saidOtherwise(tokensOf(query)))];
  const telling = all.filter((token) => !LITTLE.has(token));
  return telling.length ? telling : all;
}

/**
 * A question with its phrases put into the words of the directory.
 * @param {string[]} tokens
 * @returns {string[]}
 */
function saidOtherwise(tokens) {
  /** @type {string[]} */
  const said = [];
  for (let at = 0; at < tokens.length; ) {
    const { words, length } = phraseAt(tokens, at);
    said.push(...words);
    at += length;
  }
  return said;
}

/** @param {string[]} tokens @param {number} at */
function phraseAt(tokens, at) {
  for (const [phrase, means] of PHRASES_AS_TOKENS) {
    const gap = lengthOf(phrase, tokens.slice(at));
    if (gap !== null) return { words: [...means, ...tokens.slice(at + gap.from, at + gap.to)], length: gap.length };
  }
  return { words: tokens.slice(at, at + 1), length: 1 };
}

/**
 * How long a phrase is that the words begin with, and which of them stand for its star; null where they do not.
 * @param {string[]} phrase
 * @param {string[]} words
 */
function lengthOf(phrase, words) {
  const star = phrase.indexOf("*");
  const meets = (/** @type {string[]} */ part, /** @type {number} */ from) => part.every((word, at) => word === words[from + at]);
  if (star < 0) return meets(phrase, 0) ? { from: 0, to: 0, length: phrase.length } : null;
  const [before, after] = [phrase.slice(0, star), phrase.slice(star + 1)];
  if (!meets(before, 0)) return null;
  for (let to = star + 1; to <= star + GAP; to += 1) {
    if (meets(after, to)) return { from: star, to, length: to + after.length };
  }
  return null;
}

/** @param {Option} option @returns {Array<[string, number]>} */
function textsOf(option) {
  return [
    [option.name, WEIGHTS.name],
    ...option.search.map((text) => /** @type {[string, number]} */ ([text, WEIGHTS.search])),
    [option.tags.join(" "), WEIGHTS.tags],
    [option.what, WEIGHTS.what],
    [option.who, WEIGHTS.who],
    [option.ways.map((way) => way.words).join(" "), WEIGHTS.ways],
  ];
}

/**
 * The score of each option. Rare words count more; what meets less than half of the question is left out.
 * @param {Index<unknown>} index
 * @param {string[]} tokens
 * @param {boolean} sentence
 */
function scored(index, tokens, sentence) {
  const sums = index.options.map(() => ({ score: 0, met: 0 }));
  let asked = 0;
  const stems = tokens.map(stemOf);
  for (const token of tokens) {
    const { hits, rarity } = hitsOf(index, token, sameAs(token, stems));
    asked += rarity;
    for (const [at, strength] of hits) {
      const sum = sums[at];
      if (sum) Object.assign(sum, { score: sum.score + strength * rarity, met: sum.met + rarity });
    }
  }
  const whole = sums.map(({ score, met }, at) => (met > 0 && (sentence || met >= ENOUGH * asked) ? score + bonus(index.phrases[at] ?? [], stems) : 0));
  const least = sentence ? BESIDE_BEST * Math.max(...whole) : 0;
  return whole.map((score) => (score >= least ? score : 0));
}

/**
 * Where a word of the question stands, how strongly, and how telling it is. A word that stands nowhere counts nothing.
 * @param {Index<unknown>} index
 * @param {string} token
 * @param {ReadonlySet<string>} same  stems of the same meaning
 */
function hitsOf(index, token, same) {
  const found = meets(index, token, SHORT, same);
  // the first letters of a word that is still being typed: what begins so is better than nothing
  return found.hits.size || token.length >= SHORT ? found : meets(index, token, 1, same);
}

/**
 * @param {Index<unknown>} index
 * @param {string} token
 * @param {number} begins  from so many letters on, what begins with them counts
 * @param {ReadonlySet<string>} same
 */
function meets(index, token, begins, same) {
  /** @type {Map<number, number>} */
  const hits = new Map();
  const stem = stemOf(token);
  let rarity = 0;
  let closest = 0;
  for (const word of index.words) {
    const alike = likeness(token, stem, word, begins) || (same.has(word.stem) ? MEANS_THE_SAME : 0);
    if (!alike) continue;
    if (alike > closest || (alike === closest && word.rarity < rarity)) [closest, rarity] = [alike, word.rarity];
    for (const { at, weight } of word.postings) hits.set(at, Math.max(hits.get(at) ?? 0, alike * weight));
  }
  return { hits, rarity };
}

/**
 * @param {string} token
 * @param {string} stem
 * @param {Word} word
 * @param {number} begins
 */
function likeness(token, stem, word, begins) {
  if (token === word.token) return EXACT;
  if (stem === word.stem) return SAME_STEM;
  if (token.length >= begins && word.token.startsWith(token)) return BEGINS;
  if (token.length < 4 || word.token.length < 4) return 0;
  return oneLetterApart(stem, word.stem) || oneLetterApart(token, word.token) ? ONE_LETTER : 0;
}

/**
 * The whole question in one phrase or in the name counts extra.
 * @param {Set<string>[]} phrases  the name first
 * @param {string[]} stems
 */
function bonus(phrases, stems) {
  const [name, ...rest] = phrases;
  const inName = name && stems.every((stem) => name.has(stem)) ? NAME_BONUS : 0;
  return inName + (rest.some((phrase) => stems.every((stem) => phrase.has(stem))) ? PHRASE_BONUS : 0);
}

/** A word without its plural and without -ing or -ed: washing, washed and wash are one. @param {string} token */
function stemOf(token) {
  const one = singularOf(token);
  const cut = one.length > 5 && one.endsWith("ing") ? one.slice(0, -3) : one.length > 4 && one.endsWith("ed") ? one.slice(0, -2) : one;
  if (cut === one || !/[aeiouy]/.test(cut)) return one;
  return /([bdgmnprt])\1$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** @param {string} token */
function singularOf(token) {
  if (token.length > 4 && token.endsWith("ies")) return `${token.slice(0, -3)}y`;
  if (token.length > 4 && /(?:s|x|z|ch|sh)es$/.test(token)) return token.slice(0, -2);
  return token.length > 3 && token.endsWith("s") && !token.endsWith("ss") ? token.slice(0, -1) : token;
}

/**
 * One letter too many, missing, changed, or two that changed places.
 * @param {string} one
 * @param {string} other
 */
function oneLetterApart(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let ends = 0;
  while (ends < Math.min(one.length, other.length) - start && one.at(-1 - ends) === other.at(-1 - ends)) ends += 1;
  const [left, right] = [one.slice(start, one.length - ends), other.slice(start, other.length - ends)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/**
 * The stems that mean the same as a word. Who says two words of one meaning means both, and nothing beside them.
 * @param {string} token
 * @param {string[]} stems  of the whole question
 * @returns {ReadonlySet<string>}
 */
function sameAs(token, stems) {
  const stem = stemOf(token);
  const same = SAME.get(stem) ?? NONE;
  return stems.some((one) => one !== stem && same.has(one)) ? NONE : same;
}

/** The words of the same meaning, as stems, by the stem. @returns {Map<string, Set<string>>} */
function sameMeanings() {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const line of ALIKE.trim().split("\n")) {
    const stems = line.split(" ").map(stemOf);
    for (const stem of stems) found.set(stem, new Set([...(found.get(stem) ?? []), ...stems]));
  }
  return found;
}

/** @type {ReadonlySet<string>} */
const NONE = new Set();
const SAME = sameMeanings();
/** @type {ReadonlyArray<[string[], string[]]>} */
const PHRASES_AS_TOKENS = PHRASES.map(([phrase, means]) => [phrase.split(" "), means.split(" ")]);
