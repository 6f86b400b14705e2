/** Every photo of a receipt, the newest first; a tap opens it large. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { fullDay } from "../core/dates.js";
import { formatAmount } from "../core/money.js";
import { Empty, Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { Screen } from "../parts/frame.js";
import { moneyRows } from "./figures.js";
import { newestFirst, standing } from "./lately.js";

/** @import {Entry, Pot} from "./rules.js" */

const PAGE = 24;

export default function Photos() {
  const { live } = useApp();
  const person = usePerson();
  const [most, setMost] = useState(PAGE);
  const { entries, pots } = moneyRows(live, person.stream);
  const shown = standing(entries).filter((one) => one.files.length).sort(newestFirst).flatMap(pages);
  return html`<${Screen} tab="money" title="Photos of receipts" back=${{ href: person.path("money"), words: "Money" }}>
    ${shown.length > 0 && html`<ul class="photos">${shown.slice(0, most).map(({ entry, number }) => html`<li key=${`${entry.id} ${number}`}><${Small} entry=${entry} number=${number} pots=${pots} /></li>`)}</ul>`}
    ${!shown.length && html`<div class="card"><${Empty} icon="images" title="No photos yet"
      action=${html`<a class="nhsuk-button" href=${person.path("spend")}>Add a receipt</a>`}>Take a photo in the shop. It stands here and with its line of money.<//></div>`}
    ${shown.length > most && html`<button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${() => setMost(most + PAGE)}>Show more</button>`}
  <//>`;
}

/** @param {Entry} entry */
function pages(entry) {
  return entry.files.map((_, at) => ({ entry, number: at + 1 }));
}

/** @param {{entry: Entry, number: number, pots: Pot[]}} props */
function Small({ entry, number, pots }) {
  const person = usePerson();
  const address = usePicture(entry.files[number - 1] ?? "", "thumbnail");
  const currency = pots.find((pot) => pot.id === entry.pot)?.currency ?? "GBP";
  return html`<a class="shot" href=${person.path(`photo/${entry.id}/${number}`)}>
    ${address ? html`<img class="photos__picture" src=${address} alt="" />` : html`<span class="photos__name"><${Icon} name="image" large /></span>`}
    <span class="shot__words">${entry.merchant || entry.what}, <span class="num">${formatAmount(entry.amount, currency)}</span><span class="hide">, ${fullDay(entry.on)}, photo ${number}</span></span>
  </a>`;
}

/**
 * The address of a picture once it is on this phone or was fetched; null until then.
 * @param {string} sha
 * @param {"thumbnail" | "picture"} size
 */
export function usePicture(sha, size) {
  const { live, doors } = useApp();
  const person = usePerson();
  const [address, setAddress] = useState(/** @type {string | null} */ (null));
  const state = String(live.rows(person.stream, "file").find((row) => row.body["sha256"] === sha)?.body["state"] ?? "");
  useEffect(() => {
    let here = true;
    doors.picture(person.id, sha, size).then((found) => here && setAddress(found)).catch(() => {});
    return () => void (here = false);
  }, [sha, state]);
  return address;
}
