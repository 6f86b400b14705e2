import { FileBox } from "./filebox.js";

/**
 * @import {Payload} from "./migrate.js"
 * @import {Records, Write} from "./records.js"
 * @import {Cursor, Json, Kept, LoadedStream, Mark, Op, OutboxItem, StoredRow, StreamChange} from "./types.js"
 */

const BLOCK_ROWS = 200;
// Chromium keeps values above 64 KiB apart as files, which are slow to read: a block stays well below.
const BLOCK_CHARS = 48_000;
const SMALL_BLOCKS = 16;
export const KEPT_MS = 7 * 24 * 3_600_000;

/** @typedef {{key: string, stream: string, count: number, bytes: number}} BlockNote */
/** @typedef {{stream: string, cursor: Cursor, known: boolean, generation: number, live: number, summary: string}} Head */
/** @typedef {{key: IDBValidKey, head: Head}} HeadNote */
/** Writes to make, and how to remember them once they are made.
 * @typedef {{writes: Write[], done: () => void}} Plan */
/** @typedef {Awaited<ReturnType<Records["open"]>>} Opened */
/** @typedef {{[table: string]: Opened}} Tables */

/**
 * Where everything lies in the store (keys tell nothing by themselves), and the plans of writes that change it.
 */
export class Catalogue {
  /** @type {Map<string, HeadNote>} */
  heads = new Map();
  /** @type {Map<IDBValidKey, BlockNote>} */
  blocks = new Map();
  /** @type {Map<string, OutboxItem>} */
  outbox = new Map();
  /** @type {Map<string, {key: IDBValidKey, words: Kept}>} */
  kept = new Map();

  /** @param {Records} records */
  constructor(records) {
    this.records = records;
    this.box = new FileBox(records);
  }

  /**
   * @param {StreamChange} change
   * @param {Map<string, HeadNote>} heads  changed here
   * @returns {Promise<Plan>}
   */
  async changePlan({ stream, cursor, known, replace, rows }, heads) {
    const before = heads.get(stream);
    const fresh = replace || !before;
    const live = fresh ? rows.length : before.head.live + (before.head.known ? 0 : rows.length);
    const generation = fresh ? this.records.version + 1 : before.head.generation;
    const summary = before?.head.summary ?? this.records.newKey();
    const head = { stream, cursor, known: known || Boolean(before?.head.known), generation, live, summary };
    const write = await this.records.put("heads", head, before?.key);
    heads.set(stream, { key: write.key, head });
    const outdated = replace ? this.blocksOf(stream) : [];
    const plan = await this.blocksPlan(stream, rows, outdated);
    return { writes: [write, ...plan.writes], done: plan.done };
  }

  /**
   * @param {string} stream
   * @param {StoredRow[]} rows
   * @param {BlockNote[]} outdated
   * @returns {Promise<Plan>}
   */
  async blocksPlan(stream, rows, outdated) {
    const groups = intoBlocks(rows);
    const puts = await Promise.all(groups.map((group) => this.records.putList("blocks", { stream }, "rows", group)));
    const deletes = outdated.map((block) => ({ table: "blocks", key: block.key }));
    const done = () => {
      for (const block of outdated) this.blocks.delete(block.key);
      puts.forEach(({ key, value }, at) => {
        this.blocks.set(key, { key: String(key), stream, count: groups[at]?.length ?? 0, bytes: value?.length ?? 0 });
      });
    };
    return { writes: [...deletes, ...puts], done };
  }

  /**
   * @param {string} stream
   * @param {number} at
   * @param {Map<string, HeadNote>} heads  changed here
   * @returns {Promise<Plan>}
   */
  async wipePlan(stream, at, heads) {
    const head = heads.get(stream);
    heads.delete(stream);
    const blocks = this.blocksOf(stream);
    const files = this.box.list().filter((note) => note.stream === stream);
    const waiting = files.filter((note) => note.state === "waiting");
    const keeps = await Promise.all(waiting.map((note) => this.box.change(note.sha256, { state: "kept", until: at + KEPT_MS })));
    const drop = this.box.drop(files.filter((note) => note.state === "sent" || note.state === "picture").map((note) => note.sha256));
    const rows = await this.blocksPlan(stream, [], blocks);
    const own = head ? [{ table: "heads", key: head.key }, { table: "summaries", key: head.head.summary }] : [];
    return joined([{ writes: own, done: () => {} }, rows, drop, ...keeps]);
  }

  /**
   * @param {Mark[]} marked
   * @param {string[]} dropped
   * @returns {Promise<Plan>}
   */
  async outboxPlan(marked, dropped) {
    const items = marked.flatMap((mark) => {
      const item = this.outbox.get(mark.id);
      return item ? { ...item, done: mark.done, aside: mark.aside } : [];
    });
    const puts = await Promise.all(items.map(({ n, op, done, aside }) => this.records.put("outbox", { op, done, aside }, n)));
    const gone = dropped.flatMap((id) => this.outbox.get(id) ?? []);
    const done = () => {
      for (const item of items) this.outbox.set(item.op.id, item);
      for (const item of gone) this.outbox.delete(item.op.id);
    };
    return { writes: [...puts, ...gone.map((item) => ({ table: "outbox", key: item.n }))], done };
  }

