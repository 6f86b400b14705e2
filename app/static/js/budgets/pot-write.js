/** A pot: who pays, how the money is held, what was agreed and until when. */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { addDays, addMonths } from "../core/dates.js";
import { Icon } from "../parts/bits.js";
import { useApp, usePerson } from "../parts/context.js";
import { useDraft, useOpened } from "../parts/draft.js";
import { ErrorSummary, Radios, TextField } from "../parts/fields.js";
import { Task } from "../parts/frame.js";
import { Missing } from "../parts/missing.js";
import { sentenceOf } from "../plans/bits.js";
import { moneyRows } from "./figures.js";
import { read } from "./money-in.js";
import { plainAmount } from "../core/money.js";
import { isLedgerDay } from "./rules.js";

/**
 * @import {Problems} from "../parts/fields.js"
 * @import {ActRequest} from "../core/compose.js"
 * @import {Base} from "../core/types.js"
 * @import {Period, Pot} from "./rules.js"
 */

/**
 * The ways in which money is held, said to the person or of them.
 * @param {{own: boolean, name: string}} person
 * @returns {Array<[string, string, string?]>}
 */
export function holdingsOf({ own, name }) {
  return [
    ["direct_payment", own ? "The money comes to me" : `The money comes to an account for ${name}`, "A direct payment into a bank account."],
    ["prepaid_card", "A card with money on it"],
    ["managed_account", own ? "Somebody keeps the account for me" : "Somebody else keeps the account"],
    ["third_party", "An organisation holds it"],
    ["notional", own ? "Agreed services, no money in my hands" : "Agreed services, no money in hand", "For example 24 visits of a physio a year."],
    ["own_money", myOwn({ own, whose: `${name}'s` })],
  ];
}

/** @param {Draft} draft */
function thereAlready({ holding }) {
  return holding === "third_party" ? "Has the organisation got the money already?" : "Is the money there already?";
}

/** What was agreed is not yet money to spend: a guess would be a wrong sum of what is left. @param {Draft} draft */
function asksWhere({ holding, amount }) {
  return holding !== "own_money" && holding !== "notional" && amount.trim() !== "";
}

/** @param {{own: boolean, whose: string}} person */
function myOwn({ own, whose }) {
  return own ? "My own money" : `${whose} own money`;
}

/** How the first money of a pot is called, by who has it now. @type {{[holding: string]: string}} */
export const FIRST_MONEY = { prepaid_card: "Put on the card", managed_account: "Paid into the managed account", third_party: "Paid to the organisation", own_money: "There at the start" };

/** What was seen when the form opened. @typedef {{pot: Base | undefined, period: Base | undefined}} Saw */
const FIELDS = ["funder", "name", "visits", "amount", "starts_on", "ends_on", "here"];

/** @typedef {{holding: string, funder: string, name: string, amount: string, visits: string, starts_on: string, ends_on: string, here: string}} Draft */

