/** How acts on reminders show on this phone until the server's rows are here. */
import { USUAL } from "./wish.js";

/** @import {Acts} from "../core/types.js" */

/** @type {Acts} */
export const reminderActs = {
  "reminder_wish.write": (draft, { row, facts }) => {
    const before = draft.get("reminder_wish", row) ?? { ...USUAL, id: row };
    draft.put("reminder_wish", row, { ...before, ...facts });
  },
  "notice.read": (draft, { row }) => draft.remove("notice", row),
};
