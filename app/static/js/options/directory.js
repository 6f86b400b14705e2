/** The directory as this phone has it, and what the open person chose from it. */
import { useMemo } from "preact/hooks";
import { useApp, usePerson } from "../parts/context.js";
import { indexOf } from "./search.js";

/**
 * @import {Index, Option} from "./search.js"
 * @import {Live} from "../parts/live.js"
 * @import {Facts} from "../core/types.js"
 */

export const DIRECTORY = "directory:general";

/** @typedef {{id: string, goal: string | null, option: string | null, idea: string, amount: number | null, per: string | null, pot: string | null, reason: string, state: string, position: number, written_by: string | null}} Choice */

/**
 * The index of the directory, made anew only when the directory changed.
 * @returns {Index<Option> & {known: boolean}}
 */
export function useDirectory() {
  const { live } = useApp();
  const rows = live.rows(DIRECTORY, "option");
  const version = `${rows.length} ${rows.reduce((newest, row) => Math.max(newest, row.seq), 0)}`;
  const index = useMemo(() => indexOf(rows.map((row) => asOption(row.body)).sort(byName)), [version]);
  return { ...index, known: rows.length > 0 || live.replica.known(DIRECTORY) };
}

/**
 * @param {Live} live
 * @param {string} id
 * @returns {Option | undefined}
 */
export function optionOf(live, id) {
  const body = live.row(DIRECTORY, "option", id)?.body;
  return body && asOption(body);
}

/**
 * What was chosen, in its order; live.
 * @param {Live} live
 * @param {string} stream
 * @returns {Choice[]}
 */
export function choicesOf(live, stream) {
  const found = live.rows(stream, "choice").flatMap((row) => asChoice(row.body) ?? []);
  return found.sort((one, other) => one.position - other.position || one.id.localeCompare(other.id));
}

/** @param {Facts | undefined} body @returns {Choice | undefined} */
export function asChoice(body) {
  return /** @type {Choice | undefined} */ (/** @type {unknown} */ (body));
}

/** Goals that are open, in the order of the plan, for picking one. @returns {Array<{id: string, words: string}>} */
export function useGoals() {
  const { live } = useApp();
  const person = usePerson();
  const rows = live.rows(person.stream, "goal").filter((row) => row.body["state"] === "active");
  rows.sort((one, other) => Number(one.body["position"]) - Number(other.body["position"]) || one.id.localeCompare(other.id));
  return rows.map((row) => ({ id: row.id, words: String(row.body["words"]) }));
}

/** The address of a screen of options, with the goal it is for. @param {string} screen @param {string | null} goal */
export function forGoal(screen, goal) {
  return goal ? `${screen}?goal=${goal}` : screen;
}

/** @param {Option} one @param {Option} other */
function byName(one, other) {
  return one.name.localeCompare(other.name);
}

/** @param {Facts} body @returns {Option} */
function asOption(body) {
  return /** @type {Option} */ (/** @type {unknown} */ (body));
}
