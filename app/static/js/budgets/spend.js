/**
 * Add a receipt: photos, the amount, done. The rest now or later. What is read on a photo stands in the fields until
 * the person saves or writes something else; typing by hand never takes more steps.
 * The form belongs to the person it was opened for.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { formatAmount } from "../core/money.js";
import { TextError } from "../core/text.js";
import { StoreError } from "../core/store.js";
import { Empty, Icon, Note } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { ErrorSummary, Radios, SelectField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { PhotoPicker } from "../parts/photo-picker.js";
import { AskDouble } from "../receipts/ask-double.js";
import { suggest } from "../receipts/confirm.js";
import { likelyDoubles, lookedAt } from "../receipts/doubles.js";
import { readingWords, useNotWrittenDown, usePhoneReadings, useReadings } from "../receipts/keep.js";
import { ReceiptFields, useShown, useTyped } from "../receipts/receipt-fields.js";
import { OneOrSeveral, StillWaiting } from "../receipts/several.js";
import { usePhotos } from "../receipts/use-photos.js";
import { readingsOf } from "../receipts/waiting.js";
import { aimAt } from "./correction.js";
import { reversalIds } from "./entry.js";
import { isNotional, moneyRows, potFigures } from "./figures.js";
import { GoalField } from "./goal-field.js";
import { earlyWords } from "./line-problems.js";
import { lastPot, linesOf, saveWords } from "./spend-facts.js";
import { SplitFields } from "./split-fields.js";
import { lastWeek } from "./views.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {Double as Likely} from "../receipts/doubles.js"
 * @import {EntryRecord} from "../core/operations.js"
 * @import {Pot} from "./rules.js"
 * @import {Draft} from "./spend-facts.js"
 */

const NO_RECEIPT = ["No receipt: none was given", "No receipt: it is lost", "No receipt: it comes later", "No receipt: a machine took the money"];

export default function Spend() {
  const { live, router } = useApp();
  const person = usePerson();
  const pots = potFigures(moneyRows(live, person.stream), live.today()).filter((one) => !isNotional(one.pot)).map((one) => one.pot);
  if (!pots.length) return html`<${NoPot} />`;
  const [opened] = router.place.value.rest;
  return html`<${Form} key=${opened ?? ""} pots=${pots} opened=${opened ?? null} />`;
}

/**
 * Everything that the form knows and does.
 * @param {Pot[]} pots
 * @param {string | null} opened  the photo that this form was opened for
 */
function useForm(pots, opened) {
  const app = useApp();
  const { live } = app;
  const person = usePerson();
  const { entries } = moneyRows(live, person.stream);
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const [doubles, setDoubles] = useState(/** @type {Likely[]} */ ([]));
  const [each, setEach] = useState(false);
  const first = pots.find((one) => one.id === lastPot(entries)) ?? pots[0];
  const typed = useTyped({ ...startOf(live.today(), first), photos: opened ? [opened] : /** @type {string[]} */ ([]) });
  const { photos, change } = usePhotos(typed.draft.photos, opened, (kept) => typed.set({ photos: kept }), (sentence) => setProblems({ camera: sentence }));
  const here = each ? photos.slice(0, 1) : photos;
  const shas = here.map((photo) => photo.sha256);
  const read = usePhoneReadings(here, useReadings(shas));
  const suggested = suggest(read.readings, { currency: first?.currency ?? "GBP", today: live.today() });
  const { shown, hold } = useShown(typed, suggested);
  const pot = pots.find((one) => one.id === shown.pot);
  const others = useNotWrittenDown().filter((one) => !photos.some((photo) => photo.sha256 === one.sha256));
  const leave = useLeave(typed.begun, each ? photos.slice(1).map((photo) => photo.sha256) : [], opened ? others.map((one) => one.sha256) : []);
  const save = async (/** @type {boolean} */ sure) => {
    const merchant = suggested.what && shown.what === suggested.what.text ? shown.what : null;
    const { lines, found } = linesOf(shown, { pots, files: shas, merchant });
    if (!lines.length) return setProblems(found);
    const candidate = { amount: lines.reduce((sum, line) => sum + line.amount, 0), on: shown.on, shop: shown.what, files: shas };
    const known = sure ? [] : likelyDoubles(candidate, entries, readingsOf(live.rows(person.stream, "reading")));
    setDoubles(known);
    const written = sure ? lines.map((line) => ({ ...line, reason: lookedAt(line.reason) })) : lines;
    return known.length ? undefined : leave.saving(() => post(app, person.stream, written), lines, pot, setProblems);
  };
  return { ...typed, shown, hold, problems, doubles, setDoubles, each, setEach, photos, change, shas, read, suggested, pot, others, leave, save };
}

