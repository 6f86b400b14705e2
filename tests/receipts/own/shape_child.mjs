/** Reads one JSON object a line ({lines, hints, pages, turns}) and prints the reading as the phone shapes it. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { extract, makeRules } from "../../../app/static/js/receipts/extract/extract.js";
import { asReading } from "../../../app/static/js/receipts/reading.js";

const data = new URL("../../../app/receipts/reading/data/reading.json", import.meta.url);
const rules = makeRules(JSON.parse(readFileSync(data, "utf8")));
for await (const line of createInterface({ input: process.stdin })) {
  const { lines, hints, pages, turns } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(asReading(rules, lines, extract(rules, lines, hints), { pages, turns }, hints))}\n`);
}
