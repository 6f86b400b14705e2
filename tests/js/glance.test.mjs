// A tap in the first sight of Home: it is held until what answers it is here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lifted, tapAgain } from "../../app/static/js/home/taps.js";

globalThis.document = { querySelector: () => null, querySelectorAll: () => [] };
globalThis.MouseEvent = class extends Event {};
const { holdTaps } = await import("../../app/static/js/home/glance.js");

/** A link, or a button without an address. What is inside the page is none of ours. */
class Thing {
  constructor(href = null) {
    Object.assign(this, { href, marks: new Set(), taps: [] });
  }
  closest = () => (this.href?.startsWith("#") ? null : this);
  getAttribute = () => this.href;
  setAttribute = (name) => this.marks.add(name);
  removeAttribute = (name) => this.marks.delete(name);
  dispatchEvent = (event) => this.taps.push(event.type);
}

/** A first sight: what the whole app draws in its place, and timers that go only when told. */
function sight(drawn = []) {
  const listeners = {};
  const due = [];
  const left = [];
  const place = {
    addEventListener: (name, work, { signal }) => {
      listeners[name] = work;
      signal?.addEventListener("abort", () => delete listeners[name]);
    },
    querySelectorAll: () => drawn,
  };
  const held = holdTaps(place);
  const tap = (target, down = "") => {
    const event = { target, stopped: false, preventDefault: () => (event.stopped = true), getModifierState: (key) => key === down };
    listeners.click?.(event);
    return event.stopped;
  };
  const quiet = () => lifted(held, place, { set: (work) => due.push(work), clear() {} });
  return { tap, press: (name) => listeners[name](), due, left, quiet, done: () => tapAgain(held, place, (path) => left.push(path)) };
}

test("the last tap is shown on what was touched, and given to the same thing of the whole app", () => {
  const [plan, money] = [new Thing("/app/p/plan"), new Thing("/app/p/money")];
  const here = sight([plan, money]);
  const [old, touched] = [new Thing("/app/p/plan"), new Thing("/app/p/money")];
  assert.deepEqual([here.tap(old), here.tap(touched)], [true, true]);
  assert.deepEqual([[...old.marks], [...touched.marks]], [[], ["data-tapped"]]);
  here.done();
  assert.deepEqual([plan.taps, money.taps, here.left], [[], ["click"], []]);
});

test("a button is found again too; what the whole app does not have is gone to", () => {
  const chip = new Thing();
  const here = sight([new Thing("/app/p/plan"), chip]);
  here.tap(new Thing());
  here.done();
  assert.deepEqual(chip.taps, ["click"]);
  const other = sight([chip]);
  other.tap(new Thing("/app/p/visit?went=missed"));
  other.done();
  assert.deepEqual(other.left, ["/app/p/visit?went=missed"]);
});

test("a new tab, a place on the page, and whatever is tapped later are the browser's", () => {
  const here = sight();
  assert.deepEqual(["Control", "Meta", "Shift", "Alt"].map((key) => here.tap(new Thing("/app/p/plan"), key)), [false, false, false, false]);
  assert.equal(here.tap(new Thing("#tabs")), false);
  here.done();
  assert.equal(here.tap(new Thing("/app/p/plan")), false);
  assert.deepEqual(here.left, []);
});

test("what is pressed is not drawn anew under the finger; a finger that stays down holds nobody up for ever", async () => {
  const here = sight();
  await here.quiet();
  here.press("pointerdown");
  here.press("pointerup");
  await here.quiet();
  here.press("pointerdown");
  let told = false;
  const wait = here.quiet().then(() => (told = true));
  await new Promise((done) => setImmediate(done));
  assert.equal(told, false);
  const [longest] = here.due.splice(0);
  here.press("pointerup");
  here.due.pop()();
  await wait;
  here.press("pointercancel");
  longest();
  here.press("pointerdown");
  const stays = here.quiet();
  here.due.pop()();
  await stays;
});
