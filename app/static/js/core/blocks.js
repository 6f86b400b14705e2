/**
 * How rows lie in sealed blocks: which rows share a block and which blocks are worth writing anew. Pure.
 * @import {StoredRow} from "./types.js"
 */

export const BLOCK_ROWS = 200;
const SMALL = BLOCK_ROWS / 2;
const SMALL_BLOCKS = 16;

/** @typedef {{key: string, stream: string, count: number}} BlockNote */

/**
 * @param {StoredRow[]} rows
 * @returns {StoredRow[][]}
 */
export function intoBlocks(rows) {
  const blocks = [];
  for (let start = 0; start < rows.length; start += BLOCK_ROWS) blocks.push(rows.slice(start, start + BLOCK_ROWS));
  return blocks;
}

/**
 * The newest version of each row. Within an epoch a row's `seq` only grows, so the order of blocks does not matter.
 * @param {Iterable<StoredRow>} rows
 * @returns {StoredRow[]}
 */
export function newest(rows) {
  /** @type {Map<string, StoredRow>} */
  const found = new Map();
  for (const row of rows) {
    const key = `${row.kind} ${row.id}`;
    const before = found.get(key);
    if (!before || before.seq <= row.seq) found.set(key, row);
  }
  return [...found.values()];
}

/**
 * The blocks of one stream to write anew, or none. Small appends are merged; once more than half of what is stored
 * may be outdated the whole stream is written anew, so the work stays in proportion to what was received.
 * @param {BlockNote[]} blocks  of one stream
 * @param {number} live  rows after the stream was last written whole
 * @returns {{blocks: BlockNote[], whole: boolean}}
 */
export function worthRewriting(blocks, live) {
  const stored = blocks.reduce((sum, block) => sum + block.count, 0);
  if (blocks.length > 1 && stored > 2 * live + 2 * BLOCK_ROWS) return { blocks, whole: true };
  const small = blocks.filter((block) => block.count < SMALL);
  return { blocks: small.length > SMALL_BLOCKS ? small : [], whole: false };
}
