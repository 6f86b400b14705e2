/** The app: which screen stands at which address, and for whom. Tabs are loaded when they are first opened. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { PersonContext, useApp } from "./parts/context.js";
import Home from "./home/home.js";
import { Nobody } from "./parts/nobody.js";

/** @import {ComponentType} from "preact" */
/** @typedef {() => Promise<{default: ComponentType}>} Loader */

/** @type {{[screen: string]: Loader}} */
const SCREENS = {
  plan: () => import("./plans/plan.js"),
  goal: () => import("./plans/goal.js"),
  "goal-new": () => import("./plans/goal-write.js"),
  "goal-edit": () => import("./plans/goal-write.js"),
  order: () => import("./plans/reorder.js"),
  step: () => import("./plans/step.js"),
  "check-in": () => import("./plans/check-in.js"),
  about: () => import("./plans/about.js"),
  "about-write": () => import("./plans/about-write.js"),
  earlier: () => import("./plans/earlier.js"),
  today: () => import("./plans/today.js"),
  options: () => import("./options/list.js"),
  option: () => import("./options/option.js"),
  compare: () => import("./options/compare.js"),
  choose: () => import("./options/choice-write.js"),
  "idea-new": () => import("./options/choice-write.js"),
  choice: () => import("./options/choice.js"),
  "choice-edit": () => import("./options/choice-write.js"),
  groups: () => import("./peers/groups.js"),
  group: () => import("./peers/group.js"),
  "group-rules": () => import("./peers/group-rules.js"),
  "group-questions": () => import("./peers/group-questions.js"),
  example: () => import("./peers/example.js"),
  borrow: () => import("./peers/borrow.js"),
  report: () => import("./peers/report.js"),
  idea: () => import("./peers/idea.js"),
  "idea-write": () => import("./peers/idea.js"),
  money: () => import("./budgets/money-list.js"),
  spend: () => import("./budgets/spend.js"),
  entry: () => import("./budgets/entry.js"),
  "entry-edit": () => import("./budgets/entry-edit.js"),
  "money-in": () => import("./budgets/money-in.js"),
  transfer: () => import("./budgets/transfer.js"),
  visit: () => import("./budgets/visit.js"),
  repeat: () => import("./budgets/repeat.js"),
  photos: () => import("./budgets/photos.js"),
  photo: () => import("./budgets/photo.js"),
  inbox: () => import("./home/inbox.js"),
  pot: () => import("./budgets/pot.js"),
  "pot-new": () => import("./budgets/pot-write.js"),
  "pot-edit": () => import("./budgets/pot-write.js"),
  shared: () => import("./share/whose.js"),
  "add-receipt": () => import("./share/whose.js"),
  conflict: () => import("./more/conflict.js"),
  more: () => import("./more/more.js"),
  reviews: () => import("./reviews/reviews.js"),
  "review-new": () => import("./reviews/review-write.js"),
  "review-edit": () => import("./reviews/review-write.js"),
  "review-held": () => import("./reviews/held.js"),
  "review-said": () => import("./reviews/held.js"),
  prepare: () => import("./reviews/prepare.js"),
  reminders: () => import("./reminders/reminders.js"),
  sync: () => import("./more/sync-list.js"),
  "sign-out": () => import("./more/sign-out.js"),
  lock: () => import("./more/lock.js"),
  reading: () => import("./more/reading.js"),
  remark: () => import("./people/remark.js"),
  return: () => import("./people/return.js"),
  closed: () => import("./people/closed.js"),
  show: () => import("./people/show.js"),
  shown: () => import("./people/shown.js"),
  "share-example": () => import("./peers/share.js"),
  "share-words": () => import("./peers/share-words.js"),
  sharing: () => import("./peers/review.js"),
  sharings: () => import("./peers/share-list.js"),
};

/** What one has to be allowed, to write on a screen. @type {{[scope: string]: string[]}} */
const NEEDS = {
  write_plan: ["goal-new", "goal-edit", "order", "step", "check-in", "about-write", "choose", "idea-new", "choice-edit", "review-new", "review-edit", "review-held", "review-said"],
  write_money: ["pot-new", "pot-edit", "money-in", "transfer"],
  log_money: ["spend", "entry-edit", "visit", "repeat"],
  manage: ["borrow", "idea-write", "report", "share-example", "share-words"],
  remark: ["remark"],
};

/** @param {string} screen @param {string[]} scopes */
export function closedTo(screen, scopes) {
  return Object.entries(NEEDS).some(([scope, screens]) => screens.includes(screen) && !scopes.includes(scope));
}

/** The screen at the present address. */
export function Root() {
  const { live, router, doors } = useApp();
  const shown = doors.showing.person();
  const { person: wanted, screen, rest } = shown ? { person: shown, screen: "shown", rest: [] } : router.place.value;
  const people = live.people();
  const person = people.find((one) => one.id === wanted) ?? (wanted ? null : people[0]);
  useEffect(() => {
    if (person && person.id !== wanted) router.go(`/app/${person.id}/${[screen || "home", ...rest].join("/")}`, { replace: true });
  }, [person?.id, wanted, screen]);
  useEffect(() => {
    document.querySelector("h1")?.focus();
  }, [router.place.value]);
  if (!person) return html`<${Nobody} unknown=${Boolean(wanted)} />`;
  return html`<div onClickCapture=${(/** @type {MouseEvent} */ event) => router.holdSecondTap(event)} onClick=${(/** @type {MouseEvent} */ event) => router.catchTap(event)}>
    <${PersonContext.Provider} value=${person}>
      <a class="nhsuk-skip-link" href="#main">Skip to what this screen says</a>
      <${At} key=${`${person.id} ${screen || "home"} ${router.place.value.rest.join("/")}`} screen=${closedTo(screen, person.scopes) ? "closed" : screen} />
    <//>
  </div>`;
}

/** Before the worker keeps the whole app, a screen may still have to come over a bad line. */
function NotCome() {
  return html`<div class="app"><div class="frame frame--solo">
    <header class="band"><h1 tabindex="-1">This part has not come yet</h1></header>
    <main class="sheet stack" id="main"><p>There is too little signal. What you have written is kept on this phone.</p>
      <button class="nhsuk-button" type="button" onClick=${() => location.reload()}>Try again</button>
      <a class="plain" href="/app/">Home</a></main>
  </div></div>`;
}

/** @param {{screen: string}} props */
function At({ screen }) {
  const [Screen, setScreen] = useState(/** @type {{is: ComponentType} | null} */ (null));
  const load = SCREENS[screen];
  useEffect(() => {
    let here = true;
    load?.().then((module) => here && setScreen({ is: module.default }), () => here && setScreen({ is: NotCome }));
    return () => void (here = false);
  }, [screen]);
  useEffect(() => {
    if (Screen && document.activeElement === document.body) document.querySelector("h1")?.focus();
  }, [Screen]);
  if (!load) return html`<${Home} />`;
  return Screen ? html`<${Screen.is} />` : html`<p role="status" class="hide">Opening</p>`;
}
