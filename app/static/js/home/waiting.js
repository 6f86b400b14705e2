/** What waits to be looked at in one person's plan. Pure: given rows, it reads nothing. */
import { potFigures } from "../budgets/figures.js";
import { isNotional } from "../budgets/holding.js";
import { daysBetween } from "../core/dates.js";
import { formatAmount } from "../core/money.js";

/**
 * @import {MoneyRows, PotFigures} from "../budgets/figures.js"
 * @import {Row} from "../core/types.js"
 */

/** `screen`: where it is settled; `href` where that is a page of the server. @typedef {{key: string, icon: string, title: string, quiet: string, screen?: string, href?: string}} Thing */

/** @type {{[kind: string]: string}} */
const CHANGED = {
  about: "the same words", check_in: "how a goal is going", choice: "one choice", entry: "one payment", goal: "one goal", period: "what was agreed", pot: "one pot",
  review: "one review", review_clock: "one review date", step: "one step",
};

/** What two people changed without seeing each other. @param {string} kind  of the row */
export function questionWords(kind) {
  return `Two people changed ${CHANGED[kind] ?? "one thing"}`;
}

/**
 * That somebody accepted an invitation and waits to be let in, for whoever may do that.
 * @param {Pick<import("../parts/live.js").Live, "rows" | "who">} live
 * @param {string} person
 */
export function asksWords(live, person) {
  const link = live.rows(`account:${live.who.account}`, "relationship").find(({ body }) => body["person"] === person && !body["ended"]);
  const count = Number(link?.body["asks"] ?? 0);
  return count > 1 ? `${count} people wait to be let in` : count === 1 ? "Somebody waits to be let in" : "";
}

/** Agreed visits come about weekly; after this long without a word somebody should ask. */
const QUIET_DAYS = 14;

/**
 * @param {(kind: string) => Row[]} rows
 * @param {{money: MoneyRows, today: string, holder?: boolean, nameOf?: (account: string) => string}} facts  `holder`: it is the plan of
 *   whoever looks; `nameOf`: how an account is called, "you" for theirs
 * @returns {Thing[]}
 */
export function thingsOf(rows, { money, today, holder = false, nameOf = () => "you" }) {
  const figures = potFigures(money, today);
  return [
    ...conflicts(rows("conflict")),
    ...photos(rows("file"), money),
    ...texts(rows("sharing"), holder, nameOf),
    ...figures.flatMap((one) => [...overspent(one), ...owed(one)]),
    ...figures.flatMap((one) => quietVisits(one, money, today)),
  ];
}

/** @param {Row[]} found @returns {Thing[]} */
function conflicts(found) {
  return found
    .filter(({ body }) => body["choice"] === null)
    .map(({ id, body }) => ({ key: id, icon: "arrows-left-right", title: questionWords(String(body["row_kind"])), quiet: "Look at both and choose.", screen: `conflict/${id}` }));
}

/** @param {Row[]} files @param {MoneyRows} money @returns {Thing[]} */
function photos(files, { entries }) {
  return files.flatMap(({ id, body }) => {
    const entry = entries.find((one) => !one.superseded && one.files.includes(String(body["sha256"])));
    const title = { refused: "A photo could not be opened", missing: "A photo never arrived" }[String(body["state"])];
    return entry && title ? [{ key: id, icon: "image", title, quiet: entry.merchant || entry.what, screen: `entry/${entry.id}` }] : [];
  });
}

/** Texts on their way to a group: only its writer lets one go on. @param {Row[]} found @param {boolean} holder @param {(account: string) => string} nameOf @returns {Thing[]} */
function texts(found, holder, nameOf) {
  /** @type {{[state: string]: [string, string]}} */
  const asks = {
    review: ["A text for a group is checked", "Look at it before it goes."],
    reading: ["A text for a group needs a second reader", "Choose somebody you trust."],
    ...(holder ? { agreeing: ["Somebody wants to share from your plan", "You decide."] } : {}),
  };
  return found.flatMap(({ id, body }) => {
    const state = String(body["state"]);
    const who = nameOf(String(body["written_by"] ?? ""));
    const [title, quiet] = state === "review" && who !== "you" ? [`A text for a group waits for ${who}`, "They look at it first. You can stop it."] : (asks[state] ?? []);
    return title && quiet ? [{ key: id, icon: "chat-circle-text", title, quiet, screen: `sharing/${id}` }] : [];
  });
}

/** @param {PotFigures} one @returns {Thing[]} */
function overspent({ pot, balance }) {
  if (balance.left === null || balance.left >= 0) return [];
  const quiet = `${formatAmount(-balance.left, pot.currency)} more than it holds.`;
  return [{ key: `over ${pot.id}`, icon: "warning-circle-bold", title: `${pot.name}: too much was spent`, quiet, screen: `pot/${pot.id}` }];
}

/** @param {PotFigures} one @returns {Thing[]} */
function owed({ pot, balance }) {
  if (!balance.owed || balance.owed < 0) return [];
  const title = `${pot.name} owes ${formatAmount(balance.owed, pot.currency)}`;
  return [{ key: `owed ${pot.id}`, icon: "hand-coins", title, quiet: "Somebody paid it first.", screen: `money-in?pot=${pot.id}&kind=payback` }];
}

/**
 * @param {PotFigures} one
 * @param {MoneyRows} money
 * @param {string} today
 * @returns {Thing[]}
 */
function quietVisits({ pot, period }, { entries, known }, today) {
  if (!isNotional(pot) || !period || !known) return [];
  const last = entries.reduce((day, one) => (one.pot === pot.id && one.on > day && !one.superseded ? one.on : day), period.starts_on);
  const days = daysBetween(last, today);
  if (days < QUIET_DAYS) return [];
  return [{ key: `quiet ${pot.id}`, icon: "check", title: `${pot.name}: did they happen?`, quiet: `Nothing is written down for ${days} days.`, screen: `visit?pot=${pot.id}` }];
}
