/** Reads one JSON object a line ({lines, hints}) and prints what the phone's extractor makes of it. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { extract, makeRules } from "../../../app/static/js/receipts/extract/extract.js";

const data = new URL("../../../app/receipts/reading/data/reading.json", import.meta.url);
const rules = makeRules(JSON.parse(readFileSync(data, "utf8")));
for await (const line of createInterface({ input: process.stdin })) {
  const { lines, hints } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(extract(rules, lines, hints))}\n`);
}
