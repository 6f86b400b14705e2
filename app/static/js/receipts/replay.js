/** How acts on photos of receipts show on this phone until the server's rows are here. */

/** @import {Acts} from "../core/types.js" */

/** @type {Acts} */
export const receiptActs = {
  "receipt.read": (draft, { row, facts }) => {
    const sha256 = String(facts["sha256"]);
    const known = [...draft.rows("reading").values()].find((one) => one.body["sha256"] === sha256);
    if (!known) draft.put("reading", row, { id: row, sha256, state: "waiting", reason: null, look: null, result: null });
    else if (known.body["state"] !== "read") draft.patch("reading", known.id, { state: "waiting", reason: null });
  },
  "receipt.drop": (draft, { row }) => draft.remove("reading", row),
};
