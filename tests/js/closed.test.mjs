// A form that somebody may not use says so, whatever address led there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

Object.assign(globalThis, { document: { querySelector: () => null, querySelectorAll: () => [] } });
const { closedTo } = await import("../../app/static/js/app.js");

const VIEWER = ["see_person", "see_plan", "see_pots", "see_money"];
const HELPER = ["see_person", "see_plan", "see_pots", "log_money", "see_own"];
/** The lock is of the phone; who may choose between two sides depends on what they are about; an idea may be read. */
const OF_ALL = ["conflict", "idea", "lock"];
const JS = new URL("../../app/static/js/", import.meta.url);

/** Each screen that is a task with a save, by its name. */
async function tasks() {
  const app = await readFile(new URL("app.js", JS), "utf8");
  const screens = [...app.matchAll(/^ {2}"?([\w-]+)"?: \(\) => import\("\.\/([^"]+)"\)/gm)];
  const found = await Promise.all(screens.map(async ([, name = "", module = ""]) => ({ name, source: await readFile(new URL(module, JS), "utf8") })));
  return found.filter(({ source }) => source.includes("<${Task}") && /\bacts?\(|save/.test(source)).map(({ name }) => name);
}

test("whoever only looks is let into no form", async () => {
  const open = (await tasks()).filter((name) => !closedTo(name, VIEWER));
  assert.deepEqual(open.sort(), OF_ALL);
});

test("a helper writes down what was spent, and nothing else", async () => {
  const open = (await tasks()).filter((name) => !closedTo(name, HELPER));
  assert.deepEqual(open.sort(), [...OF_ALL, "entry-edit", "repeat", "spend", "visit"].sort());
});

test("screens to read stay open", () => {
  assert.deepEqual(["home", "plan", "goal", "money", "pot", "reviews"].filter((name) => closedTo(name, VIEWER)), []);
});
