// The main act of a goal: nobody has got there who has steps before them, or has only just written it down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextAct, nextStep } from "../../app/static/js/plans/next-act.js";

const step = (state) => ({ body: { state } });
const [open, done] = [step("open"), step("done")];

test("a goal just written wants a first step, and then something that helps", () => {
  assert.equal(nextAct({ steps: [], chosen: 0, said: 0 }), "step");
  assert.equal(nextAct({ steps: [], chosen: 1, said: 0 }), "step");
  assert.equal(nextAct({ steps: [open], chosen: 0, said: 0 }), "help");
});

for (const [what, known] of Object.entries({
  "something is chosen": { steps: [open], chosen: 1, said: 0 },
  "a step is done": { steps: [done, open], chosen: 0, said: 0 },
  "somebody has said how it goes": { steps: [open], chosen: 0, said: 1 },
})) {
  test(`once ${what}, the next open step comes before anything else`, () => assert.equal(nextAct(known), "tick"));
}

test("one gets there when no step is open any more, or where there never was one and it is under way", () => {
  assert.equal(nextAct({ steps: [done, done], chosen: 0, said: 0 }), "there");
  assert.equal(nextAct({ steps: [], chosen: 0, said: 1 }), "there");
});

test("the next step is the first open one, whatever was done before its turn", () => {
  const later = step("open");
  assert.equal(nextStep([done, open, later]), open);
  assert.equal(nextStep([done]), undefined);
});
