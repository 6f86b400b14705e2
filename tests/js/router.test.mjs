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
    location, document: { visibilityState }, addEventListener: (_name, work) => { browser.came = work; }, scrollTo() {},
    history: { pushState: (_state, _title, path) => { went.push(path); location.pathname = path; } },
    requestAnimationFrame: (work) => frames.push(work),
  };
  const router = new Router(browser);
  const tap = (link) => router.catchTap({ target: link, button: 0, preventDefault() {} });
  const paint = async () => { frames.splice(0).forEach((work) => work()); await new Promise((done) => setTimeout(done)); };
  return { tap, paint, went, router, browser };
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

/** A browser with a history of its own; a step back comes later, as in a real one. */
function withHistory() {
  const stack = [{ path: "/app/plan", state: null }];
  let at = 0;
  let came = () => {};
  const steps = [];
  const location = { pathname: "/app/plan", search: "", origin: "https://here" };
  const show = () => { location.pathname = stack[at].path; };
  const history = {
    get state() { return stack[at].state; },
    pushState: (state, _title, path) => { stack.splice(++at, Infinity, { path, state }); show(); },
    replaceState: (state, _title, path) => { stack[at] = { path, state }; show(); },
    back: () => steps.push(() => { at -= 1; show(); came(); }),
    forward: () => steps.push(() => { at += 1; show(); came(); }),
  };
  const addEventListener = (_name, work) => { came = work; };
  const router = new Router({ location, history, addEventListener, document: {}, scrollTo() {} });
  const settle = () => steps.splice(0).forEach((step) => step());
  return { router, history, settle, paths: () => stack.slice(0, at + 1).map(({ path }) => path), here: () => router.place.value.screen };
}

test("a form that is done is not found again by going back: what it leads to takes its place", () => {
  const { router, paths } = withHistory();
  router.go("/app/goal-new");
  router.leave("/app/goal");
  assert.deepEqual(paths(), ["/app/plan", "/app/goal"]);
});

test("leaving to where one came from is the step back, once, however often it is asked for", () => {
  const { router, paths, here, settle } = withHistory();
  router.go("/app/goal-new");
  router.leave("/app/plan");
  router.leave("/app/plan");
  settle();
  assert.deepEqual([paths(), here()], [["/app/plan"], "plan"]);
});

test("a step back that never comes leaves nobody stuck", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { router, paths, here } = withHistory();
  router.go("/app/goal-new");
  router.leave("/app/plan");
  context.mock.timers.tick(1_000);
  assert.deepEqual([paths(), here()], [["/app/plan", "/app/plan"], "plan"]);
});

test("a step back that would end elsewhere, as something else came there since, still leads to the right place", () => {
  const { router, history, paths, here, settle } = withHistory();
  router.go("/app/goal-new");
  history.back();
  settle();
  router.go("/app/order", { replace: true });
  history.forward();
  settle();
  router.leave("/app/plan");
  settle();
  assert.deepEqual([paths(), here()], [["/app/plan"], "plan"]);
});

test("a window in the background gets no frames, and goes at once", () => {
  const { tap, went } = open({ visibilityState: "hidden" });
  tap(new Element("/app/p/plan"));
  assert.deepEqual(went, ["/app/p/plan"]);
});

test("a jump to a part of the screen is no new place, and going back to another one is", () => {
  const { router, browser } = open();
  const before = router.place.value;
  browser.location.hash = "#tabs";
  browser.came();
  assert.equal(router.place.value, before);
  browser.location.pathname = "/app/money";
  browser.came();
  assert.equal(router.place.value.screen, "money");
});
