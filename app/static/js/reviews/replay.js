/** How acts on reviews show on this phone until the server's rows are here. */

/** @import {Acts, Facts} from "../core/types.js" */

/** @type {Facts} */
const NEW_CLOCK = { funder: "", with_whom: "", pot: null, starts_on: "", first_weeks: 13, every_months: 12, next_on: null, wants: "" };

/** @type {Acts} */
export const reviewActs = {
  "review_clock.write": (draft, { row, facts }) => {
    const before = draft.get("review_clock", row) ?? { ...NEW_CLOCK, id: row };
    draft.put("review_clock", row, { ...before, ...facts });
  },
  "review_clock.remove": (draft, { row }) => draft.remove("review_clock", row),
  "review.record": (draft, { row, facts }) => {
    const id = String(facts["clock"]);
    const clock = draft.get("review_clock", id);
    const agreed = clock?.["next_on"];
    const over = typeof agreed === "string" && agreed <= String(facts["held_on"]);
    draft.put("review", row, { said: "", written_by: null, ...facts, id: row, wanted: clock?.["wants"] ?? "" });
    if (clock) draft.patch("review_clock", id, over ? { wants: "", next_on: null } : { wants: "" });
  },
  "review.write": (draft, { row, facts }) => draft.patch("review", row, facts),
  "review.remove": (draft, { row }) => {
    const review = draft.get("review", row);
    const id = String(review?.["clock"]);
    const clock = draft.get("review_clock", id);
    if (clock && !clock["wants"] && review?.["wanted"]) draft.patch("review_clock", id, { wants: review["wanted"] });
    draft.remove("review", row);
  },
};
