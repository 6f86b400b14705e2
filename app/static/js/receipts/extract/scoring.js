// @ts-check
/** Scores of candidates: weighted sums of what speaks for and against, turned into shares of belief. */

/** @typedef {import("./shapes.js").Features} Features */
/** @typedef {import("./words.js").Rules} Rules */

/**
 * The weighted sum of features; one without a weight counts nothing.
 * @param {Rules} rules
 * @param {Features} features
 * @param {string} model
 */
export function score(rules, features, model) {
  const weights = weightsOf(rules, model);
  return Object.entries(features).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, 0);
}

/**
 * @param {Rules} rules
 * @param {string} model
 */
function weightsOf(rules, model) {
  const weights = rules.data.weights[model];
  if (!weights) throw new Error(`no weights ${model}`);
  return weights;
}

/**
 * Scores as shares of 1 (softmax).
 * @param {number[]} scores
 * @returns {number[]}
 */
export function sharesOf(scores) {
  const top = Math.max(...scores);
  const parts = scores.map((one) => Math.exp(one - top));
  const whole = parts.reduce((sum, one) => sum + one, 0);
  return parts.map((part) => part / whole);
}

/**
 * A weighted sum with its base as a likelihood, rounded to three places.
 * @param {Rules} rules
 * @param {Features} features
 * @param {string} model
 */
export function likelihood(rules, features, model) {
  const value = score(rules, features, model) + (weightsOf(rules, model)["base"] ?? 0);
  return Math.floor(1000 / (1 + Math.exp(-Math.max(-30, Math.min(30, value)))) + 0.5) / 1000;
}

/**
 * A feature as a number.
 * @param {boolean} holds
 */
export function flag(holds) {
  return holds ? 1 : 0;
}
