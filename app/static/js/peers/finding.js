/** Finding an example in plain words, on the phone's own copy. Pure. */
import { indexTexts, scoresFor } from "../options/search.js";

/**
 * @import {Index} from "../options/search.js"
 * @import {Post} from "./held.js"
 */

const WEIGHTS = { goal: 8, tried: 6, worked: 4, worked_not: 2, coded: 5 };

/**
 * Do it once for a group, not for each letter typed.
 * @param {Post[]} examples
 * @param {(example: Post) => string} coded  what its codes are called: the side of life, the kind of support
 * @returns {Index<Post>}
 */
export function indexExamples(examples, coded) {
  const { coded: codes, ...parts } = WEIGHTS;
  const texts = (/** @type {Post} */ { texts: said }) => Object.entries(parts).map(([part, weight]) => /** @type {[string, number]} */ ([said[part] ?? "", weight]));
  return indexTexts(examples, (one) => [...texts(one), [coded(one), codes]], () => []);
}

/**
 * What fits, the best first; as it stood where nothing is asked.
 * @param {Index<Post>} index
 * @param {string} query
 * @param {string} side  a code, or "" for any
 * @returns {Post[]}
 */
export function findExamples(index, query, side) {
  const scores = scoresFor(index, query);
  return index.options
    .map((example, at) => ({ example, score: scores[at] ?? 0 }))
    .filter(({ example, score }) => score > 0 && (!side || example.codes["side"] === side))
    .sort((one, other) => other.score - one.score)
    .map(({ example }) => example);
}

/**
 * Questions that nobody has answered, the newest first.
 * @param {Post[]} posts
 */
export function unanswered(posts) {
  const answered = new Set(posts.filter((one) => one.about === "answer").map((one) => one.on));
  const there = new Set(posts.map((one) => one.id));
  return posts.filter((one) => one.about === "question" && there.has(one.on ?? "") && !answered.has(one.id));
}
