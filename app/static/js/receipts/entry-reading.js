/** Beside a line of money: whether its photo says the same, and whether it may be there twice. Nothing is changed here. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { aimAt } from "../budgets/correction.js";
import { moneyRows } from "../budgets/figures.js";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Icon, Note, Tag } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { beside, suggest } from "./confirm.js";
import { CutOut } from "./cut-out.js";
import { isLookedAt, likelyDoubles, lookedAt } from "./doubles.js";
import { keepPhotos, readingWords, useReadings } from "./keep.js";
import { amountOrNull } from "./split.js";
import { readingsOf } from "./waiting.js";

/**
 * @import {Currency} from "../core/money.js"
 * @import {Entry} from "../budgets/rules.js"
 * @import {PhotoReadings} from "./keep.js"
 * @typedef {Pick<Entry, "id" | "replaces">} Line
 */

/** @param {{entry: Entry, currency: Currency}} props */
export function EntryReading({ entry, currency }) {
  const { live } = useApp();
  const person = usePerson();
  const read = useReadings(entry.files);
  const { entries } = moneyRows(live, person.stream);
  const paid = (entry.kind === "spending" || entry.kind === "paid_by_me") && !entry.superseded;
  if (!paid) return null;
  return html`
    <${MayBeTwice} entry=${entry} entries=${entries} />
    ${entry.files.length > 0 && html`<${Compared} entry=${entry} currency=${currency} read=${read} whole=${!isPart(entry, entries)} />
    <${AskAgain} entry=${entry} read=${read} />`}`;
}

/** Whether the receipt was shared out over several lines. @param {Entry} entry @param {readonly Entry[]} entries */
function isPart(entry, entries) {
  return entries.some((one) => one.id !== entry.id && !one.superseded && one.kind === entry.kind && one.files.some((sha) => entry.files.includes(sha)));
}

/** @param {{entry: Entry, currency: Currency, read: PhotoReadings, whole: boolean}} props */
function Compared({ entry, currency, read, whole }) {
  const { live } = useApp();
  const found = suggest(read.readings, { currency, today: live.today() });
  const { amount } = found;
  const sum = whole && amount ? amountOrNull(amount.text, currency) : null;
  const { differs, same } = beside(found, entry, sum);
  if (!differs.length) return same && html`<${Same} clear=${same === "clear"} />`;
  return html`<section class="reading reading--check">
    <p><b>Please check.</b> The photo may say something else. What you wrote stands.</p>
    ${differs.map((one) => html`<div key=${one.text}>
      <p>We read ${one === amount ? formatAmount(sum ?? 0, currency) : fullDay(one.text)}.</p>
      <${CutOut} sha256=${entry.files[one.photo]} found=${one} words=${one.text} />
    </div>`)}
  </section>`;
}

/** @param {{clear: boolean}} props */
function Same({ clear }) {
  if (clear) return html`<p><${Tag} kind="good" icon="check-bold">The photo says the same<//></p>`;
  return html`<p><${Tag} kind="check" icon="eye-bold">Please check<//> <span class="quiet">The sum on the photo is hard to read.</span></p>`;
}

/** @param {{entry: Entry, read: PhotoReadings}} props */
function AskAgain({ entry, read }) {
  const app = useApp();
  const person = usePerson();
  const [asked, setAsked] = useState(false);
  const words = readingWords(read, app.live.status.value.phase);
  const unread = entry.files.filter((_, at) => read.rows[at]?.state !== "read" && read.rows[at]?.state !== "waiting");
  const ask = () => {
    setAsked(true);
    return keepPhotos(app, person.stream, unread.map((sha256) => ({ bytes: new Uint8Array(0), type: "image/jpeg", sha256, width: 0, height: 0, shrunk: false })));
  };
  return html`<p role="status" class="quiet reading__how">${unread.length || read.waiting ? words : ""}</p>
    ${unread.length > 0 && !asked && person.can("write_money") && html`<button class="plain" type="button" onClick=${ask}><${Icon} name="arrows-clockwise-bold" small />Read the photo${read.rows.some(Boolean) ? " again" : ""}</button>`}`;
}

/** @param {{entry: Entry, entries: readonly Entry[]}} props */
function MayBeTwice({ entry, entries }) {
  const { live } = useApp();
  const person = usePerson();
  const right = useBothRight(entry);
  if (isLookedAt(entry)) return null;
  const others = entries.filter((one) => one.id !== entry.id && !isLookedAt(one) && !one.files.some((sha) => entry.files.includes(sha)));
  const candidate = { amount: entry.amount, on: entry.on, shop: entry.merchant ?? entry.what, files: entry.files };
  const [double] = likelyDoubles(candidate, others, readingsOf(live.rows(person.stream, "reading")));
  if (!double || double.why === "slip") return null;
  return html`<section class="stack stack--s"><${Note} kind="check" icon="copy-bold" title="This may be counted twice.">
      <a href=${person.path(`entry/${double.entry.id}`)}>${double.entry.merchant || double.entry.what}, ${fullDay(double.entry.on)}</a> looks like the same receipt. If it is, take this one back.<//>
    ${person.can("write_money") && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${right}><${Icon} name="check-bold" small />Both are right</button>`}
  </section>`;
}

/** Writes down that this line is no double. It stays with the line, so no phone asks again. @param {Entry} entry */
function useBothRight(entry) {
  const { live, undo, ids } = useApp();
  const { stream } = usePerson();
  const say = async (/** @type {Line} */ line, /** @type {string | null} */ reason) => {
    const made = ids();
    await live.act({ act: "entry.correct", ...aimAt(live, stream, line), facts: { changes: { reason }, entry: made, reversal: ids() } });
    return made;
  };
  return async () => {
    const made = await say(entry, lookedAt(entry.reason));
    undo.say("Both stay. We do not ask again.", () => say({ id: made, replaces: entry.id }, entry.reason));
  };
}
