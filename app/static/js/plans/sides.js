/** Eight sides of a life, each with a gentle question. Pure. */

/** @type {ReadonlyArray<{code: string, words: string, ask: string}>} */
export const SIDES = [
  { code: "health", words: "My health", ask: "What would you do if your body gave you less trouble?" },
  { code: "mental_health", words: "How I feel", ask: "What gives you a good day? What would give you more of them?" },
  { code: "personal", words: "My own life", ask: "What would you like to decide or do on your own?" },
  { code: "social", words: "People and places", ask: "Who would you like to see more? Where would you go?" },
  { code: "economic", words: "Work and money", ask: "Is there work you would like to do, paid or not?" },
  { code: "educational", words: "Learning", ask: "What would you like to learn, or learn again?" },
  { code: "ethnic", words: "Where I come from", ask: "Is there food, a language or a place that you miss?" },
  { code: "cultural", words: "Faith, music, customs", ask: "What do you believe, celebrate, sing or make?" },
];

/** @type {Array<[string, string]>} */
export const WEIGHTS = [
  ["", "Not sure"],
  ["10", "10, more than anything"],
  ["9", "9"],
  ["8", "8, very much"],
  ["7", "7"],
  ["6", "6"],
  ["5", "5, it matters"],
  ["4", "4"],
  ["3", "3, a little"],
  ["2", "2"],
  ["1", "1, it would be nice"],
];

/** @param {unknown} code */
export function sideWords(code) {
  return SIDES.find((one) => one.code === code)?.words ?? "";
}
