/** What each act is called where it waits or was not taken. Pure; a test asks for a name for every act there is. */
import { fullDay, isDate } from "../core/dates.js";
import { formatAmount } from "../core/money.js";

/** @type {{[act: string]: string}} */
const ACT_WORDS = {
  "about.write": "Words about the person",
  "check_in.remove": "A note on a goal taken away",
  "check_in.write": "A note on how a goal is going",
  "choice.remove": "A choice taken away",
  "choice.write": "A choice of support",
  "commitment.write": "A promise",
  "conflict.choose": "A choice between two",
  "entry.correct": "A correction",
  "entry.record": "A line of money",
  "entry.void": "A line taken back",
  "file.announce": "A photo",
  "goal.remove": "A goal taken away",
  "goal.write": "A goal",
  "idea.borrow": "A borrowed idea",
  "idea.remove": "A borrowed idea put away",
  "idea.write": "A borrowed idea in your words",
  "mark.write": "A mark in a group",
  "notice.read": "A notice that was seen",
  "period.end": "The end of a period",
  "period.write": "What was agreed",
  "person.write": "The person's name or colour",
  "post.report": "A report in a group",
  "pot.transfer": "Money moved",
  "pot.write": "A pot",
  "receipt.drop": "A photo put away",
  "receipt.read": "A photo of a receipt",
  "remark.write": "A comment on the plan",
  "reminder_wish.write": "How you are reminded",
  "review.record": "A review that happened",
  "review.remove": "A review taken away",
  "review.write": "What was said at a review",
  "review_clock.remove": "A review date taken away",
  "review_clock.write": "When the review is",
  "sharing.agree": "Your yes to a text for a group",
  "sharing.confirm": "Your yes to a text for a group",
  "sharing.stop": "A text stopped or withdrawn",
  "sharing.write": "A text for a group",
  "step.remove": "A small step taken away",
  "step.write": "A small step",
};
const MONEY = new Set(["amount", "agreed"]);
const CODES = new Set(["kind", "state", "side", "going", "holding", "per", "currency", "colour", "choice", "about", "part", "zone", "type",
  "outcome", "band", "refused_why", "waited", "age", "area", "condition", "money", "named", "neighbour", "news", "agreement"]);
const A_DAY = /(?:^|_)(?:on|when)$/;
const AN_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$/;
const VISITS = { service_received: "A visit that happened", service_missed: "A visit that did not happen" };

/**
 * What an operation is called; one from a newer version has no name here yet.
 * @param {Pick<import("../core/types.js").Op, "act" | "facts">} op
 * @returns {string}
 */
export function actWords({ act, facts }) {
  const kind = String(facts["kind"] ?? "");
  if (act === "entry.record" && kind in VISITS) return VISITS[/** @type {keyof typeof VISITS} */ (kind)];
  return ACT_WORDS[act] ?? "Something you wrote";
}

/**
 * What somebody wrote, as text to copy: a line for each thing that was said. Ids, places and codes were not.
 * @param {import("../core/types.js").Facts} facts
 * @returns {string}
 */
export function plainWords(facts) {
  return Object.entries(facts).flatMap(([name, value]) => line(name, value)).join("\n");
}

/** @param {string} name @param {unknown} value @returns {string[]} */
function line(name, value) {
  if (name === "hidden" && Array.isArray(value)) return value.map((word) => `Hide: ${word}`);
  if (MONEY.has(name) && typeof value === "number") return [formatAmount(value)];
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return [plainWords(/** @type {import("../core/types.js").Facts} */ (value))].filter(Boolean);
  if (typeof value !== "string" || !value || CODES.has(name) || AN_ID.test(value)) return [];
  return [A_DAY.test(name) && isDate(value) ? fullDay(value) : value];
}

/**
 * Why something was not taken, without the name of the field that the server puts before it.
 * @param {string} sentence
 */
export function reasonWords(sentence) {
  return sentence.replace(/^[a-z_]+(?:\.[a-z_0-9]+)*: /, "");
}
