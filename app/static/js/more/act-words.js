/** What each act is called where it waits or was not taken. Pure; a test asks for a name for every act there is. */
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
 * What somebody wrote, as text to copy: a line for each thing that was said.
 * @param {import("../core/types.js").Facts} facts
 * @returns {string}
 */
export function plainWords(facts) {
  const lines = Object.entries(facts).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return lines.map(([name, value]) => (name === "amount" ? formatAmount(Number(value)) : String(value))).join("\n");
}
