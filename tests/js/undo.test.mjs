// What can be undone stays until it was seen; a second tap on Save does nothing on the screen after it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Router } from "../../app/static/js/parts/router.js";
import { Undo } from "../../app/static/js/parts/undo.js";

test("an offer that was seen goes with its screen, and one that was hardly there goes along", () => {
  let now = 0;
  const undo = new Undo(() => now);
  undo.say("Written down.");
  now = 300;
  undo.left(undo.offer.value);
  assert.equal(undo.offer.value?.sentence, "Written down.");
  now = 2_000;
  undo.left(undo.offer.value);
  assert.equal(undo.offer.value, null);
});

test("leaving a screen that showed an older offer leaves the newer one", () => {
  const undo = new Undo(() => 9_000);
  undo.say("One.");
  const older = undo.offer.value;
  undo.say("Two.");
  undo.left(older);
  assert.equal(undo.offer.value?.sentence, "Two.");
});

/** A router, and a tap that says whether it was held back. */
function open() {
  const browser = { location: { pathname: "/app/p/goal-new", search: "" }, history: { pushState() {} }, addEventListener() {}, scrollTo() {} };
  const router = new Router(browser);
  const tap = (timeStamp, { x = 100, y = 600, detail = 1 } = {}) => {
    let held = false;
    router.holdSecondTap({ timeStamp, clientX: x, clientY: y, detail, preventDefault: () => (held = true), stopPropagation() {} });
    return held;
  };
  return { router, tap };
}

test("the second tap on what led to another screen is held, and the one after it is not", () => {
  const { router, tap } = open();
  assert.equal(tap(1_000), false);
  router.go("/app/p/goal/1");
  assert.equal(tap(1_250), true);
  assert.equal(tap(1_500), false);
});

for (const [what, second] of Object.entries({ elsewhere: { x: 300 }, "by a key": { detail: 0 } })) {
  test(`a second tap ${what} counts`, () => {
    const { router, tap } = open();
    tap(1_000);
    router.go("/app/p/goal/1");
    assert.equal(tap(1_200, second), false);
  });
}

test("a second tap where nothing was left counts: a tick, and again", () => {
  const { tap } = open();
  tap(1_000);
  assert.equal(tap(1_200), false);
});
