import { Catalogue, KEPT_MS, newest, rowsOf, worthRewriting } from "./catalogue.js";
import { uuid } from "./ids.js";
import { STEPS, STRUCTURE, restructure } from "./migrate.js";
import { Records, introduce } from "./records.js";
import { Seal } from "./seal.js";
import { StoreError, answered } from "./shelf.js";

/**
 * @import {HeadNote, Plan, Tables} from "./catalogue.js"
 * @import {Step} from "./migrate.js"
 * @import {Found, Write} from "./records.js"
 * @import {AnswerChanges, Channel, FileNote, Json, Loaded, Op, OutboxItem, QueuedFile, Refreshed} from "./types.js"
 */

/**
 * `known`: streams that have been here whole. `summaries`: the newest of each stream.
 * @typedef {{contact: string | null, known: Set<string>, outbox: OutboxItem[], files: FileNote[], summaries: Map<string, Json>}} Glance
 */

export { KEPT_MS, StoreError };

const LOADED = ["heads", "blocks", "outbox", "kept", "files"];
const SEALED = [...LOADED, "summaries", "pieces"];

/**
 * Opens the sealed store of one account. A key that does not fit is refused before anything is read.
 * @param {object} parts
 * @param {IDBFactory} parts.indexedDB
 * @param {Pick<Crypto, "subtle" | "getRandomValues">} parts.crypto
 * @param {string} parts.account
 * @param {CryptoKey} parts.key  from keys.js
 * @param {string} [parts.name]
 * @param {Channel | null} [parts.channel]  tells other tabs of changes
 * @param {ReadonlyArray<(db: IDBDatabase) => void>} [parts.structure]
 * @param {ReadonlyArray<Step>} [parts.steps]
 * @returns {Promise<Store>}
 * @throws {StoreError} key, newer
 */
export async function openStore(parts) {
  const { indexedDB, crypto, account, key, channel = null, structure = STRUCTURE, steps = STEPS } = parts;
  const name = parts.name ?? storeName(account);
  const db = await openDatabase(indexedDB, name, structure);
  const seal = new Seal(crypto, key);
  const { device, keys } = await introduce(db, seal, uuid(crypto));
  const records = new Records({ db, seal, crypto, keys, steps, channel });
  const rekey = (/** @type {CryptoKey} */ fresh) => records.rekey(new Seal(crypto, fresh), SEALED);
  return new Store({ account, device, records, channel, rekey, destroy: () => deleteDatabase(indexedDB, name) });
}

/**
 * @param {string} account
 * @returns {string}
 */
export function storeName(account) {
  return `inhand-${account}`;
}

/**
 * @param {IDBFactory} indexedDB
 * @param {string} name
 * @param {ReadonlyArray<(db: IDBDatabase) => void>} structure
 * @returns {Promise<IDBDatabase>}
 */
export async function openDatabase(indexedDB, name, structure) {
  const request = indexedDB.open(name, structure.length);
  request.onupgradeneeded = (event) => restructure(request.result, event.oldVersion, structure);
  const db = await answered(request).catch((error) => {
    throw error?.name === "VersionError" ? new StoreError("newer", error) : error;
  });
  db.onversionchange = () => db.close();
  return db;
}

/**
 * Deletes a database. Tabs that have it open close it by themselves.
 * @param {IDBFactory} indexedDB
 * @param {string} name
 */
export async function deleteDatabase(indexedDB, name) {
  await answered(indexedDB.deleteDatabase(name));
}

/**
 * The phone's copy of one account. It knows where each record lies; the rows themselves are the replica's.
 * Every change is one transaction: all of it or nothing.
 */
export class Store {
  #records;
  #where;
  #channel;
  #destroy;

