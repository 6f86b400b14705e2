/** Reads one JSON job a line, `{"case": ...}`, `{"amounts": [...]}` or `{"days": [...]}`; writes one canonical answer a line. */

import { createInterface } from "node:readline";

import * as dates from "../../app/static/js/core/dates.js";
import { canonical, compute, readAmount } from "./compute.mjs";

const JOBS = {
  case: compute,
  amounts: (amounts) => amounts.map(readAmount),
  days: (days) => days.map(aboutDay),
};

function aboutDay({ day, months, days }) {
  if (!dates.isDate(day)) return null;
  return [
    dates.dayNumber(day), dates.dayOfNumber(dates.dayNumber(day)), dates.addDays(day, days),
    dates.addMonths(day, months), dates.lastOfMonth(day), dates.weekday(day), dates.fullDay(day),
  ];
}

for await (const line of createInterface({ input: process.stdin })) {
  const [[job, given]] = Object.entries(JSON.parse(line));
  process.stdout.write(`${canonical(JOBS[job](given))}\n`);
}
