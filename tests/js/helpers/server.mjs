// A server in memory that follows docs/sync-protocol.md: streams, epochs, stored results, conflicts, files.
import { createHash } from "node:crypto";

const PAGE = 4000;

export class FakeServer {
  constructor({ page = PAGE } = {}) {
    this.page = page;
    this.streams = new Map();
    this.results = new Map();
    this.files = new Map();
    this.carriedOut = [];
    this.requests = [];
    this.refuse = new Map();
    this.later = new Set();
    this.minutes = 0;
  }

  stream(name) {
    if (!this.streams.has(name)) this.streams.set(name, { seq: 0, epoch: "1.1.a", rows: new Map() });
    return this.streams.get(name);
  }

  put(name, kind, id, body) {
    const stream = this.stream(name);
    const rev = (stream.rows.get(`${kind} ${id}`)?.rev ?? 0) + 1;
    stream.seq += 1;
    stream.rows.set(`${kind} ${id}`, { kind, id, rev, seq: stream.seq, body });
    return { seq: stream.seq, rev };
  }

  net({ account }) {
    return {
      exchange: async (body) => this.#reply(structuredClone(body), account),
      fileState: async ({ sha256 }) => ({ kind: "ok", file: this.#fileState(sha256) }),
      putPiece: async (piece) => this.#putPiece(piece),
      picture: async () => ({ kind: "missing", sentence: null }),
    };
  }

  /** The same over HTTP-like answers, for net.js. */
  #reply(body, account) {
    this.requests.push(body);
    const results = body.ops.map((op) => this.#once(op));
    const granted = new Set(this.streams.keys());
    const { changes, more } = this.#changes(body.cursors);
    const gone = Object.keys(body.cursors).filter((name) => !granted.has(name));
    this.minutes += 1;
    const time = new Date(Date.UTC(2026, 10, 21, 9, this.minutes)).toISOString();
    return { kind: "ok", answer: structuredClone({ account, schema: 1, min_schema: 1, time, results, changes, gone, more }) };
  }

  #once(op) {
    if (this.later.has(op.act)) return { id: op.id, status: "later" };
    if (!this.results.has(op.id)) this.results.set(op.id, this.#carryOut(op));
    return this.results.get(op.id);
  }

  #carryOut(op) {
    const refused = this.refuse.get(op.act);
    if (refused) return { id: op.id, status: "refused", ...refused };
    if (!this.streams.has(op.stream)) return { id: op.id, status: "refused", code: "not_found", sentence: "This was not found." };
    this.carriedOut.push(op);
    const stream = this.stream(op.stream);
    if (op.act === "goal.remove") return { id: op.id, status: "done", stream: op.stream, ...this.put(op.stream, "goal", op.row, null) };
    const kind = op.act.split(".")[0];
    const before = stream.rows.get(`${kind} ${op.row}`)?.body ?? {};
    return { id: op.id, status: "done", stream: op.stream, ...this.put(op.stream, kind, op.row, { ...before, ...op.facts }) };
  }

  #changes(cursors) {
    let room = this.page;
    let more = false;
    const changes = [];
    for (const [name, stream] of this.streams) {
      const cursor = cursors[name];
      const reset = Boolean(cursor) && (cursor.epoch !== stream.epoch || cursor.seq > stream.seq);
      const from = cursor && !reset ? cursor.seq : 0;
      if (cursor && !reset && from === stream.seq) continue;
      const news = [...stream.rows.values()].filter((row) => row.seq > from).sort((a, b) => a.seq - b.seq);
      const rows = news.slice(0, room);
      room -= rows.length;
      const whole = rows.length === news.length;
      more ||= !whole;
      const seq = whole ? stream.seq : (rows.at(-1)?.seq ?? from);
      if (whole || rows.length > 0) changes.push({ stream: name, epoch: stream.epoch, reset, seq, more: !whole, rows });
    }
    return { changes, more };
  }

  #fileState(sha256) {
    const file = this.files.get(sha256) ?? { parts: Buffer.alloc(0), size: 0, state: "absent" };
    return { have: file.parts.length, size: file.size, state: file.state, sentence: null };
  }

  #putPiece({ sha256, offset, size, bytes }) {
    const file = this.files.get(sha256) ?? { parts: Buffer.alloc(0), size, state: "partial" };
    if (offset !== file.parts.length) return { kind: "offset", file: this.#fileState(sha256) };
    file.parts = Buffer.concat([file.parts, bytes]);
    file.size = size;
    this.files.set(sha256, file);
    if (file.parts.length < size) return { kind: "ok", file: this.#fileState(sha256) };
    if (createHash("sha256").update(file.parts).digest("hex") !== sha256) {
      this.files.delete(sha256);
      return { kind: "mismatch", sentence: "The file did not arrive whole." };
    }
    file.state = "received";
    return { kind: "ok", file: this.#fileState(sha256) };
  }
}
