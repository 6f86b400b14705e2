/** Reminders: this device, on which days, at what time, and when to keep quiet. */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, Note, Tag } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, SelectField } from "../parts/fields.js";
import { Screen } from "../parts/frame.js";
import { isQuiet, timeWords, wishOf, zoneHere } from "./wish.js";

/** @import {Problems} from "../parts/fields.js" */
/** @import {ReminderDoor, Told} from "./door.js" */
/** @import {Wish} from "./wish.js" */

/** @type {Array<[number, string]>} */
const DAYS = [[28, "4 weeks before"], [14, "2 weeks before"], [7, "1 week before"], [1, "The day before"], [0, "On the day"]];
const AGAIN_MS = 10_000;
const HALF_HOURS = Array.from({ length: 48 }, (_, at) => at * 30);

export default function Reminders() {
  const { live, undo } = useApp();
  const person = usePerson();
  const { wish, said } = wishOf(live);
  const [draft, setDraft] = useState(wish);
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const write = (/** @type {Wish} */ facts) => writeWish(live, facts);
  const save = async () => {
    if (!draft.days.length) return setProblems({ days: "Choose one day or more, or turn reminders off." });
    if (isQuiet(draft.at, draft)) return setProblems({ at: "That time is in your quiet hours. Choose another." });
    setProblems({});
    await write({ ...draft, zone: zoneHere() });
    undo.say("That is how we will remind you.", () => write(wish).then(() => setDraft(wish)));
    return undefined;
  };
  const toggle = async () => {
    const facts = { ...draft, on: !draft.on };
    setDraft(facts);
    await write(facts);
    undo.say(facts.on ? "Reminders are on." : "Reminders are off.", () => write(draft).then(() => setDraft(draft)));
  };
  const dock = draft.on && html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save the reminders</button>`;
  return html`<${Screen} tab="more" title="Reminders" back=${{ href: person.path("more"), words: "More" }} dock=${dock}>
    <div class="stack">
      <${ErrorSummary} problems=${problems} />
      ${draft.on ? html`<${Device} onFirst=${() => (said ? null : write({ ...draft, zone: zoneHere() }))} />
        <${Days} chosen=${draft.days} problem=${problems["days"]} onChange=${(/** @type {number[]} */ days) => setDraft({ ...draft, days })} />
        <${Times} draft=${draft} problems=${problems} onChange=${setDraft} />`
        : html`<${Note} icon="bell-slash" title="Reminders are off.">Reviews still show on Home.<//>`}
      <div class="card card--rows"><button class="row row--button" type="button" onClick=${toggle}>
        <span class="tile"><${Icon} name=${draft.on ? "bell-slash" : "bell"} /></span>
        <span class="row__body row__title">${draft.on ? "Turn all reminders off" : "Turn reminders on"}</span></button></div>
    </div>
  <//>`;
}

/**
 * @param {import("../parts/live.js").Live} live
 * @param {Wish} wish
 */
function writeWish(live, { on, days, at, quiet_from, quiet_until, zone, email }) {
  const { account } = live.who;
  return live.act({ act: "reminder_wish.write", stream: `account:${account}`, row: account, facts: { on, days, at, quiet_from, quiet_until, zone, email } });
}

/**
 * What is asked for without signal is tried again while Inhand is open, and at its next start.
 * @param {ReminderDoor} door
 * @param {() => unknown} onFirst
 */
async function turnOn(door, onFirst) {
  const answer = await door.turnOn();
  if (answer.state === "on" || answer.state === "waiting") await onFirst();
  if (answer.state === "waiting") setTimeout(() => void tryAgain(door), AGAIN_MS);
  return answer;
}

/** @param {ReminderDoor} door */
async function tryAgain(door) {
  if ((await door.state()) === "waiting" && !(await door.renew())) setTimeout(() => void tryAgain(door), AGAIN_MS);
}

/**
 * What this device does, at once from what is known: a browser that answers late would push down what is being read.
 * @param {ReminderDoor} door
 * @returns {[Told, (told: Told) => void, boolean]} the last: the browser has answered
 */
function useTold(door) {
  const [told, setTold] = useState(() => /** @type {Told} */ ({ state: door.glimpse(), sentence: null }));
  const [sure, setSure] = useState(false);
  const acted = useRef(false);
  useEffect(() => void door.state().then((state) => {
    if (!acted.current) setTold({ state, sentence: null });
    setSure(true);
  }), []);
  const tell = (/** @type {Told} */ answer) => {
    acted.current = true;
    setTold(answer);
  };
  return [told, tell, sure];
}

