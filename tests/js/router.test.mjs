// Taps on links: what was touched shows it first, and the next screen comes once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Router } from "../../app/static/js/parts/router.js";

class Element {
  constructor(path) {
    Object.assign(this, { pathname: path, search: "", hash: "", origin: "https://here", target: "", marks: new Set() });
  }
  closest = () => this;
  hasAttribute = (name) => this.marks.has(name);
  setAttribute = (name) => this.marks.add(name);
  removeAttribute = (name) => this.marks.delete(name);
}
globalThis.Element = Element;

/** A window whose frames come when `paint` is called. */
function open({ visibilityState = "visible" } = {}) {
  const frames = [];
  const went = [];
  const location = { pathname: "/app/p/home", search: "", origin: "https://here" };
  const browser = {
    location, document: { visibilityState }, addEventListener() {}, scrollTo() {},
    history: { pushState: (_state, _title, path) => { went.push(path); location.pathname = path; } },
    requestAnimationFrame: (work) => frames.push(work),
  };
  const router = new Router(browser);
  const tap = (link) => router.catchTap({ target: link, button: 0, preventDefault() {} });
  const paint = async () => { frames.splice(0).forEach((work) => work()); await new Promise((done) => setTimeout(done)); };
  return { tap, paint, went };
}

test("a tap is shown on what was touched, and the screen comes after the next frame", async () => {
  const { tap, paint, went } = open();
  const link = new Element("/app/p/money");
  tap(link);
  assert.deepEqual([[...link.marks], went], [["data-tapped"], []]);
  await paint();
  assert.deepEqual([[...link.marks], went], [[], ["/app/p/money"]]);
});

test("a second tap on the same link before the frame goes there once; on another the last one counts", async () => {
  const { tap, paint, went } = open();
  const [money, plan] = [new Element("/app/p/money"), new Element("/app/p/plan")];
  tap(money);
  tap(money);
  tap(plan);
  await paint();
  assert.deepEqual(went, ["/app/p/plan"]);
  tap(plan);
  await paint();
  assert.deepEqual(went, ["/app/p/plan", "/app/p/plan"]);
});

test("a window in the background gets no frames, and goes at once", () => {
  const { tap, went } = open({ visibilityState: "hidden" });
  tap(new Element("/app/p/plan"));
  assert.deepEqual(went, ["/app/p/plan"]);
});
