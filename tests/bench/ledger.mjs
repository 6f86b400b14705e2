/** Time `balances` over the ledger in a file: `node ledger.mjs FILE ROUNDS` prints milliseconds as JSON. */

import { readFileSync } from "node:fs";

import { balances } from "../../app/static/js/budgets/balance.js";
import { summarise } from "../../app/static/js/budgets/ledger.js";

const [file, rounds] = process.argv.slice(2);
const { pots, periods, entries, commitments } = JSON.parse(readFileSync(file, "utf8"));

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const left = () => balances(pots, periods, entries, commitments, { on: "2026-01-01" });
const first = timed(left);
const warm = Array.from({ length: Number(rounds) }, () => timed(left));
const carried = summarise(entries.slice(200));
const folded = () => balances(pots, periods, entries.slice(0, 200), commitments, { on: null, carried, originals: entries });
const foldedTimes = Array.from({ length: Number(rounds) }, () => timed(folded));
process.stdout.write(JSON.stringify({ node: Math.min(...warm), first, folded: Math.min(...foldedTimes) }));
