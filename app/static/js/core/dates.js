// @ts-check
/**
 * Plain days as ISO text "YYYY-MM-DD": arithmetic and words without a time zone.
 * A `Date` is only taken where a clock is read, and only its local fields are.
 */

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_TO_1970 = 719_468;
const DAYS_OF_400_YEARS = 146_097;

/**
 * Whether this is a real day written YYYY-MM-DD, in the years 0001 to 9999.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isDate(value) {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const { year, month, day } = partsOf(value);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** @param {string} iso */
export function partsOf(iso) {
  return { year: Number(iso.slice(0, 4)), month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)) };
}

/** @param {number} year @param {number} month 1 to 12 @param {number} day */
export function isoOf(year, month, day) {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** @param {number} year */
export function isLeap(year) {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** @param {number} year @param {number} month 1 to 12 */
export function daysInMonth(year, month) {
  return month === 2 && isLeap(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/**
 * The number of the day, counted from 1970-01-01 (day 0). Years are counted from March, so that the leap day is last.
 * @param {string} iso
 */
export function dayNumber(iso) {
  const { year, month, day } = partsOf(iso);
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const years = month > 2 ? year : year - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((153 * fromMarch + 2) / 5) + day - 1 - DAYS_TO_1970;
}

/**
 * The day with this number; the opposite of `dayNumber`.
 * @param {number} number
 */
export function dayOfNumber(number) {
  const days = number + DAYS_TO_1970;
  const era = Math.floor(days / DAYS_OF_400_YEARS);
  const ofEra = days - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return isoOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** @param {string} iso @param {number} days may be below 0 */
export function addDays(iso, days) {
  return dayOfNumber(dayNumber(iso) + days);
}

/**
 * The same day of another month, or that month's last day where it is shorter (31 January + 1 is 28 February).
 * @param {string} iso
 * @param {number} months may be below 0
 */
export function addMonths(iso, months) {
  const { year, month, day } = partsOf(iso);
  const count = year * 12 + month - 1 + months;
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  return isoOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** How many days `to` lies after `from`; below 0 when before. @param {string} from @param {string} to */
export function daysBetween(from, to) {
  return dayNumber(to) - dayNumber(from);
}

/** The month of a day, "YYYY-MM". @param {string} iso */
export function monthOf(iso) {
  return iso.slice(0, 7);
}

/** The first day of a day's month. @param {string} iso */
export function firstOfMonth(iso) {
  return `${monthOf(iso)}-01`;
}

/** The last day of a day's month. @param {string} iso */
export function lastOfMonth(iso) {
  const { year, month } = partsOf(iso);
  return isoOf(year, month, daysInMonth(year, month));
}

/** All months "YYYY-MM" from one day's to another's, both with them. @param {string} from @param {string} to */
export function monthsFrom(from, to) {
  const months = [];
  for (let day = firstOfMonth(from); day <= to; day = addMonths(day, 1)) months.push(monthOf(day));
  return months;
}

/** "Tuesday". @param {string} iso */
export function weekday(iso) {
  const number = (dayNumber(iso) + 3) % 7;
  return WEEKDAYS[number < 0 ? number + 7 : number] ?? "";
}

/** "November 2026", from a day or a month "YYYY-MM". @param {string} iso */
export function monthName(iso) {
  return `${monthWord(iso)} ${partsOf(iso).year}`;
}

/** What a tile says over the day: "Tue" where that can only be the week around today, else "Nov". @param {string} iso @param {string} today */
export function overDay(iso, today) {
  return (Math.abs(daysBetween(iso, today)) < 7 ? weekday : monthWord)(iso).slice(0, 3);
}

/** "17 November". @param {string} iso */
export function dayAndMonth(iso) {
  return `${partsOf(iso).day} ${monthWord(iso)}`;
}

/** "Tuesday 17 November". @param {string} iso */
export function weekdayAndDay(iso) {
  return `${weekday(iso)} ${dayAndMonth(iso)}`;
}

/** "17 November 2026". @param {string} iso */
export function fullDay(iso) {
  return `${dayAndMonth(iso)} ${partsOf(iso).year}`;
}

/**
 * A day as people say it on `today`: "today", "yesterday", "tomorrow", "Tuesday 17 November", and with the
 * year once it is another one.
 * @param {string} iso
 * @param {string} today
 */
export function sayDay(iso, today) {
  const away = daysBetween(today, iso);
  if (away === 0) return "today";
  if (away === -1) return "yesterday";
  if (away === 1) return "tomorrow";
  return iso.slice(0, 4) === today.slice(0, 4) ? weekdayAndDay(iso) : fullDay(iso);
}

/** "as of today", "as of Tuesday 17 November". @param {string} iso @param {string} today */
export function asOf(iso, today) {
  return `as of ${sayDay(iso, today)}`;
}

/**
 * When something was last known, to the minute while it is from today: "as of 14:05 today".
 * @param {Date} moment
 * @param {Date} now
 */
export function asOfMoment(moment, now) {
  const day = localDay(moment);
  const today = localDay(now);
  return day === today ? `as of ${localTime(moment)} today` : asOf(day, today);
}

/** The day that this moment has where the phone is. @param {Date} moment */
export function localDay(moment) {
  return isoOf(moment.getFullYear(), moment.getMonth() + 1, moment.getDate());
}

/** "14:05" where the phone is. @param {Date} moment */
export function localTime(moment) {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** @param {string} iso */
function monthWord(iso) {
  return MONTHS[partsOf(iso).month - 1] ?? "";
}
