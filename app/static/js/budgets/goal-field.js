/** Which goal a line of money is for. */
import { html } from "htm/preact";
import { useApp, usePerson } from "../parts/context.js";
import { SelectField } from "../parts/fields.js";

/** @param {{value: string, onInput: (value: string) => void}} props */
export function GoalField({ value, onInput }) {
  const { live } = useApp();
  const person = usePerson();
  const options = goalOptions(live, person.stream);
  if (!options.length) return null;
  return html`<${SelectField} id="goal" label="For which goal?" value=${value} onInput=${onInput}
    options=${[["", "None, or later"], ...options]} />`;
}

/**
 * The goals that are on their way, for a list to choose from.
 * @param {import("../parts/live.js").Live} live
 * @param {string} stream
 * @returns {[string, string][]}
 */
export function goalOptions(live, stream) {
  const goals = live.rows(stream, "goal").filter((row) => row.body["state"] === "active");
  return goals.map((row) => [row.id, shortly(String(row.body["words"]))]);
}

/** @param {string} words */
function shortly(words) {
  return words.length > 60 ? `${words.slice(0, 57)}...` : words;
}
