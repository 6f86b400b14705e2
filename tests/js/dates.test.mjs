/** Plain days: arithmetic and words, in whatever time zone the phone is. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import * as dates from "../../app/static/js/core/dates.js";

test("only real days written in full are days", () => {
  for (const day of ["2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01"]) assert.equal(dates.isDate(day), true, day);
  for (const day of [
    "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "0000-01-01", "2026-1-1",
    "2026-01-01T00:00", "20260101", " 2026-01-01", "", null, 20260101,
  ]) {
    assert.equal(dates.isDate(day), false, String(day));
  }
});

test("a weekday over a tile means the week around today, and any other day says its month", () => {
  assert.deepEqual(["2026-11-22", "2026-11-16", "2026-11-28"].map((day) => dates.overDay(day, "2026-11-22")), ["Sun", "Mon", "Sat"]);
  assert.deepEqual(["2026-05-14", "2026-11-15", "2026-11-29"].map((day) => dates.overDay(day, "2026-11-22")), ["May", "Nov", "Nov"]);
});

test("days are added across months, leap days and years", () => {
  assert.equal(dates.addDays("2024-02-28", 1), "2024-02-29");
  assert.equal(dates.addDays("2025-02-28", 1), "2025-03-01");
  assert.equal(dates.addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(dates.addDays("2026-01-01", -1), "2025-12-31");
  assert.equal(dates.addDays("1970-01-01", -719_162), "0001-01-01");
});

test("months are added without leaving the month", () => {
  assert.equal(dates.addMonths("2026-01-31", 1), "2026-02-28");
  assert.equal(dates.addMonths("2024-02-29", 12), "2025-02-28");
  assert.equal(dates.addMonths("2026-11-30", 3), "2027-02-28");
  assert.equal(dates.addMonths("2026-01-15", -1), "2025-12-15");
  assert.equal(dates.addMonths("2026-12-01", 0), "2026-12-01");
});

test("days between two days are counted, also back and over a change of clocks", () => {
  assert.equal(dates.daysBetween("2026-03-28", "2026-03-30"), 2);
  assert.equal(dates.daysBetween("2026-10-26", "2026-10-24"), -2);
  assert.equal(dates.daysBetween("2024-01-01", "2025-01-01"), 366);
});

test("months are named, bounded and listed", () => {
  assert.equal(dates.monthOf("2026-11-17"), "2026-11");
  assert.equal(dates.firstOfMonth("2026-11-17"), "2026-11-01");
  assert.equal(dates.lastOfMonth("2024-02-10"), "2024-02-29");
  assert.deepEqual(dates.monthsFrom("2026-11-30", "2027-02-01"), ["2026-11", "2026-12", "2027-01", "2027-02"]);
  assert.deepEqual(dates.monthsFrom("2026-11-30", "2026-10-31"), []);
  assert.deepEqual(dates.monthsFrom("2026-11-10", "2026-11-30"), ["2026-11"]);
  assert.equal(dates.monthName("2026-11"), "November 2026");
});

test("a day is said in words", () => {
  assert.equal(dates.weekdayAndDay("2026-11-17"), "Tuesday 17 November");
  assert.equal(dates.fullDay("2027-03-31"), "31 March 2027");
  assert.equal(dates.dayAndMonth("2026-02-01"), "1 February");
  assert.equal(dates.weekday("1969-12-28"), "Sunday");
  assert.equal(dates.weekday("1970-01-01"), "Thursday");
});

test("a day is said as from today", () => {
  const said = ["2026-11-17", "2026-11-16", "2026-11-18", "2026-11-15", "2025-11-17", "2027-01-04"];
  assert.deepEqual(said.map((day) => dates.sayDay(day, "2026-11-17")), [
    "today", "yesterday", "tomorrow", "Sunday 15 November", "17 November 2025", "4 January 2027",
  ]);
  assert.equal(dates.sayDay("2025-12-31", "2026-01-01"), "yesterday");
  assert.equal(dates.asOf("2026-11-15", "2026-11-17"), "as of Sunday 15 November");
});

test("a moment of today is said to the minute, an older one by its day", () => {
  const now = new Date(2026, 10, 17, 18, 30);
  assert.equal(dates.asOfMoment(new Date(2026, 10, 17, 9, 5), now), "as of 09:05 today");
  assert.equal(dates.asOfMoment(new Date(2026, 10, 16, 23, 59), now), "as of yesterday");
  assert.equal(dates.asOfMoment(new Date(2026, 2, 3, 12), now), "as of Tuesday 3 March");
});

for (const zone of ["UTC", "Europe/London", "Pacific/Auckland", "America/Los_Angeles", "America/Sao_Paulo"]) {
  test(`all of it holds in ${zone}`, () => {
    const url = new URL("../../app/static/js/core/dates.js", import.meta.url).href;
    const code = `import(${JSON.stringify(url)}).then((dates) => console.log(
      dates.addDays("2026-03-28", 2), dates.addDays("2018-11-03", 1), dates.weekday("2026-10-25"),
      dates.localDay(new Date(2026, 2, 29, 0, 30)), dates.localTime(new Date(2026, 6, 1, 0, 5))))`;
    const said = execFileSync(process.execPath, ["-e", code], { env: { ...process.env, TZ: zone }, encoding: "utf8" });
    assert.equal(said.trim(), "2026-03-30 2018-11-04 Sunday 2026-03-29 00:05");
  });
}
