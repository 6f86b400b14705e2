/** The state of a form that outlives leaving it: what was begun is kept, and offered when the form opens again. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { same, wentOn } from "../core/drafts.js"; // here with the form: the door then finds it without signal
import { Icon } from "./bits.js";
import { useApp, usePerson } from "./context.js";

/**
 * @import {VNode} from "preact"
 */

/**
 * `offer` stands on top of the form; `saving`: whoever leaves meanwhile has not left anything behind, unless it fails;
 * `done`: it is saved, nothing is kept, and this is where it goes on.
 * @typedef {{offer: VNode | null, saving: <Result>(work: () => Promise<Result>) => Promise<Result>, done: (path: string) => void}} Begun
 */

const PAUSE_MS = 500;
/** The form that is opened only to go on in it. */
let wanted = "";

/**
 * @template {{[field: string]: unknown}} Values
 * @param {() => Values} start  what an untouched form holds
 * @param {boolean} [fresh]  nobody else has written any of it: what is kept stays whole, with the day it was begun on
 * @returns {[Values, (values: Values) => void, Begun]}
 */
export function useDraft(start, fresh = false) {
  const { router } = useApp();
  const [first] = useState(start);
  const [draft, setDraft] = useState(first);
  const kept = useKept(first, setDraft, fresh);
  const now = useRef({ draft, over: false, touched: false });
  now.current.draft = draft;
  useEffect(() => () => {
    if (!now.current.over && !same(now.current.draft, first)) kept.leave(now.current.draft);
  }, []);
  useEffect(() => {
    if (same(draft, first)) return void (now.current.touched && kept.restore());
    now.current.touched = true;
    const timer = setTimeout(() => now.current.over || kept.keep(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  /** @type {Begun["saving"]} */
  const saving = async (work) => {
    now.current.over = true;
    try {
      return await work();
    } catch (error) {
      now.current.over = false;
      kept.keep(now.current.draft); // who left meanwhile finds it
      throw error;
    }
  };
  const done = (/** @type {string} */ path) => {
    now.current.over = true;
    kept.forget();
    router.go(path);
  };
  return [draft, setDraft, { offer: same(draft, first) ? kept.offer : null, saving, done }];
}

/**
 * What was kept of this form, and its offer: go on, throw it away, bring it back.
 * @template {{[field: string]: unknown}} Values
 * @param {Values} first
 * @param {(values: Values) => void} setDraft
 * @param {boolean} fresh
 */
function useKept(first, setDraft, fresh) {
  const { doors, router, undo } = useApp();
  const person = usePerson();
  const [{ form, path }] = useState(() => formAt(person.stream, router.place.peek()));
  const [kept, setKept] = useState(/** @type {Values | null} */ (null));
  const [thrown, setThrown] = useState(/** @type {Values | null} */ (null));
  const keep = (/** @type {Values} */ values) => void doors.drafts().then((drafts) => drafts.keep(form, { values, first: fresh ? {} : first }));
  const forget = () => void doors.drafts().then((drafts) => drafts.forget(form));
  useEffect(() => {
    void doors.drafts().then((drafts) => {
      const found = wentOn(drafts.of(form), first);
      if (found && wanted === form) setDraft(found);
      wanted = "";
      setKept(found);
    });
  }, []);
  const restore = () => (kept ? keep(kept) : forget());
  const leave = (/** @type {Values} */ values) => {
    keep(values);
    undo.say("What you began is kept.", async () => router.go(((wanted = form), path)), "Go on");
  };
  const turn = (/** @type {Values | null} */ away, /** @type {Values | null} */ back) => {
    setThrown(away);
    setKept(back);
    if (back) keep(back);
    else forget();
  };
  const again = thrown && html`<${Thrown} onBack=${() => turn(null, thrown)} />`;
  return { keep, forget, restore, leave, offer: kept ? html`<${Offer} onGoOn=${() => setDraft(kept)} onThrow=${() => turn(kept, null)} />` : again };
}

/** @param {{onGoOn: () => void, onThrow: () => void}} props */
function Offer({ onGoOn, onThrow }) {
  return html`<div class="card stack stack--s" role="status">
    <p><b>You had started to write.</b> It was not saved.</p>
    <div class="duo">
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onGoOn}><${Icon} name="pencil-simple" small />Go on</button>
      <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${onThrow}><${Icon} name="trash-bold" small />Throw away</button>
    </div>
  </div>`;
}

/** @param {{onBack: () => void}} props */
function Thrown({ onBack }) {
  return html`<div role="status"><div class="undo"><span>It is thrown away.</span><button type="button" onClick=${onBack}>Undo</button></div></div>`;
}

/** @param {string} stream @param {import("./place.js").Place} place */
function formAt(stream, { screen, rest, query }) {
  const at = [screen, ...rest].join("/") + (query.size ? `?${query}` : "");
  return { form: `${stream} ${at}`, path: `/app/${stream.slice("person:".length)}/${at}` };
}