export default function PotWrite() {
  const { live, router, undo, ids } = useApp();
  const person = usePerson();
  const id = router.place.value.rest[0] ?? null;
  const now = useCurrent(id);
  const opened = useOpened("pot", id);
  const agreed = useOpened("period", now.period?.id);
  const pot = /** @type {Pot | undefined} */ (/** @type {unknown} */ (opened.body));
  const period = /** @type {Period | undefined} */ (/** @type {unknown} */ (agreed.body));
  const [draft, setDraft, begun] = useDraft(() => draftOf(pot, period, live.today(), router.place.value.query.get("holding")),
    { fresh: !pot, base: { pot: opened.base, period: agreed.base }, now: now.pot && draftOf(now.pot, now.period, live.today(), null) });
  const [problems, setProblems] = useState(/** @type {Problems} */ ({}));
  const set = (/** @type {keyof Draft} */ field) => (/** @type {string} */ value) => setDraft({ ...draft, [field]: value });
  const [own, services] = ["own_money", "notional"].map((one) => draft.holding === one);
  if (id && !pot) return html`<${Missing} tab="money" what="This pot" back=${{ href: person.path("money"), words: "Money" }} />`;
  const save = async () => {
    const { requests, found } = requestsOf({ draft, pot, period, stream: person.stream, ids, saw: begun.base });
    if (Object.keys(found).length) return setProblems(found);
    const problem = requests.length ? await sentenceOf(() => begun.saving(() => live.acts(requests))) : null;
    if (problem) return setProblems({ name: problem });
    begun.done(person.path(pot ? `pot/${pot.id}` : "home"));
    return undo.say(pot ? `The pot is changed.${begun.met}` : `${draft.name || draft.funder} is here now.`);
  };
  return html`<${Task} title=${pot ? "Change this pot" : "A new pot"} close=${person.path(pot ? `pot/${pot.id}` : "money")}
    dock=${html`<button class="nhsuk-button" type="button" onClick=${save}><${Icon} name="check-bold" />Save this pot</button>`}>
    <div class="stack">
      ${begun.offer}<${ErrorSummary} problems=${problems} />
      ${!pot && html`<${Radios} id="holding" legend="How does it work?" value=${draft.holding} onInput=${set("holding")} options=${holdingsOf(person)} />`}
      ${!own && html`<${TextField} id="funder" label="Who pays?" hint="Like Leeds City Council, or the NHS." value=${draft.funder} onInput=${set("funder")} problem=${problems["funder"]} />`}
      <${TextField} id="name" label="A short name" hint=${own ? `Like ${myOwn(person)}.` : `Like ${services ? "Physio" : "Council"}. You can leave this out.`} value=${draft.name} onInput=${set("name")} problem=${problems["name"]} />
      ${services
        ? html`<${TextField} id="visits" label="How many visits were agreed?" hint="You can leave this out." value=${draft.visits} onInput=${set("visits")} mode="numeric" problem=${problems["visits"]} />`
        : html`<${TextField} id="amount" label=${own ? "How much is in it now?" : "How much was agreed?"} hint="You can leave this out. For example 3,600" value=${draft.amount} onInput=${set("amount")} mode="decimal" money problem=${problems["amount"]} />`}
      ${!own && html`<${TextField} id="starts_on" label="From which day?" type="date" hint="The first day of this budget, as in the letter about it." value=${draft.starts_on} onInput=${set("starts_on")} problem=${problems["starts_on"]} />
        <${TextField} id="ends_on" label="Until which day?" type="date" value=${draft.ends_on} onInput=${set("ends_on")} problem=${problems["ends_on"]} />`}
      ${!pot && asksWhere(draft) && html`<${Radios} id="here" legend=${thereAlready(draft)} value=${draft.here} onInput=${set("here")} problem=${problems["here"]}
        options=${[["all", "Yes, all of it", "It is written down as money in."], ["later", "No, it comes in parts", "Write down each part when it comes."]]} />`}
    </div>
  <//>`;
}

/**
 * A pot and its period as they stand now, live.
 * @param {string | null} id
 */
function useCurrent(id) {
  const { live } = useApp();
  const { pots, periods } = moneyRows(live, usePerson().stream);
  const open = periods.filter((one) => one.pot === id && !one.ended);
  return { pot: pots.find((one) => one.id === id), period: open.sort((one, other) => other.starts_on.localeCompare(one.starts_on))[0] };
}

/**
 * @param {Pot | undefined} pot
 * @param {Period | undefined} period
 * @param {string} today
 * @param {string | null} holding
 * @returns {Draft}
 */
function draftOf(pot, period, today, holding) {
  return {
    holding: pot?.holding ?? holding ?? "direct_payment",
    funder: pot?.funder ?? "",
    name: pot?.name ?? "",
    amount: period?.agreed ? plainAmount(period.agreed, pot?.currency) : "",
    visits: period?.agreed_visits ? String(period.agreed_visits) : "",
    starts_on: period?.starts_on ?? today,
    ends_on: period?.ends_on ?? addDays(addMonths(today, 12), -1),
    here: "",
  };
}

/**
 * The operations that a saved form makes: the pot, its period, and money that is there already.
 * @param {{draft: Draft, pot: Pot | undefined, period: Period | undefined, stream: string, ids: () => string, saw: Saw}} form
 * @returns {{requests: ActRequest[], found: Problems}}
 */
function requestsOf({ draft, pot, period, stream, ids, saw }) {
  const { found, amount, visits } = check(draft, pot);
  if (Object.keys(found).length) return { requests: [], found };
  const id = pot?.id ?? ids();
  const requests = potRequests(draft, pot, { stream, row: id, base: saw.pot });
  if (draft.holding !== "own_money") requests.push(...periodRequests({ draft, period, stream, ids, pot: id, amount, visits, base: saw.period }));
  if (!pot && amount !== null) requests.push(...moneyRequests(draft, stream, ids(), id, amount));
  return { requests, found };
}