/** @param {{pots: Pot[], opened: string | null}} props */
function Form({ pots, opened }) {
  const { live } = useApp();
  const person = usePerson();
  const { save, ...form } = useForm(pots, opened);
  const { shown, set, touched, hold, problems, photos, read, pot } = form;
  return html`<${Task} title="Add a receipt" close=${person.path("home")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${() => save(false)}><${Icon} name="check-bold" />${saveWords(shown, pot)}</button>`}>
    <form class="stack" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void save(false); }}>
      <${Said} />
      ${form.begun.offer}<${ErrorSummary} problems=${problems} />
      <${PhotoPicker} photos=${photos} onChange=${form.change} />
      ${!photos.length && !shown.amount && html`<${StillWaiting} waiting=${form.others} /><${AsLastWeek} />`}
      <${OneOrSeveral} count=${photos.length} each=${form.each} onChange=${form.setEach} />
      <p role="status" class="quiet reading__how">${readingWords(read, live.status.value.phase)}</p>
      <${ReceiptFields} shown=${shown} touched=${touched} set=${set} hold=${hold} suggested=${form.suggested} readings=${read.readings} shas=${form.shas} problems=${problems}
        between=${shown.parts.length ? null : html`<${Pots} pots=${pots} value=${shown.pot} onInput=${(/** @type {string} */ value) => set({ pot: value })} />`} />
      <${Early} on=${shown.on} pot=${shown.parts.length ? undefined : pot} />
      <${Rest} shown=${shown} set=${set} pots=${pots} pot=${pot} problems=${problems} photographed=${photos.length > 0} />
    </form>
    <${Double} form=${form} save=${save} />
  <//>`;
}

/** @param {{form: Omit<ReturnType<typeof useForm>, "save">, save: (sure: boolean) => unknown}} props */
function Double({ form: { doubles: [double], setDoubles, pot, leave, shas, change }, save }) {
  if (!double) return null;
  return html`<${AskDouble} double=${double} currency=${pot?.currency ?? "GBP"} onClose=${() => setDoubles([])} onOther=${() => save(true)}
    onJoin=${shas.length ? () => leave.join(double, shas) : null} onSame=${() => leave.same(double, () => change([]))} />`;
}

/** @param {{on: string, pot: Pot | undefined}} props */
function Early({ on, pot }) {
  const { live } = useApp();
  const words = earlyWords(on, pot, moneyRows(live, usePerson().stream).periods);
  return html`<div role="status">${words && html`<${Note} kind="check" icon="eye-bold">${words}<//>`}</div>`;
}

/** @param {{shown: Draft, set: (facts: Partial<Draft>) => void, pots: Pot[], pot: Pot | undefined, problems: Problems, photographed: boolean}} props */
function Rest({ shown, set, pots, pot, problems, photographed }) {
  const whole = !shown.parts.length;
  return html`
    ${whole && html`<h2 class="small-head">You can leave the rest for later</h2>`}
    ${whole && html`<${GoalField} value=${shown.goal} onInput=${(/** @type {string} */ value) => set({ goal: value })} />`}
    <${Radios} id="who" legend="Who paid?" value=${shown.who} onInput=${(/** @type {string} */ value) => set({ who: value })}
      options=${[["pot", "The budget"], ["me", "I paid it myself", "The pot owes it to you until it is paid back."]]} />
    <${SplitFields} parts=${shown.parts} total=${shown.amount} pots=${pots} pot=${pot} goal=${shown.goal} problem=${problems["part-0"]}
      onChange=${(/** @type {Draft["parts"]} */ parts) => set({ parts })} />
    ${!photographed && html`<${SelectField} id="none" label="No receipt?" value=${shown.none} onInput=${(/** @type {string} */ value) => set({ none: value })}
      options=${[["", "Leave this open"], ...NO_RECEIPT.map((words) => [words, words.replace("No receipt: ", "").replace(/^./, (letter) => letter.toUpperCase())])]} />`}`;
}

