/** @import {Json} from "./types.js" */

/** Says why a text was refused. `path` names the fact that holds it. */
export class TextError extends Error {
  /**
   * @param {string} sentence
   * @param {string} path
   */
  constructor(sentence, path) {
    super(sentence);
    this.name = "TextError";
    this.sentence = sentence;
    this.path = path;
  }
}

const BROKEN = /\p{Surrogate}/u;

/**
 * Why this text can be neither stored nor sent, or null. Every other text comes back byte for byte.
 * @param {string} text
 * @returns {string | null}
 */
export function refusal(text) {
  if (text.includes("\u0000")) return "This text holds a character that can't be saved. Take it out and save again.";
  if (BROKEN.test(text)) return "This text holds half a character. Type the last character again.";
  return null;
}

/**
 * Refuses facts that hold a broken text, in names or in values.
 * @param {Json} value
 * @param {string} [path]
 * @throws {TextError}
 */
export function checkTexts(value, path = "") {
  if (typeof value === "string") checkOne(value, path);
  else if (Array.isArray(value)) value.forEach((item, index) => checkTexts(item, `${path}.${index}`));
  else if (value !== null && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) {
      checkOne(name, path);
      checkTexts(item, path ? `${path}.${name}` : name);
    }
  }
}

/**
 * @param {string} text
 * @param {string} path
 */
function checkOne(text, path) {
  const sentence = refusal(text);
  if (sentence) throw new TextError(sentence, path);
}