/**
 * @param {Draft} draft
 * @param {Pot | undefined} pot
 * @param {{stream: string, row: string, base: Base | undefined}} to
 * @returns {ActRequest[]}
 */
function potRequests(draft, pot, to) {
  const named = { name: draft.name.trim() ? draft.name : draft.funder, funder: draft.holding === "own_money" ? "Me" : draft.funder };
  const holding = /** @type {Pot["holding"]} */ (draft.holding);
  if (!pot) return [{ act: "pot.write", ...to, facts: { ...named, holding, opened_on: draft.starts_on } }];
  const facts = { ...(named.name !== pot.name && { name: named.name }), ...(named.funder !== pot.funder && { funder: named.funder }) };
  return Object.keys(facts).length ? [{ act: "pot.write", ...to, facts }] : [];
}

/**
 * Money that is in the pot from the start.
 * @param {Draft} draft
 * @param {string} stream
 * @param {string} row
 * @param {string} pot
 * @param {number} amount
 * @returns {ActRequest[]}
 */
function moneyRequests(draft, stream, row, pot, amount) {
  const own = draft.holding === "own_money";
  if (draft.holding === "notional" || (!own && draft.here !== "all")) return [];
  const said = { kind: own ? "contribution" : "instalment", what: FIRST_MONEY[draft.holding] ?? "Paid in" };
  const facts = /** @type {import("../core/operations.js").EntryRecord} */ ({ pot, ...said, amount, on: draft.starts_on });
  return [{ act: "entry.record", stream, row, facts }];
}

/**
 * @param {{draft: Draft, period: Period | undefined, stream: string, ids: () => string, pot: string, amount: number | null, visits: number | null, base: Base | undefined}} form
 * @returns {ActRequest[]}
 */
function periodRequests({ draft, period, stream, ids, pot, amount, visits, base }) {
  /** @type {{[name: string]: string | number | null}} */
  const wanted = { starts_on: draft.starts_on, ends_on: draft.ends_on, agreed: draft.holding === "notional" ? null : amount, agreed_visits: visits };
  const before = /** @type {{[name: string]: unknown} | undefined} */ (period);
  const facts = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !before || before[name] !== value));
  if (!Object.keys(facts).length) return [];
  return [{ act: "period.write", stream, row: period?.id ?? ids(), base, facts: period ? facts : { ...facts, pot } }];
}

/**
 * @param {Draft} draft
 * @param {Pot | undefined} pot
 * @returns {{found: Problems, amount: number | null, visits: number | null}}
 */
function check(draft, pot) {
  const own = draft.holding === "own_money";
  const found = own ? checkOwn(draft) : checkFunded(draft);
  if (!pot && !draft.here && asksWhere(draft)) found["here"] = "Say whether the money is there already.";
  const amount = draft.amount.trim() ? read(draft.amount) : null;
  if (typeof amount === "string") found["amount"] = amount;
  const visits = draft.visits.trim() ? Number(draft.visits) : null;
  if (visits !== null && !isCount(visits)) found["visits"] = "Write a whole number, like 24.";
  return { found: inOrder(found), amount: typeof amount === "string" ? null : amount, visits };
}

/** What is to be mended stands in the order of the form. @param {Problems} found @returns {Problems} */
function inOrder(found) {
  return Object.fromEntries(FIELDS.filter((id) => found[id]).map((id) => [id, found[id] ?? ""]));
}

/** @param {Draft} draft @returns {Problems} */
function checkOwn(draft) {
  return draft.name.trim() ? {} : { name: "Give it a short name, like My own money." };
}

/** @param {Draft} draft @returns {Problems} */
function checkFunded(draft) {
  /** @type {Problems} */
  const found = {};
  if (!draft.funder.trim()) found["funder"] = "Write who pays, like the council.";
  if (!isLedgerDay(draft.starts_on)) found["starts_on"] = "Choose the first day.";
  if (!isLedgerDay(draft.ends_on) || draft.ends_on < draft.starts_on) found["ends_on"] = "Choose a last day after the first.";
  return found;
}

/** @param {number} value */
function isCount(value) {
  return Number.isInteger(value) && value > 0 && value <= 100_000;
}
