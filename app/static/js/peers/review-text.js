/**
 * A checked text as it is looked at: which words were changed, which stand out, which are hidden. Pure.
 * The server makes the finished text the same way (app/peers/composing.py); tests/vectors/composing.json holds both to it.
 */

/** A run of a checked text, see `composing.Segment`. @typedef {{t: string, k?: string, why?: string, was?: string, f?: string[]}} Segment */
/** @typedef {{[part: string]: Segment[]}} Checked */
/**
 * `faint`: stands out, a tap hides `word` everywhere. `find`: was changed; `number` is its place among the segments.
 * `at`: where it stood before anything was hidden.
 * @typedef {{kind: "plain" | "faint" | "find" | "hidden", text: string, at: number, word: string, number: number}} Piece
 */
/** @typedef {{hidden: string[], revealed: string[]}} Choices  `revealed` names finds as "part:number" */

export const HIDDEN = "(hidden)";
const WORD = /[\p{L}\p{M}\p{N}_]+(?:(?<=\p{N})[.,:](?=\p{N})[\p{L}\p{N}_]+)*/gu;
const AFTER_APOSTROPHE = /[\p{L}\p{N}]['’]$/u;
const SIGNS = /[.*+?^${}()|[\]\\/]/g;
const SEALED = ["CONTACT", "ID"];
/** Words that are nobody's name, whatever their first letter looks like. */
const SMALL = new Set(
  ("a about after all also although an and another any are as at be because before both but by can do each every everyone for from had has have he her here his how " +
    "i if in is it its just later many maybe more most my no none nobody nothing not now of often on once one or our out she since so some somebody someone sometimes " +
    "somewhere something still than that the their them then there these they this those though to today too up us was we were what when where which while who why with without yes yet you your").split(" "),
);

/** The parts of a text that hold anything, in their order. @param {Checked} checked @param {string[]} order */
export function partsOf(checked, order) {
  return order.filter((part) => (checked[part] ?? []).some((one) => one.t.trim() || one.k));
}

/** Whether a find can never be shown. @param {Segment} segment */
export function isSealed(segment) {
  return segment.was === undefined;
}

/** Whether what is sealed is a way to reach somebody or a number of theirs. @param {Segment} segment */
export function isContact(segment) {
  return SEALED.includes(segment.k ?? "");
}

/**
 * The text of one part in pieces, in reading order.
 * @param {string} part
 * @param {Segment[]} segments
 * @param {Choices} choices
 * @returns {Piece[]}
 */
export function piecesOf(part, segments, choices) {
  const runs = runsOf(part, segments, choices.revealed);
  const hides = rangesOf(runs.map((run) => run.text).join(""), choices.hidden);
  return runs.flatMap((run) => cut(run, hides)).filter((piece) => piece.text);
}

/**
 * The finished text of one part.
 * @param {string} part
 * @param {Segment[]} segments
 * @param {Choices} choices
 */
export function finalText(part, segments, choices) {
  return piecesOf(part, segments, choices).map((piece) => (piece.kind === "hidden" ? HIDDEN : piece.text)).join("");
}

/** @typedef {{number: number, at: number, text: string, find: boolean, faint: Set<string>}} Run */
/** @typedef {{start: number, end: number, word: string}} Range */

/** @param {string} part @param {Segment[]} segments @param {string[]} revealed @returns {Run[]} */
function runsOf(part, segments, revealed) {
  let at = 0;
  return segments.map((segment, number) => {
    const text = revealed.includes(`${part}:${number}`) ? (segment.was ?? segment.t) : segment.t;
    const run = { number, at, text, find: segment.k !== undefined, faint: new Set(segment.f ?? []) };
    at += text.length;
    return run;
  });
}

/** @param {string} text @param {string[]} hidden @returns {Range[]} */
function rangesOf(text, hidden) {
  const words = [...new Set(hidden.map((word) => word.trim()).filter(Boolean))].sort((one, other) => other.length - one.length);
  if (!words.length) return [];
  const any = words.map((word) => word.replace(SIGNS, "\\$&")).join("|");
  const found = text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?![\\p{L}\\p{N}_])`, "giu"));
  return [...found].map((match) => ({ start: match.index, end: match.index + match[0].length, word: match[0] }));
}

/** What is left of a run between what is hidden; a hidden range stands where it begins. @param {Run} run @param {Range[]} hides @returns {Piece[]} */
function cut(run, hides) {
  const end = run.at + run.text.length;
  /** @type {Piece[]} */
  const pieces = [];
  let at = run.at;
  for (const range of hides.filter((one) => one.start < end && one.end > run.at)) {
    pieces.push(...shown(run, at, range.start));
    if (range.start >= run.at) pieces.push({ kind: "hidden", text: range.word, at: range.start, word: range.word, number: run.number });
    at = Math.min(end, range.end);
  }
  return [...pieces, ...shown(run, at, end)];
}

/** @param {Run} run @param {number} start @param {number} end @returns {Piece[]} */
function shown(run, start, end) {
  const text = run.text.slice(Math.max(0, start - run.at), Math.max(0, end - run.at));
  const piece = (/** @type {Piece["kind"]} */ kind, /** @type {number} */ from, /** @type {string} */ words) =>
    ({ kind, text: words, at: start + from, word: words, number: run.number });
  if (run.find) return text ? [piece("find", 0, text)] : [];
  /** @type {Piece[]} */
  const pieces = [];
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    if (!standsOut(match[0], text.slice(0, match.index), run.faint)) continue;
    pieces.push(piece("plain", done, text.slice(done, match.index)), piece("faint", match.index, match[0]));
    done = match.index + match[0].length;
  }
  return [...pieces, piece("plain", done, text.slice(done))];
}

/** A capital, a digit, or a word that few texts hold. @param {string} word @param {string} before @param {Set<string>} faint */
function standsOut(word, before, faint) {
  const low = word.toLowerCase();
  if (AFTER_APOSTROPHE.test(before) && word === low) return false;
  if (/\p{N}/u.test(word)) return true;
  return faint.has(low) || (word !== low && !SMALL.has(low));
}

/** Which of these words stand in the texts. @param {string[]} words @param {string[]} texts @returns {string[]} */
export function stillThere(words, texts) {
  return words.filter((word) => texts.some((text) => rangesOf(text, [word]).length > 0));
}

const REFUSED = /^“([\s\S]+)” still tells/;
const LONGEST_HIDDEN = 100;

/**
 * What the server's second guard still found, as words to hide; a find over several lines or parts is several.
 * @param {string} sentence
 * @returns {string[]}
 */
export function refusedWords(sentence) {
  const [, found = ""] = REFUSED.exec(sentence) ?? [];
  const lines = found.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.flatMap((line) => (line.length > LONGEST_HIDDEN ? line.split(/\s+/) : [line]));
}
