// @ts-check
/**
 * Money as whole minor units and an ISO currency; never a fraction.
 * The server has the same rules in `core/money.py`; both are run over the same cases.
 */

/** @typedef {"GBP" | "EUR" | "AUD" | "USD" | "JPY"} Currency */

/** The most one entry may hold, in minor units. The sum of 9,000,000 such entries is still exact here. */
export const BIGGEST_AMOUNT = 999_999_999;

/** @type {Readonly<Record<Currency, {digits: number, sign: string, typed: readonly string[], name: string}>>} */
const CURRENCIES = {
  GBP: { digits: 2, sign: "£", typed: ["£"], name: "pounds" },
  EUR: { digits: 2, sign: "€", typed: ["€"], name: "euros" },
  AUD: { digits: 2, sign: "A$", typed: ["A$", "$"], name: "dollars" },
  USD: { digits: 2, sign: "US$", typed: ["US$", "$"], name: "dollars" },
  JPY: { digits: 0, sign: "¥", typed: ["¥"], name: "yen" },
};

const MINUS = "\u2212";
const LONGEST = 40;
const ANY_SIGN = ["US$", "A$", "$", "£", "€", "¥"];
const BLANKS = /^[ \t\r\n\u00a0\u202f]+|[ \t\r\n\u00a0\u202f]+$/g;
const NUMBER = /^(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?$/;
const DECIMAL_COMMA = /^[0-9.]*,[0-9]{1,2}$/;
/** One comma before one or two digits can only be the pence: thousands have three. Points may part those then. */
const COMMA_BEFORE_PENCE = /^(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}$/;
const PENCE = /^([0-9]{1,2}) ?p$/;

/** The text is no amount of money; `message` is one sentence to show beside the field. */
export class NotAnAmount extends Error {
  /** @override */
  name = "NotAnAmount";
}

/**
 * Whether amounts can be kept in this ISO 4217 code.
 * @param {string} code
 * @returns {code is Currency}
 */
export function isCurrency(code) {
  return Object.hasOwn(CURRENCIES, code);
}

/**
 * Read what a person typed, such as "£1,234.56", "1234.5", "10,30" or "50p", as minor units.
 * Zero is refused unless `zero` (a service may be worth nothing). Throws NotAnAmount with a sentence.
 * @param {string} text
 * @param {Currency} [currency]
 * @param {{zero?: boolean}} [options]
 * @returns {number}
 */
export function parseAmount(text, currency = "GBP", { zero = false } = {}) {
  const trimmed = text.replace(BLANKS, "");
  const pence = currency === "GBP" ? PENCE.exec(trimmed) : null;
  const amount = pence ? Number(pence[1]) : minorUnits(withoutSign(trimmed, currency), currency);
  if (amount > BIGGEST_AMOUNT) throw new NotAnAmount(tooBig(currency));
  if (amount === 0 && !zero) throw new NotAnAmount(`Write an amount above ${formatAmount(0, currency)}.`);
  return amount;
}

/**
 * Write minor units for people: 123456 is "£1,234.56"; below zero with a true minus sign before it.
 * @param {number} amount
 * @param {Currency} [currency]
 */
export function formatAmount(amount, currency = "GBP") {
  const { sign } = CURRENCIES[currency];
  return `${amount < 0 ? MINUS : ""}${sign}${digitsOf(Math.abs(amount), currency, ",")}`;
}

/**
 * Write minor units for a field or a table file: 123456 is "1234.56", below zero "-1234.56".
 * @param {number} amount
 * @param {Currency} [currency]
 */
export function plainAmount(amount, currency = "GBP") {
  return `${amount < 0 ? "-" : ""}${digitsOf(Math.abs(amount), currency, "")}`;
}

/** @param {string} trimmed @param {Currency} currency */
function withoutSign(trimmed, currency) {
  if (Array.from(trimmed).length > LONGEST) throw new NotAnAmount(tooBig(currency));
  if (trimmed.startsWith("-") || trimmed.startsWith(MINUS)) {
    throw new NotAnAmount("Write the amount without a minus sign.");
  }
  const { typed, sign, name } = CURRENCIES[currency];
  const written = ANY_SIGN.find((one) => trimmed.startsWith(one)) ?? "";
  if (written && !typed.includes(written)) {
    throw new NotAnAmount(`This money is kept in ${name}. Write the amount in ${sign}.`);
  }
  const bare = trimmed.slice(written.length).replace(BLANKS, "");
  if (!bare) throw new NotAnAmount(`Write an amount, like ${example(currency)}.`);
  return bare;
}

/** @param {string} typed @param {Currency} currency */
function minorUnits(typed, currency) {
  const { digits } = CURRENCIES[currency];
  const bare = digits && COMMA_BEFORE_PENCE.test(typed) ? typed.replaceAll(".", "").replace(",", ".") : typed;
  if (digits && DECIMAL_COMMA.test(bare)) {
    throw new NotAnAmount(`Use a point, not a comma, before the last two digits, like ${example(currency)}.`);
  }
  if (!NUMBER.test(bare)) throw new NotAnAmount(`Write the amount in digits, like ${example(currency)}.`);
  const [whole = "", part = ""] = bare.split(".");
  if (part.length > digits) throw new NotAnAmount(tooFine(currency));
  return Number(whole.replaceAll(",", "") + part.padEnd(digits, "0"));
}

/** @param {Currency} currency */
function tooFine(currency) {
  const { digits, name } = CURRENCIES[currency];
  if (digits) return `Write at most two digits after the point, like ${example(currency)}.`;
  return `Write whole ${name}, like ${example(currency)}.`;
}

/** @param {Currency} currency */
function tooBig(currency) {
  return `The biggest amount you can write is ${formatAmount(BIGGEST_AMOUNT, currency)}.`;
}

/** @param {Currency} currency */
function example(currency) {
  return CURRENCIES[currency].digits ? "12.50" : "1,250";
}

/** @param {number} amount @param {Currency} currency @param {string} comma */
function digitsOf(amount, currency, comma) {
  const { digits } = CURRENCIES[currency];
  const text = String(amount).padStart(digits + 1, "0");
  const cut = text.length - digits;
  const whole = text.slice(0, cut).replace(/\B(?=(?:[0-9]{3})+$)/g, comma);
  return digits ? `${whole}.${text.slice(cut)}` : whole;
}
