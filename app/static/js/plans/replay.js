/** How acts on a plan show on this phone until the server's rows are here. */
import { HEADINGS } from "./headings.js";

/** @import {Acts, Facts} from "../core/types.js" */

/** @type {Facts} */
const NEW_GOAL = { words: "", why: "", importance: null, side: null, state: "active", closing_words: "", position: 0, private: false, written_by: null };
/** @type {Facts} */
const NEW_STEP = { words: "", by_when: null, state: "open", position: 0 };
/** @type {Facts} */
const NEW_CHECK_IN = { words: "", written_by: null };
/** @type {Facts} */
const NEW_ABOUT = Object.fromEntries(HEADINGS.map(({ field }) => [field, ""]));

/** @type {Acts} */
export const planActs = {
  "about.write": (draft, { row, facts }) => {
    draft.put("about", row, { ...(draft.get("about", row) ?? { ...NEW_ABOUT, id: row }), ...facts });
  },
  "goal.write": (draft, { row, facts }) => {
    const before = draft.get("goal", row) ?? { ...NEW_GOAL, id: row };
    draft.put("goal", row, { ...before, ...facts });
  },
  "goal.remove": (draft, { row }) => draft.remove("goal", row),
  "step.write": (draft, { row, facts }) => {
    const before = draft.get("step", row);
    // one that was taken away says no goal: where it belongs comes from the server
    if (before ?? facts["goal"]) draft.put("step", row, { ...(before ?? { ...NEW_STEP, id: row }), ...facts });
  },
  "step.remove": (draft, { row }) => draft.remove("step", row),
  "check_in.write": (draft, { row, facts }) => {
    const before = draft.get("check_in", row);
    if (before ?? facts["goal"]) draft.put("check_in", row, { ...(before ?? { ...NEW_CHECK_IN, id: row }), ...facts });
  },
  "check_in.remove": (draft, { row }) => draft.remove("check_in", row),
};
