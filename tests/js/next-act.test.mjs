// The main act of a goal: nobody has got there who has only just written it down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAct } from "../../app/static/js/plans/next-act.js";

const step = (state) => ({ body: { state } });

test("a goal just written wants a first step, and then something that helps", () => {
  assert.equal(nextAct({ steps: [], chosen: 0, said: 0 }), "step");
  assert.equal(nextAct({ steps: [step("open")], chosen: 0, said: 0 }), "help");
});

for (const [what, known] of Object.entries({
  "something is chosen": { steps: [], chosen: 1, said: 0 },
  "a step is done": { steps: [step("done"), step("open")], chosen: 0, said: 0 },
  "somebody has said how it goes": { steps: [], chosen: 0, said: 1 },
})) {
  test(`one can get there once ${what}`, () => assert.equal(nextAct(known), "there"));
}
