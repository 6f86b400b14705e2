/** Reading and writing amounts on the phone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { BIGGEST_AMOUNT, NotAnAmount, formatAmount, isCurrency, parseAmount, plainAmount } from "../../app/static/js/core/money.js";

const READ = {
  "£1,234.56": 123456, "1234.56": 123456, "12": 1200, "12.5": 1250, "0.01": 1, ".50": 50, "50p": 50, "5 p": 5,
  " £ 12.00 ": 1200, "\u00a0£7": 700, "1,000,000": 100_000_000, "007": 700, "9,999,999.99": BIGGEST_AMOUNT,
  "10,30": 1030, "£7,5": 750, ",50": 50, "1.234,56": 123456, "1,234": 123_400, "9.999.999,99": BIGGEST_AMOUNT,
};
const REFUSED = {
  "": /Write an amount, like 12\.50/, "£": /Write an amount/, "-5": /minus/, "−5": /minus/, "€5": /pounds.*£/, "$5": /pounds/,
  "12.34,56": /point, not a comma/, "1,234,56": /digits/, "12.": /digits/, "1,2345": /digits/,
  "12,34,567": /digits/, "five": /digits/, "٣": /digits/, "１２": /digits/, "1 000": /digits/, "£-5": /digits/, "1e3": /digits/,
  "1.2.3": /digits/, "12.345": /two digits/, "0": /above £0\.00/, "0p": /above/, "10,000,000": /biggest.*£9,999,999\.99/,
};

for (const [text, amount] of Object.entries(READ)) {
  test(`"${text}" is read as ${amount}`, () => assert.equal(parseAmount(text), amount));
}

for (const [text, sentence] of Object.entries(REFUSED)) {
  test(`"${text}" is refused with a sentence`, () => {
    assert.throws(() => parseAmount(text), (problem) => problem instanceof NotAnAmount && sentence.test(problem.message));
  });
}

test("ten thousand digits are too big, not an accident", () => {
  assert.throws(() => parseAmount("9".repeat(10_000)), /biggest/);
});

test("zero is read where nothing may be the value", () => {
  assert.equal(parseAmount("0.00", "GBP", { zero: true }), 0);
});

test("each currency has its own digits, signs and words", () => {
  assert.equal(parseAmount("¥1,250", "JPY"), 1250);
  assert.throws(() => parseAmount("12.5", "JPY"), /whole yen/);
  assert.throws(() => parseAmount("50p", "EUR"), /digits/);
  assert.deepEqual(["$5", "A$5"].map((text) => parseAmount(text, "AUD")), [500, 500]);
  assert.throws(() => parseAmount("A$5", "USD"), /dollars.*US\$/);
});

test("amounts are written with sign, commas and all digits", () => {
  assert.equal(formatAmount(123456), "£1,234.56");
  assert.equal(formatAmount(5), "£0.05");
  assert.equal(formatAmount(-6240), "−£62.40");
  assert.equal(formatAmount(100_000_000_000), "£1,000,000,000.00");
  assert.deepEqual(
    [formatAmount(150, "EUR"), formatAmount(150, "AUD"), formatAmount(150, "USD"), formatAmount(1500, "JPY")],
    ["€1.50", "A$1.50", "US$1.50", "¥1,500"],
  );
  assert.deepEqual([plainAmount(123456), plainAmount(-5), plainAmount(-1500, "JPY")], ["1234.56", "-0.05", "-1500"]);
});

test("only currencies with known minor units are kept", () => {
  assert.deepEqual(["GBP", "JPY", "gbp", "XAU", "constructor"].map(isCurrency), [true, true, false, false, false]);
});

test("what is written can be read again", () => {
  for (const amount of [1, 10, 99, 100, 12_345, 99_999_999, BIGGEST_AMOUNT]) {
    assert.equal(parseAmount(formatAmount(amount)), amount);
    assert.equal(parseAmount(plainAmount(amount)), amount);
  }
});