/** @param {{onFirst: () => unknown}} props */
function Device({ onFirst }) {
  const { doors } = useApp();
  const [told, setTold, sure] = useTold(doors.reminders);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const then = async (/** @type {() => Promise<Told>} */ work) => {
    setBusy(true);
    setTold(await work());
    setBusy(false);
  };
  const on = () => then(() => turnOn(doors.reminders, onFirst));
  const trial = () => then(async () => {
    const answer = await doors.reminders.trial();
    setAsked(answer.sentence === null);
    return answer;
  });
  return html`<section class="told" aria-labelledby="device-head"><h2 id="device-head">On this device</h2>
    <div class="card stack" aria-busy=${busy || !sure}>
      <div role="status" class="stack">${told.sentence && html`<${Note} kind="check" icon="warning-circle-bold">${told.sentence}<//>`}
        ${told.state === "on" && html`<p><${Tag} kind="good" icon="check-bold">Reminders come here<//></p>`}
        ${told.state === "waiting" && html`<p>Reminders start here once there is signal.</p>`}
        ${asked && told.state === "on" && html`<p>A test is on its way. It shows within 10 seconds, even if Inhand is closed.</p>`}</div>
      ${told.state === "off" && html`<p>We can remind you before a review. The message never shows a name or money.</p>
        <p class="quiet">Your browser asks you next. Tap Allow there.</p>
        <button class="nhsuk-button nhsuk-button--secondary" type="button" disabled=${busy} onClick=${on}><${Icon} name="bell" />Remind me here</button>`}
      ${(told.state === "on" || told.state === "waiting") && html`<div class="coming__acts">
        ${told.state === "on" && html`<button class="plain" type="button" disabled=${busy} onClick=${trial}><${Icon} name="bell" small />Send a test</button>`}
        <button class="plain" type="button" disabled=${busy} onClick=${() => then(doors.reminders.turnOff)}><${Icon} name="bell-slash" small />Not on this device</button></div>`}
      ${told.state === "blocked" && html`<${Blocked} />`}
      ${told.state === "impossible" && html`<p>This browser takes no reminders. They show here in the app, and by email if you like.</p>
        <p class="quiet">On an iPhone, add Inhand to the Home Screen first. Then open it from there.</p>`}
    </div>
  </section>`;
}

function Blocked() {
  return html`<${Note} kind="check" icon="bell-slash" title="Your browser blocks reminders.">They still show here, and by email if you like.<//>
    <p>To change that:</p>
    <ol class="steps"><li>Tap the lock or the sign beside the address.</li><li>Open Permissions or Site settings.</li><li>Allow notifications, then open this page again.</li></ol>`;
}

/** @param {{chosen: number[], problem: string | undefined, onChange: (days: number[]) => void}} props */
function Days({ chosen, problem, onChange }) {
  const flip = (/** @type {number} */ day) => onChange(chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day].sort((one, other) => other - one));
  return html`<section class="told" aria-labelledby="days-head"><h2 id="days-head">Which days</h2>
    ${problem && html`<p class="nhsuk-error-message" id="days" tabindex="-1">${problem}</p>`}
    <div class="chips">${DAYS.map(([day, words]) => html`<button key=${day} class="chip" type="button" aria-pressed=${String(chosen.includes(day))} onClick=${() => flip(day)}>
      ${chosen.includes(day) && html`<${Icon} name="check-bold" small />`}${words}</button>`)}</div>
  </section>`;
}

/** @param {{draft: Wish, problems: Problems, onChange: (wish: Wish) => void}} props */
function Times({ draft, problems, onChange }) {
  const options = (/** @type {number} */ own) => [...new Set([...HALF_HOURS, own])].sort((one, other) => one - other)
    .map((minute) => /** @type {[string, string]} */ ([String(minute), timeWords(minute)]));
  const set = (/** @type {"at" | "quiet_from" | "quiet_until"} */ name) => (/** @type {string} */ value) => onChange({ ...draft, [name]: Number(value) });
  return html`<section aria-labelledby="times-head" class="stack"><h2 id="times-head">What time</h2>
    <${SelectField} id="at" label="Remind me at" value=${String(draft.at)} onInput=${set("at")} options=${options(draft.at)} problem=${problems["at"]} />
    <${SelectField} id="quiet_from" label="Keep quiet from" value=${String(draft.quiet_from)} onInput=${set("quiet_from")} options=${options(draft.quiet_from)} />
    <${SelectField} id="quiet_until" label="until" value=${String(draft.quiet_until)} onInput=${set("quiet_until")} options=${options(draft.quiet_until)} />
    <p class="quiet">Times are where you are: ${zoneHere().replaceAll("_", " ")}.</p>
    <div class="chips"><button class="chip" type="button" aria-pressed=${String(draft.email)} onClick=${() => onChange({ ...draft, email: !draft.email })}>
      ${draft.email && html`<${Icon} name="check-bold" small />`}Email me when no device showed it</button></div>
  </section>`;
}