/** The short way for what comes again each week. */
function AsLastWeek() {
  const { live } = useApp();
  const person = usePerson();
  if (!lastWeek(moneyRows(live, person.stream).entries, live.today())) return null;
  return html`<a class="plain plain--start" href=${person.path("repeat")}><${Icon} name="arrows-clockwise-bold" small />The same as last week</a>`;
}

/** What was written down just before, in a row of receipts. */
function Said() {
  const { undo } = useApp();
  const offer = undo.offer.value;
  return html`<div role="status">${offer && html`<div class="undo"><span>${offer.sentence}</span>${offer.back && html`<button type="button" onClick=${() => undo.undo()}>${offer.label}</button>`}</div>`}</div>`;
}

/** @param {{pots: Pot[], value: string, onInput: (value: string) => void}} props */
function Pots({ pots, value, onInput }) {
  if (pots.length < 2) return null;
  return html`<${Radios} id="pot" legend="From which pot?" value=${value} onInput=${onInput} options=${pots.map((pot) => [pot.id, pot.name])} />`;
}

function NoPot() {
  const person = usePerson();
  return html`<${Task} title="Add a receipt" close=${person.path("home")}
    dock=${html`<a class="nhsuk-button" href=${person.path("pot-new")}>Add the first pot</a>`}>
    <div class="card"><${Empty} icon="wallet" title="Who pays?">Say first where the money comes from, like the council. Then every receipt has its place.<//></div>
  <//>`;
}

/**
 * @param {string} today
 * @param {Pot | undefined} pot
 * @returns {Draft}
 */
function startOf(today, pot) {
  return { amount: "", on: today, what: "", pot: pot?.id ?? "", goal: "", who: "pot", note: "", none: "", parts: [] };
}

/**
 * Posts the lines, all or none; returns what takes them back.
 * @param {import("../parts/context.js").App} app
 * @param {string} stream
 * @param {EntryRecord[]} lines
 */
async function post({ live, ids }, stream, lines) {
  const rows = lines.map(() => ids());
  await live.acts(lines.map((facts, at) => ({ act: "entry.record", stream, row: rows[at] ?? "", facts })));
  return () => live.acts(rows.map((row) => ({ act: "entry.void", stream, row, facts: { reversal: ids() } })));
}

/**
 * The ways out of the form. Where more receipts wait in a row, the next one opens; else Home.
 * @param {import("../parts/draft.js").Begun} begun
 * @param {string[]} queue
 * @param {string[]} waiting
 */
function useLeave(begun, queue, waiting) {
  const { live, undo, ids } = useApp();
  const person = usePerson();
  const [next] = [...queue, ...waiting];
  const left = new Set([...queue, ...waiting]).size;
  return {
    /**
     * @param {() => Promise<() => Promise<unknown>>} work
     * @param {EntryRecord[]} lines
     * @param {Pot | undefined} pot
     * @param {(problems: Problems) => void} mend
     */
    async saving(work, lines, pot, mend) {
      try {
        const back = await begun.saving(work);
        const sum = formatAmount(lines.reduce((total, line) => total + line.amount, 0), pot?.currency);
        begun.done(person.path(next ? `spend/${next}` : "home"));
        undo.say(next ? `${sum} is written down. ${left} more to look at.` : `${sum} is written down.`, back);
      } catch (error) {
        if (!(error instanceof TextError || error instanceof StoreError)) throw error;
        mend({ what: error.message });
      }
    },
    /** @param {Likely} double @param {string[]} shas */
    async join({ entry }, shas) {
      const changes = { files: [...new Set([...entry.files, ...shas])] };
      const made = ids();
      await live.act({ act: "entry.correct", ...aimAt(live, person.stream, entry), facts: { changes, entry: made, ...reversalIds(entry, ids) } });
      begun.done(person.path(next ? `spend/${next}` : `entry/${made}`));
      undo.say("The photo is put with it. Nothing is counted twice.");
    },
    /** @param {Likely} double @param {() => Promise<void>} drop */
    async same({ entry }, drop) {
      await drop();
      begun.done(person.path(next ? `spend/${next}` : `entry/${entry.id}`));
      undo.say("It stands as it was. Nothing is counted twice.");
    },
  };
}
