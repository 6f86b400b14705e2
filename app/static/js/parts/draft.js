/** The state of a form that outlives leaving it: what was begun is kept, and offered when the form opens again. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { same, wentOn } from "../core/drafts.js"; // here with the form: the door then finds it without signal
import { Icon } from "./bits.js";
import { useApp, usePerson } from "./context.js";

/**
 * @import {VNode} from "preact"
 * @import {Base, Facts} from "../core/types.js"
 */

/**
 * `offer` stands on top of the form; `base` is what the author of the values saw; `met`: what to add to the sentence that
 * it is saved, where others wrote meanwhile; `saving`: whoever leaves meanwhile has not left anything behind, unless it
 * fails; `done`: it is saved, nothing is kept, and this is where it goes on.
 * @template [Saw=Base | undefined]
 * @typedef {{offer: VNode | null, base: Saw, met: string, saving: <Result>(work: () => Promise<Result>) => Promise<Result>, done: (path: string) => void}} Begun
 */

/**
 * Values that were left in a form, and what was seen when they were begun.
 * @template Values
 * @template Saw
 * @typedef {{values: Values, base: Saw}} Left
 */

/**
 * A row as it was when its form opened. `base`: what was seen of it then; `now`: as it is by now.
 * @typedef {{body: Facts | undefined, base: Base | undefined, now: Facts | undefined}} Opened
 */

const PAUSE_MS = 500;
/** Said once it is saved, and not into the writing: a field never moves under somebody's hands. */
const MET = " It was changed elsewhere too, and that is kept.";
/** The form that is opened only to go on in it. */
let wanted = "";

/**
 * A row that a form is about, held as it was when the form opened. What comes by sync meanwhile is neither undone by
 * what somebody leaves alone, nor taken for seen where they change the same.
 * @param {string} kind
 * @param {string | null | undefined} id  none for a new one
 * @param {Facts} [absent]  what a row that is not there means; without it the form waits for the row
 * @returns {Opened}
 */
export function useOpened(kind, id, absent) {
  const { live } = useApp();
  const { stream } = usePerson();
  const held = useRef(/** @type {{body: Facts, base: Base} | null} */ (null));
  const now = id ? live.row(stream, kind, id)?.body : undefined;
  const found = now ?? absent;
  if (id && found) held.current ??= { body: found, base: live.replica.saw(stream, id) };
  return { body: held.current?.body, base: held.current?.base, now };
}

/**
 * @template {{[field: string]: unknown}} Values
 * @template [Saw=Base | undefined]
 * @param {() => Values} start  what an untouched form holds
 * @param {object} [more]
 * @param {boolean} [more.fresh]  nobody else has written any of it: what is kept stays whole, with the day it was begun on
 * @param {Saw} [more.base]  what was seen of the row when the form opened. As JSON: it is kept with what was begun
 * @param {Values | null | undefined} [more.now]  what an untouched form would hold by now
 * @param {(values: Values) => unknown} [more.counts]  what is worth keeping; other values go along with it
 * @returns {[Values, (values: Values) => void, Begun<Saw>]}
 */
export function useDraft(start, { fresh = false, base, now: today, counts = (values) => values } = {}) {
  const { router } = useApp();
  const [first] = useState(start);
  const [draft, setDraft] = useState(first);
  const kept = useKept(first, setDraft, { fresh, base: /** @type {Saw} */ (base) });
  const untouched = (/** @type {Values} */ values) => same(counts(values), counts(first));
  const now = useRef({ draft, over: false, touched: false });
  now.current.draft = draft;
  useEffect(() => () => {
    if (!now.current.over && !untouched(now.current.draft)) kept.leave(now.current.draft);
  }, []);
  useEffect(() => {
    if (untouched(draft)) return void (now.current.touched && kept.restore());
    now.current.touched = true;
    const timer = setTimeout(() => now.current.over || kept.keep(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  /** @type {Begun["saving"]} */
  const saving = async (work) => {
    now.current.over = true;
    try {
      const done = await work();
      kept.forget();
      return done;
    } catch (error) {
      now.current.over = false;
      kept.keep(now.current.draft); // who left meanwhile finds it
      throw error;
    }
  };
  const done = (/** @type {string} */ path) => {
    now.current.over = true;
    kept.forget();
    router.leave(path);
  };
  const met = today && !same(today, first) ? MET : "";
  return [draft, setDraft, { offer: untouched(draft) ? kept.offer : null, base: kept.base, met, saving, done }];
}

/**
 * What was kept of this form, and its offer: go on, throw it away, bring it back.
 * @template {{[field: string]: unknown}} Values
 * @template Saw
 * @param {Values} first
 * @param {(values: Values) => void} setDraft
 * @param {{fresh: boolean, base: Saw}} opened
 */
function useKept(first, setDraft, { fresh, base }) {
  const { doors, router, undo } = useApp();
  const person = usePerson();
  const [{ form, path }] = useState(() => formAt(person.stream, router.place.peek()));
  const [kept, setKept] = useState(/** @type {Left<Values, Saw> | null} */ (null));
  const [thrown, setThrown] = useState(/** @type {Left<Values, Saw> | null} */ (null));
  const seen = useRef(base); // who goes on in what was begun saw no more than then
  const hold = (/** @type {Left<Values, Saw>} */ left) => void doors.drafts().then((drafts) => drafts.keep(form, { ...left, first: fresh ? {} : first }));
  const keep = (/** @type {Values} */ values) => hold({ values, base: seen.current });
  const forget = () => void doors.drafts().then((drafts) => drafts.forget(form));
  useEffect(() => {
    void doors.drafts().then(async (drafts) => {
      const begun = await drafts.of(form);
      const values = wentOn(begun, first);
      const found = values && { values, base: /** @type {Saw} */ (begun?.base ?? base) };
      if (found && wanted === form) goOn(found);
      wanted = "";
      setKept(found);
    });
  }, []);
  const goOn = (/** @type {Left<Values, Saw>} */ left) => {
    seen.current = left.base;
    setDraft(left.values);
  };
  const restore = () => (kept ? hold(kept) : forget());
  const leave = (/** @type {Values} */ values) => {
    keep(values);
    undo.say("What you began is kept.", async () => router.go(((wanted = form), path)), "Go on");
  };
  const turn = (/** @type {Left<Values, Saw> | null} */ away, /** @type {Left<Values, Saw> | null} */ back) => {
    setThrown(away);
    setKept(back);
    if (back) hold(back);
    else forget();
  };
  const again = thrown && html`<${Thrown} onBack=${() => turn(null, thrown)} />`;
  const offer = kept ? html`<${Offer} onGoOn=${() => goOn(kept)} onThrow=${() => turn(kept, null)} />` : again;
  return { keep, forget, restore, leave, offer, base: seen.current };
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
