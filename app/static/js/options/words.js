/** The words for costs, ways, evidence and how a choice goes. */
import { formatAmount } from "../core/money.js";

/** @import {Option} from "./search.js" */

/** @type {Array<[string, string]>} */
export const NEEDS = [
  ["getting_about", "Getting about"],
  ["people", "Company"],
  ["body", "Body and health"],
  ["mind", "Mind and mood"],
  ["home", "At home, day to day"],
  ["carers", "Carers and family"],
  ["learning", "Learning and work"],
  ["joy", "Joy and culture"],
  ["planning", "Advice and money"],
];
/** @type {Array<[string, string]>} */
export const SIDES = [
  ["health", "My health"],
  ["mental_health", "How I feel"],
  ["personal", "My own life"],
  ["social", "People and places"],
  ["economic", "Work and money"],
  ["educational", "Learning"],
  ["ethnic", "Where I come from"],
  ["cultural", "Faith, music, customs"],
];
/** @type {Array<[string, string]>} */
export const WAYS = [
  ["nhs", "On the NHS"],
  ["funded", "Paid by a fund"],
  ["council", "From the council"],
  ["charity", "From a charity"],
  ["private", "Pay for it"],
  ["self", "Do it yourself"],
];
/** @type {Array<[string, string]>} */
export const STATES = [
  ["wanted", "I want this"],
  ["asked", "I asked for it"],
  ["agreed", "It is agreed"],
  ["going", "It is going on"],
  ["stopped", "It has stopped"],
];
/** @type {Array<[string, string]>} */
export const PERS = [
  ["visit", "Each time"],
  ["hour", "Each hour"],
  ["week", "Each week"],
  ["month", "Each month"],
  ["year", "Each year"],
  ["once", "Once"],
];
export const EVIDENCE = ["Not studied", "People's own reports", "Some studies", "Studied well"];

const EACH = /** @type {{[per: string]: string}} */ ({
  hour: " an hour", visit: " a time", week: " a week", month: " a month", year: " a year", once: "",
});

/**
 * @param {Array<[string, string]>} list
 * @param {unknown} code
 * @returns {string}
 */
export function wordsFor(list, code) {
  return list.find(([one]) => one === code)?.[1] ?? "";
}

/** "£5 to £12 a time"; whole pounds stand without pence. @param {Option["cost"]} cost */
export function costWords({ low, high, per }) {
  const each = EACH[per] ?? "";
  if (high === 0) return "Free";
  if (low === 0) return `Free to ${short(high)}${each}`;
  return low === high ? `About ${short(low)}${each}` : `${short(low)} to ${short(high)}${each}`;
}

/** What is planned for a choice, or "". @param {unknown} amount @param {unknown} per */
export function plannedWords(amount, per) {
  if (typeof amount !== "number") return "";
  return amount === 0 ? "Free" : `${short(amount)}${EACH[String(per)] ?? ""}`;
}

/** Who stands behind the name of a source, in a sentence. @param {string} source */
export function sourceWords(source) {
  if (source.includes("NICE")) return "NICE is the body that advises the NHS on what works.";
  if (source.includes("Cochrane")) return "Cochrane is a group that sums up many studies.";
  return "";
}

/** @param {number} pence */
function short(pence) {
  return formatAmount(pence).replace(/\.00$/, "");
}
