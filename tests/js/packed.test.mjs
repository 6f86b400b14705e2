// What is sent packed is the same code: without comments on lines of their own, token by token and line by line.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { tokenize } from "espree";

const STATIC = new URL("../../app/static/", import.meta.url);
const PACKED = new URL("built/packed/", STATIC);
const modules = readdirSync(new URL("js/", STATIC), { recursive: true }).map((path) => `js/${path}`).filter((path) => path.endsWith(".js"));

const tokens = (text) => tokenize(text, { ecmaVersion: "latest", sourceType: "module", loc: true }).map(({ value, loc }) => `${loc.start.line} ${value}`);

test("every packed module has the tokens of its source on the same lines", () => {
  const built = modules.filter((path) => existsSync(new URL(`${path}.gz`, PACKED)));
  const different = built.filter((path) => {
    const sent = gunzipSync(readFileSync(new URL(`${path}.gz`, PACKED))).toString();
    return tokens(sent).join("\n") !== tokens(readFileSync(new URL(path, STATIC), "utf8")).join("\n");
  });
  assert.deepEqual(different, []);
  assert.equal(built.length > 100, true);
});

test("a template that loses a line is told apart", () => {
  assert.notDeepEqual(tokens("const a = `\n/** x */\n`;"), tokens("const a = `\n\n`;"));
});
