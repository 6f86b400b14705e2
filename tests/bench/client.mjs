// What the phone's core costs in node: rows to open, operations to queue, show and send; at 1x, 2x and 4x.
// Limits are in wall time, growth is in CPU time, which a busy machine does not bend.
// node tests/bench/client.mjs [--json] [--rows N]
import { webcrypto as crypto } from "node:crypto";

import { Seal } from "../../app/static/js/core/seal.js";
import { ACCOUNT, PERSON, newId, newKey, openPhone } from "../js/helpers/phone.mjs";
import { FakeServer } from "../js/helpers/server.mjs";

const OPS_OF_ROWS = 12;
const TIMES = 3;
const HARD = { open: 1000, first_sync: 3000, drain: 3000 };

const entry = (n) => ({
  pot: "3b0d0b52-8f43-4d2c-b7e5-9c0f0b0f1b02", kind: "spending", amount: 100 + (n % 9000), on: `2026-0${1 + (n % 9)}-1${n % 10}`,
  what: `Swimming lesson ${n}`, merchant: "Leisure centre", goal: null, note: "", reverses: null, replaces: null, transfer: null,
  reason: null, author: ACCOUNT, state: "posted", superseded: false, files: [],
});
const record = (n) => ({ act: "entry.record", stream: PERSON, row: newId(), facts: entry(n) });

async function timed(work) {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - started, cpu: (user + system) / 1000, result };
}

async function measure(rows) {
  const ops = Math.round(rows / OPS_OF_ROWS);
  const server = new FakeServer();
  server.stream(PERSON);
  for (let n = 0; n < rows; n += 1) server.put(PERSON, "entry", newId(), entry(n));
  const net = server.net({ account: ACCOUNT });
  const phone = await openPhone({ net });
  const first = await timed(() => phone.sync.kick("start"));
  const saved = await timed(async () => {
    for (let n = 0; n < ops; n += 1) await phone.replica.act(record(n));
  });
  phone.close();
  const opened = await timed(() => openPhone({ indexedDB: phone.indexedDB, key: phone.key, net }));
  const again = opened.result;
  const drained = await timed(() => again.sync.kick("start"));
  const shown = again.replica.rows(PERSON, "entry").size;
  if (shown !== rows + ops || again.replica.outbox().length > 0) throw new Error(`${shown} rows are shown, not ${rows + ops}.`);
  const wall = { first_sync: first.ms, save_each: saved.ms / ops, open: opened.ms, drain: drained.ms };
  const cpu = { cpu_first_sync: first.cpu, cpu_save_each: saved.cpu / ops, cpu_open: opened.cpu, cpu_drain: drained.cpu };
  return { rows, ops, seal: await sealing(rows), ...wall, ...cpu };
}

/** Sealing and opening alone, in blocks of 200 rows. */
async function sealing(rows) {
  const seal = new Seal(crypto, await newKey());
  const blocks = Array.from({ length: rows / 200 }, (_, at) => Array.from({ length: 200 }, (_, n) => ({ id: newId(), body: entry(at * 200 + n) })));
  const { ms } = await timed(async () => {
    const sealed = await Promise.all(blocks.map((block) => seal.closeJson("place", block)));
    await Promise.all(sealed.map((record) => seal.openJson("place", record)));
  });
  return ms;
}

/** The best of a few runs, figure by figure: what the machine did besides does not count. */
async function best(rows) {
  const runs = [];
  for (let n = 0; n < TIMES; n += 1) runs.push(await measure(rows));
  return Object.fromEntries(Object.keys(runs[0]).map((name) => [name, Math.min(...runs.map((run) => run[name]))]));
}

const asked = Number(process.argv[process.argv.indexOf("--rows") + 1]);
const base = process.argv.includes("--rows") && asked > 0 ? asked : 3000;
await measure(600);
const results = [];
for (const times of [1, 2, 4]) results.push(await best(base * times));
const [one, , four] = results;
const growth = Object.fromEntries(["first_sync", "save_each", "open", "drain"].map((name) => [name, four[`cpu_${name}`] / one[`cpu_${name}`]]));
const report = { bench: "client", results, growth_from_1x_to_4x: growth };

if (process.argv.includes("--json")) console.log(JSON.stringify(report));
else {
  console.log("rows    ops   seal+open  first sync  save each   open   drain   (ms)");
  for (const r of results) {
    const cells = [r.seal, r.first_sync, r.save_each, r.open, r.drain].map((ms) => ms.toFixed(1).padStart(9));
    console.log(`${String(r.rows).padEnd(7)} ${String(r.ops).padEnd(5)} ${cells.join(" ")}`);
  }
  console.log(`growth of CPU time from 1x to 4x: ${Object.entries(growth).map(([name, by]) => `${name} ${by.toFixed(1)}`).join(", ")}`);
}
const slow = Object.entries(HARD).filter(([name, most]) => four[name] > most);
const curved = ["first_sync", "open", "drain"].filter((name) => growth[name] > 8);
if (growth.save_each > 2.5) curved.push("save_each");
for (const [name, most] of slow) console.error(`${name} took ${four[name].toFixed(0)} ms; ${most} at most.`);
for (const name of curved) console.error(`${name} grows faster than the number of rows.`);
process.exitCode = slow.length + curved.length > 0 ? 1 : 0;
