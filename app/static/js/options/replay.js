/** How acts on choices show on this phone until the server's rows are here. */

/** @import {Acts, Facts} from "../core/types.js" */

/** @type {Facts} */
const NEW_CHOICE = { goal: null, option: null, idea: "", amount: null, per: null, pot: null, reason: "", state: "wanted", position: 0, written_by: null };

/** @type {Acts} */
export const optionActs = {
  "choice.write": (draft, { row, facts }) => {
    const before = draft.get("choice", row) ?? { ...NEW_CHOICE, id: row };
    draft.put("choice", row, { ...before, ...facts });
  },
  "choice.remove": (draft, { row }) => draft.remove("choice", row),
};
