/** What a line says, out of the recogniser's likelihoods: the likeliest letter of each step, repeats dropped. Pure. */

/** @typedef {{text: string, score: number}} Text `score` is the mean likelihood of its letters, 0 to 1 */

/**
 * @param {Float32Array} steps  for each step the likelihood of each letter
 * @param {readonly string[]} letters  the first stands for nothing
 * @returns {Text}
 */
export function spell(steps, letters) {
  const many = letters.length;
  let [text, sum, count, before] = ["", 0, 0, 0];
  for (let start = 0; start + many <= steps.length; start += many) {
    const best = likeliest(steps, start, many);
    if (best && best !== before) {
      text += letters[best] ?? "";
      sum += steps[start + best] ?? 0;
      count += 1;
    }
    before = best;
  }
  return { text: text.trim(), score: count ? sum / count : 0 };
}

/**
 * @param {Float32Array} steps
 * @param {number} start
 * @param {number} many
 */
function likeliest(steps, start, many) {
  let best = 0;
  for (let at = 1; at < many; at++) if ((steps[start + at] ?? 0) > (steps[start + best] ?? 0)) best = at;
  return best;
}
