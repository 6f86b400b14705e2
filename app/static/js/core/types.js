/**
 * The shapes that travel between the parts of the client core and over the wire (docs/sync-protocol.md).
 * Types only: nothing imports this file when the app runs.
 *
 * @typedef {null | boolean | number | string | Json[] | {[name: string]: Json}} Json
 * @typedef {{[name: string]: Json}} Facts  the facts of an operation, or the body of a row
 * @typedef {{seq: number, epoch: string}} Cursor
 * @typedef {null | {rev: number} | {op: string}} Base  what the author saw
 */

/**
 * A row as the server sent it. A `null` body is a tombstone. `seq` orders versions of one row within an epoch.
 * @typedef {{kind: string, id: string, rev: number, seq: number, body: Facts | null}} StoredRow
 */

/**
 * A row as a screen sees it: the server's state with this phone's own operations replayed on top.
 * `rev` is 0 for a row that the server has not sent yet; `waits` tells that an operation of this phone shaped it.
 * @typedef {{kind: string, id: string, rev: number, seq: number, body: Facts, waits?: boolean}} Row
 */

/**
 * @typedef {object} Op
 * @property {string} id
 * @property {string} act
 * @property {number} version
 * @property {string} stream
 * @property {string} row
 * @property {Facts} facts
 * @property {Base} base
 * @property {string} at  ISO time, for display only
 */

/**
 * `n` is the phone's own counter (order of the outbox). `done` is set once the server carried it out: the operation
 * is then replayed until the cursor of that stream reaches `seq`. `aside` is the sentence of an operation that the
 * server could not read even alone.
 * @typedef {{n: number, op: Op, done: null | {stream: string, seq: number}, aside: string | null}} OutboxItem
 */

/**
 * Words that could not be sent; their author can copy them for 7 days. `at` is the phone's time in ms.
 * @typedef {{id: string, op: Op, code: string, sentence: string, at: number}} Kept
 */

/**
 * @typedef {object} Loaded
 * @property {Map<string, LoadedStream>} streams
 * @property {OutboxItem[]} outbox  in the order of `n`
 * @property {Kept[]} kept
 */

/**
 * `rows` may hold one row in several versions: the highest `seq` counts. `replaced`: forget the stream's other rows.
 * @typedef {{cursor: Cursor, known: boolean, asOf: string | null, rows: StoredRow[], replaced: boolean}} LoadedStream
 */

/**
 * @typedef {Loaded & {wiped: string[]}} Refreshed  what other tabs changed since this tab last looked
 */

/**
 * @typedef {{stream: string, cursor: Cursor, known: boolean, replace: boolean, rows: StoredRow[]}} StreamChange
 * @typedef {{id: string, done: OutboxItem["done"], aside: string | null}} Mark
 */

/**
 * @typedef {object} AnswerChanges  everything that one answer changes on the phone: one transaction
 * @property {StreamChange[]} changes
 * @property {string[]} wiped  streams that are no longer granted
 * @property {Mark[]} marked  operations whose outcome is known but whose rows are not here yet
 * @property {string[]} dropped  ids of operations that leave the outbox
 * @property {Kept[]} kept
 * @property {string | null} contact  the server's time, when the phone has everything as of it
 */

/**
 * @typedef {"waiting" | "sent" | "kept" | "picture"} FileState
 * @typedef {{bytes: Uint8Array<ArrayBuffer>, type: string, name: string, sha256?: string}} NewFile
 * @typedef {{sha256: string, stream: string, announce: string, type: string, name: string, bytes: Uint8Array<ArrayBuffer>}} QueuedFile
 */

/**
 * `until` (phone's ms) ends the keeping of a file whose operation was refused.
 * @typedef {object} FileNote
 * @property {string} sha256
 * @property {string} stream
 * @property {string} announce  id of the operation that announced it
 * @property {string} type
 * @property {string} name
 * @property {number} size
 * @property {FileState} state
 * @property {number} since
 * @property {number | null} until
 * @property {string | null} sentence
 * @property {string[]} pieces
 */

/**
 * @typedef {{kind: string, id: string, rev: number, seq?: number, body: Facts | null}} WireRow
 * @typedef {{stream: string, epoch: string, reset: boolean, seq: number, more: boolean, rows: WireRow[]}} WireChange
 */

/**
 * @typedef {object} WireResult
 * @property {string} id
 * @property {string} status  done, conflict, refused, later; another word is treated as later
 * @property {string} [stream]
 * @property {number | null} [seq]
 * @property {number | null} [rev]
 * @property {string} [code]
 * @property {string} [sentence]
 */

/**
 * @typedef {object} Answer
 * @property {string} account
 * @property {number} schema
 * @property {number} min_schema
 * @property {string} time
 * @property {WireResult[]} results
 * @property {WireChange[]} changes
 * @property {string[]} gone
 * @property {boolean} more
 */

/**
 * @typedef {{account: string, device: string, schema: number, ops: Op[], cursors: {[stream: string]: Cursor}}} Exchange
 */

/**
 * What a replayed operation may read and write: rows of its stream, never the stored bodies themselves.
 * @typedef {object} Draft
 * @property {string} stream
 * @property {(kind: string, id: string) => Readonly<Facts> | undefined} get
 * @property {(kind: string) => ReadonlyMap<string, Row>} rows
 * @property {(kind: string, id: string, body: Facts) => void} put
 * @property {(kind: string, id: string, fields: Facts) => void} patch  creates the row where there is none
 * @property {(kind: string, id: string) => void} remove
 * @property {(stream: string) => Draft} in  the same for another stream
 */

/**
 * @typedef {(draft: Draft, op: Op) => void} Act  pure: reads and writes the draft alone
 * @typedef {{[act: string]: Act}} Acts
 */

/**
 * `keys` holds "STREAM KIND" of every table with a changed row.
 * @typedef {{keys: ReadonlySet<string>, outbox: boolean}} Change
 */

/**
 * The parts of the browser that are passed in.
 * @typedef {{set: (fn: () => void, ms: number) => unknown, clear: (id: unknown) => void}} Timers
 * @typedef {{request: <T>(name: string, work: () => Promise<T>) => Promise<T>}} Locks
 * @typedef {object} Channel  the part of BroadcastChannel in use
 * @property {(message: string) => void} postMessage
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {() => void} close
 */

export {};