  /**
   * @param {Kept[]} kept
   * @returns {Promise<Plan>}
   */
  async keptPlan(kept) {
    const puts = await Promise.all(kept.map((words) => this.records.put("kept", { words })));
    const sentences = new Map(kept.map((words) => [words.id, words]));
    const files = this.box.list().flatMap((note) => {
      const words = note.state === "waiting" ? sentences.get(note.announce) : undefined;
      return words ? this.box.change(note.sha256, { state: "kept", sentence: words.sentence, until: words.at + KEPT_MS }) : [];
    });
    const done = () => kept.forEach((words, at) => this.kept.set(words.id, { key: puts[at]?.key ?? "", words }));
    return joined([{ writes: puts, done }, ...(await Promise.all(files))]);
  }

  /**
   * @param {ReadonlyMap<string, Json>} summaries
   * @param {ReadonlyMap<string, HeadNote>} heads
   * @returns {Promise<Write[]>}
   */
  async summaryWrites(summaries, heads) {
    const wanted = [...summaries].flatMap(([stream, data]) => {
      const key = heads.get(stream)?.head.summary;
      return key === undefined ? [] : { key, payload: { stream, data } };
    });
    return Promise.all(wanted.map(({ key, payload }) => this.records.put("summaries", payload, key)));
  }

  /** @param {{[table: string]: Opened}} tables */
  adoptSmall(tables) {
    const heads = (tables["heads"] ?? []).map(({ key, payload }) => ({ key, head: /** @type {Head} */ (/** @type {unknown} */ (payload)) }));
    this.heads = new Map(heads.map((note) => [note.head.stream, note]));
    const outbox = (tables["outbox"] ?? []).map(({ key, payload }) => itemOf(Number(key), payload));
    this.outbox = new Map(outbox.sort((a, b) => a.n - b.n).map((item) => [item.op.id, item]));
    const kept = (tables["kept"] ?? []).map(({ key, payload }) => ({ key, words: /** @type {Kept} */ (/** @type {unknown} */ (payload["words"])) }));
    this.kept = new Map(kept.map((note) => [note.words.id, note]));
    this.box.adopt(tables["files"] ?? []);
  }

  /**
   * @param {Opened} opened
   * @returns {Map<string, StoredRow[]>} the rows by stream, one row perhaps in several versions
   */
  adoptBlocks(opened) {
    /** @type {Map<string, StoredRow[][]>} */
    const parts = new Map();
    for (const { key, payload, bytes } of opened) {
      const rows = rowsOf(payload);
      const stream = String(payload["stream"]);
      this.blocks.set(key, { key: String(key), stream, count: rows.length, bytes });
      const list = parts.get(stream);
      if (list) list.push(rows);
      else parts.set(stream, [rows]);
    }
    return new Map([...parts].map(([stream, lists]) => [stream, lists.flat()]));
  }

  /**
   * @param {ReadonlyMap<string, StoredRow[]>} rows
   * @param {(stream: string, head: Head) => boolean} replaced
   * @returns {Map<string, LoadedStream>}
   */
  streams(rows, replaced) {
    const asOf = this.records.contact;
    const list = [...this.heads].map(([stream, { head }]) => {
      const { cursor, known } = head;
      return /** @type {const} */ ([stream, { cursor, known, asOf, rows: rows.get(stream) ?? [], replaced: replaced(stream, head) }]);
    });
    return new Map(list);
  }

  /**
   * @param {string} stream
   * @returns {BlockNote[]}
   */
  blocksOf(stream) {
    return [...this.blocks.values()].filter((block) => block.stream === stream);
  }
}

/**
 * @param {Payload} payload
 * @returns {StoredRow[]}
 */
export function rowsOf(payload) {
  return /** @type {StoredRow[]} */ (/** @type {unknown} */ (payload["rows"]));
}

/**
 * @param {number} n
 * @param {Payload} payload
 * @returns {OutboxItem}
 */
function itemOf(n, payload) {
  const { op, done, aside } = /** @type {Omit<OutboxItem, "n">} */ (/** @type {unknown} */ (payload));
  return { n, op, done, aside };
}

/**
 * @param {Plan[]} plans
 * @returns {Plan}
 */
function joined(plans) {
  const done = () => plans.forEach((plan) => plan.done());
  return { writes: plans.flatMap((plan) => plan.writes), done };
}

/**
 * @param {StoredRow[]} rows
 * @returns {string[][]} each row as JSON, which is made only once
 */
export function intoBlocks(rows) {
  /** @type {string[][]} */
  const blocks = [];
  let chars = Infinity;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const last = blocks.at(-1);
    if (last && last.length < BLOCK_ROWS && chars + text.length <= BLOCK_CHARS) last.push(text);
    else blocks.push([text]);
    chars = blocks.at(-1) === last ? chars + text.length : text.length;
  }
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
  const small = blocks.filter((block) => block.count < BLOCK_ROWS / 2 && block.bytes < BLOCK_CHARS / 2);
  return { blocks: small.length > SMALL_BLOCKS ? small : [], whole: false };
}