  /**
   * @param {object} parts
   * @param {string} parts.account
   * @param {string} parts.device
   * @param {Records} parts.records
   * @param {Channel | null} parts.channel
   * @param {(key: CryptoKey) => Promise<void>} parts.rekey
   * @param {() => Promise<void>} parts.destroy
   */
  constructor({ account, device, records, channel, rekey, destroy }) {
    this.account = account;
    this.device = device;
    this.#records = records;
    this.#where = new Catalogue(records);
    this.#channel = channel;
    this.#destroy = destroy;
    this.rekey = rekey;
  }

  /**
   * What a start paints before the rows are opened, all as of one moment. A summary that can't be read, or that an
   * older version wrote, is left out: the rows follow.
   * @returns {Promise<Glance>}
   */
  async glance() {
    const { state, found } = await this.#records.readAll(["heads", "outbox", "files", "summaries"]);
    const read = (/** @type {string} */ table) => this.#records.open(table, found[table] ?? []).catch(() => []);
    const [heads, outbox, files, summaries] = await Promise.all([read("heads"), read("outbox"), read("files"), read("summaries")]);
    const where = new Catalogue(this.#records);
    where.adoptSmall({ heads, outbox, files });
    return {
      contact: state.contact,
      known: new Set([...where.heads].flatMap(([stream, { head }]) => (head.known ? stream : []))),
      outbox: [...where.outbox.values()],
      files: where.box.list(),
      summaries: new Map(summaries.filter(({ old }) => !old).map(({ payload }) => [String(payload["stream"]), payload["data"] ?? null])),
    };
  }

  /**
   * Reads and opens everything, and brings records of older versions to the present format for good.
   * @returns {Promise<Loaded>}
   * @throws {StoreError} newer, damaged
   */
  async load() {
    const { state, found } = await this.#records.readAll(LOADED);
    this.#records.seen(state);
    const tables = await this.#openAll(found);
    await this.#modernise(tables);
    this.#where.adoptSmall(tables);
    this.#where.blocks = new Map();
    return this.#loaded(tables, () => true);
  }

  /**
   * What other tabs changed since this one last looked, or null.
   * @returns {Promise<Refreshed | null>}
   */
  async refresh() {
    const now = await this.#records.state();
    if (now.version === this.#records.version && now.outboxVersion === this.#records.outboxVersion) return null;
    const { heads: before, blocks } = this.#where;
    const { state, found, present } = await this.#records.readAll(LOADED, new Set(blocks.keys()));
    const tables = await this.#openAll(found);
    this.#records.seen(state);
    this.#where.adoptSmall(tables);
    for (const key of blocks.keys()) if (!present.has(key)) blocks.delete(key);
    const loaded = this.#loaded(tables, (stream, head) => before.get(stream)?.head.generation !== head.generation);
    return { ...loaded, wiped: [...before.keys()].filter((stream) => !loaded.streams.has(stream)) };
  }

  /**
   * Puts operations and the files they use into the outbox: one transaction, durable when it returns.
   * @param {Op[]} ops
   * @param {QueuedFile[]} [files]
   * @param {ReadonlyMap<string, Json>} [summaries]
   * @returns {Promise<OutboxItem[]>}
   * @throws {StoreError} full: nothing was saved
   */
  async queue(ops, files = [], summaries = new Map()) {
    const appends = await Promise.all(ops.map((op) => this.#records.append({ op, done: null, aside: null })));
    const boxed = await Promise.all(files.map((file) => this.#where.box.shelve(file)));
    const others = [...boxed.flatMap(({ writes }) => writes), ...(await this.#where.summaryWrites(summaries, this.#where.heads))];
    const keys = await this.#commitMakingRoom([...appends, ...others]);
    const items = ops.map((op, at) => ({ n: Number(keys[at]), op, done: null, aside: null }));
    for (const item of items) this.#where.outbox.set(item.op.id, item);
    for (const { done } of boxed) done();
    return items;
  }

  /**
   * Stores what one answer changed: rows, cursors, outbox, kept words and files in ONE transaction.
   * @param {Partial<AnswerChanges>} answer
   * @param {{at?: number, summaries?: ReadonlyMap<string, Json>}} [how]  `at`: the phone's time in ms
   * @throws {StoreError} stale: another tab changed rows first; full
   */
  async applyAnswer(answer, { at = 0, summaries = new Map() } = {}) {
    const heads = new Map(this.#where.heads);
    const changes = await Promise.all((answer.changes ?? []).map((change) => this.#where.changePlan(change, heads)));
    const wipes = await Promise.all((answer.wiped ?? []).map((stream) => this.#where.wipePlan(stream, at, heads)));
    const outbox = await this.#where.outboxPlan(answer.marked ?? [], answer.dropped ?? []);
    const kept = await this.#where.keptPlan(answer.kept ?? []);
    const plans = [...changes, ...wipes, outbox, kept];
    const writes = [...plans.flatMap((plan) => plan.writes), ...(await this.#where.summaryWrites(summaries, heads))];
    const rows = changes.length + wipes.length > 0;
    await this.#records.commit(writes, { rows, contact: answer.contact ?? null });
    for (const plan of plans) plan.done();
    if (rows) this.#where.heads = heads;
  }

  /**
   * Removes all of a stream's rows from this phone.
   * @param {string} stream
   * @param {number} [at]
   */
  wipeStream(stream, at = 0) {
    return this.applyAnswer({ wiped: [stream] }, { at });
  }

  /**
   * Forgets kept words, and the files that only they held.
   * @param {string[]} ids
   */
  async forgetKept(ids) {
    const writes = ids.flatMap((id) => this.#where.kept.get(id) ?? []).map(({ key }) => ({ table: "kept", key }));
    const files = this.#where.box.list().filter((note) => note.state === "kept" && ids.includes(note.announce));
    const boxed = this.#where.box.drop(files.map((note) => note.sha256));
    await this.#records.commit([...writes, ...boxed.writes]);
    for (const id of ids) this.#where.kept.delete(id);
    boxed.done();
  }

  /** @returns {FileNote[]} files on this phone, oldest first */
  files() {
    return this.#where.box.list();
  }

  /**
   * One piece of 1 MB of a file, to be sent.
   * @param {string} sha256
   * @param {number} index
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
   */
  filePiece(sha256, index) {
    return this.#where.box.piece(sha256, index);
  }

  /**
   * A file that this phone holds, its bytes in clear.
   * @param {string} sha256
   * @returns {Promise<(FileNote & {bytes: Uint8Array<ArrayBuffer>}) | null>}
   */
  async file(sha256) {
    const note = this.#where.box.note(sha256);
    const bytes = await this.#where.box.bytes(sha256);
    return note && bytes ? { ...note, bytes } : null;
  }

  /**
   * The server has all bytes. Pictures stay for looking at, as long as there is room; others go.
   * @param {string} sha256
   */
  async fileDone(sha256) {
    const note = this.#where.box.note(sha256);
    if (!note) return;
    const stays = note.type.startsWith("image/");
    const plan = stays ? await this.#where.box.change(sha256, { state: "sent" }) : this.#where.box.drop([sha256]);
    await this.#carryOut(plan);
    await this.#carryOut(this.#where.box.drop(this.#where.box.spare()));
  }

  /**
   * The server will never take this file: it stays to be copied until `until` (phone's ms).
   * @param {string} sha256
   * @param {string} sentence
   * @param {number} until
   */
  async fileKept(sha256, sentence, until) {
    await this.#carryOut(await this.#where.box.change(sha256, { state: "kept", sentence, until }));
  }

  /** @param {number} now  forgets kept files whose time is over */
  async forgetFiles(now) {
    const over = this.#where.box.list().filter((note) => note.state === "kept" && note.until !== null && note.until < now);
    await this.#carryOut(this.#where.box.drop(over.map((note) => note.sha256)));
  }

  /**
   * Keeps a picture that the server made, sealed like everything else.
   * @param {{name: string, stream: string, type: string, bytes: Uint8Array<ArrayBuffer>}} picture  name: SHA256/thumbnail
   */
  async keepPicture({ name, stream, type, bytes }) {
    const file = { sha256: name, stream, type, name, bytes, announce: "" };
    await this.#carryOut(await this.#where.box.shelve(file, "picture"));
    await this.#carryOut(this.#where.box.drop(this.#where.box.spare()));
  }

  /**
   * Writes blocks anew where that saves room. To be called when idle, by the tab that synchronises.
   * @returns {Promise<number>} blocks that were replaced
   */
  async compact() {
    let replaced = 0;
    for (const [stream, note] of this.#where.heads) replaced += await this.#compactStream(stream, note);
    return replaced;
  }

  /** @returns {string | null} the server's time when this phone last had everything */
  get contact() {
    return this.#records.contact;
  }

  /** @param {() => void} heard  called when another tab changed something */
  listen(heard) {
    if (this.#channel) this.#channel.onmessage = () => heard();
  }

  close() {
    this.#records.close();
  }

  /** Deletes the database. The key that opens it must be destroyed first (keys.js). */
  async destroy() {
    this.close();
    await this.#destroy();
  }

  /**
   * @param {string} stream
   * @param {HeadNote} note
   * @returns {Promise<number>}
   */
  async #compactStream(stream, { key, head }) {
    const { blocks, whole } = worthRewriting(this.#where.blocksOf(stream), head.live);
    if (blocks.length === 0) return 0;
    const found = await this.#records.pick("blocks", blocks.map((block) => block.key));
    const opened = await this.#records.open("blocks", found);
    const rows = newest(opened.flatMap(({ payload }) => rowsOf(payload)));
    const plan = await this.#where.blocksPlan(stream, rows, blocks);
    const after = { ...head, live: whole ? rows.length : head.live };
    await this.#records.commit([...plan.writes, await this.#records.put("heads", { ...after }, key)], { rows: true });
    plan.done();
    this.#where.heads.set(stream, { key, head: after });
    return blocks.length;
  }

  /**
   * When the phone is full, kept pictures make room once.
   * @param {Write[]} writes
   */
  async #commitMakingRoom(writes) {
    try {
      return await this.#records.commit(writes);
    } catch (error) {
      const spare = this.#where.box.spare(0);
      if (!(error instanceof StoreError) || error.kind !== "full" || spare.length === 0) throw error;
      await this.#carryOut(this.#where.box.drop(spare));
      return this.#records.commit(writes);
    }
  }

  /** @param {Plan} plan */
  async #carryOut({ writes, done }) {
    if (writes.length === 0) return;
    await this.#records.commit(writes);
    done();
  }

  /**
   * @param {{[table: string]: Found[]}} found
   * @returns {Promise<Tables>}
   */
  async #openAll(found) {
    const tables = await Promise.all(LOADED.map((table) => this.#records.open(table, found[table] ?? [])));
    return Object.fromEntries(LOADED.map((table, at) => [table, tables[at] ?? []]));
  }

  /**
   * Writes what older versions wrote anew. Without room for it, or when another tab is at it, it is read as it is.
   * @param {Tables} tables
   */
  async #modernise(tables) {
    const old = Object.entries(tables).flatMap(([table, opened]) => opened.filter((one) => one.old).map((one) => ({ table, ...one })));
    if (old.length === 0) return;
    const writes = await Promise.all(old.map(({ table, key, payload }) => this.#records.put(table, payload, key)));
    await this.#records.commit(writes, { rows: true }).catch((error) => {
      if (!(error instanceof StoreError) || error.kind === "closed") throw error;
    });
  }

  /**
   * @param {Tables} tables
   * @param {(stream: string, head: HeadNote["head"]) => boolean} replaced
   * @returns {Loaded}
   */
  #loaded(tables, replaced) {
    const rows = this.#where.adoptBlocks(tables["blocks"] ?? []);
    const kept = [...this.#where.kept.values()].map(({ words }) => words).sort((a, b) => a.at - b.at);
    return { streams: this.#where.streams(rows, replaced), outbox: [...this.#where.outbox.values()], kept };
  }
}
