/** A calendar file for a review (RFC 5545). Calendars are often shared, so it holds no name, money or health word. */
import { addDays } from "../core/dates.js";

const WIDEST = 74;

/**
 * A whole day, with an alarm on each of the days before it.
 * @param {{id: string, on: string, stamp: Date, link: string, days: readonly number[]}} event
 * @returns {string}
 */
export function calendarFile({ id, on, stamp, link, days }) {
  const alarms = days.flatMap((before) => ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Inhand", `TRIGGER:-P${before}D`, "END:VALARM"]);
  const lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Inhand//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
    `UID:${id}@inhand`, `DTSTAMP:${stampOf(stamp)}`,
    `DTSTART;VALUE=DATE:${plain(on)}`, `DTEND;VALUE=DATE:${plain(addDays(on, 1))}`,
    "SUMMARY:Inhand: get ready", `URL:${link}`, "TRANSP:TRANSPARENT", ...alarms, "END:VEVENT", "END:VCALENDAR",
  ];
  return `${lines.flatMap(folded).join("\r\n")}\r\n`;
}

/** @param {string} day */
function plain(day) {
  return day.replaceAll("-", "");
}

/** @param {Date} moment */
function stampOf(moment) {
  return `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/**
 * Long lines go on in the next one after a space.
 * @param {string} line
 * @returns {string[]}
 */
function folded(line) {
  const parts = [];
  for (let rest = line; rest || !parts.length; rest = rest.slice(WIDEST)) parts.push(rest.slice(0, WIDEST));
  return parts.map((part, at) => (at ? ` ${part}` : part));
}
