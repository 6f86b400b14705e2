/** How acts on a plan show on this phone until the server's rows are here. */

/** @import {Acts, Facts} from "../core/types.js" */

/** @type {Facts} */
const NEW_GOAL = { words: "", why: "", importance: null, side: null, state: "active", closing_words: "", position: 0, written_by: null };

/** @type {Acts} */
export const planActs = {
  "goal.write": (draft, { row, facts }) => {
    const before = draft.get("goal", row) ?? { ...NEW_GOAL, id: row };
    draft.put("goal", row, { ...before, ...facts });
  },
  "goal.remove": (draft, { row }) => draft.remove("goal", row),
};
