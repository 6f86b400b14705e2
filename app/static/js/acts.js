/** Every act that this phone can make, and how it shows until the server's rows are here. */
import { budgetActs } from "./budgets/replay.js";
import { optionActs } from "./options/replay.js";
import { peerActs } from "./peers/replay.js";
import { planActs } from "./plans/replay.js";
import { receiptActs } from "./receipts/replay.js";
import { reminderActs } from "./reminders/replay.js";
import { reviewActs } from "./reviews/replay.js";

/** @import {Acts} from "./core/types.js" */

/** @type {Acts} */
const sharedActs = {
  "person.write": (draft, { row, facts }) => draft.patch("person", row, facts),
  "remark.write": (draft, { row, facts, at }) => draft.put("remark", row, { id: row, written_by: null, written_at: at, ...facts }),
  "conflict.choose": (draft, { row, facts }) => draft.patch("conflict", row, { choice: facts["choice"] ?? null }),
  "file.announce": (draft, { row, facts }) =>
    draft.put("file", row, { id: row, state: "awaited", reason: null, width: null, height: null, pages: null, ...facts }),
};

/** @type {Acts} */
export const acts = { ...sharedActs, ...planActs, ...reviewActs, ...reminderActs, ...optionActs, ...budgetActs, ...receiptActs, ...peerActs };
