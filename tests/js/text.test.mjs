import assert from "node:assert/strict";
import { test } from "node:test";

import { TextError, checkTexts, refusal } from "../../app/static/js/core/text.js";

test("every whole text is kept as it is", () => {
  for (const text of ["", "cafe\u0301", "a\r\nb", "\u202eabc\u202c", "👩🏽‍🚀", "\ufeff\u200b", "x".repeat(10_000)]) assert.equal(refusal(text), null);
});

test("U+0000 and half a character are refused with a sentence", () => {
  for (const text of ["a\u0000b", "\ud83d", "a\udc00", "\udc00\ud83d"]) assert.match(refusal(text), /^This text holds .+\. /);
});

test("a broken text is found in any depth, and named", () => {
  const facts = { what: "ok", lines: [{ note: "fine" }, { note: "\ud83d" }] };
  assert.throws(() => checkTexts(facts), (error) => error instanceof TextError && error.path === "lines.1.note");
});

test("a broken name of a fact is refused too", () => {
  assert.throws(() => checkTexts({ "a\u0000": 1 }), TextError);
});
