/** How acts in peer groups show on this phone until the server's rows are here. */

/** @import {Acts, Facts} from "../core/types.js" */

const PARTS = ["goal", "tried", "worked", "worked_not", "words"];
const CODES = ["side", "outcome", "band", "option", "refused_why", "waited"];
const ATTRIBUTES = ["age", "area", "condition", "money"];

/**
 * @param {Facts} facts
 * @param {string[]} names
 * @returns {Facts}
 */
const named = (facts, names) => Object.fromEntries(names.filter((name) => facts[name]).map((name) => [name, facts[name] ?? null]));

/** @type {Acts} */
export const peerActs = {
  "sharing.write": (draft, { row, facts }) =>
    draft.put("sharing", row, {
      id: row,
      group: facts["group"] ?? null,
      about: facts["about"] ?? null,
      on: facts["on"] ?? null,
      state: "checking",
      codes: { ...named(facts, CODES), attributes: named(facts, ATTRIBUTES) },
      written: named(facts, PARTS),
      checked: {},
      final: {},
      rare: false,
      harm: false,
      recognised: false,
      shows_at: null,
      written_by: null,
    }),
  // which state it comes to is the server's to say: it makes the text and its guard reads it
  "sharing.confirm": (draft, { row }) => draft.patch("sharing", row, { state: "sending" }),
  "sharing.agree": (draft, { row }) => draft.patch("sharing", row, { state: "sending" }),
  "sharing.stop": (draft, { row }) => draft.patch("sharing", row, { state: "stopped", written: {}, checked: {}, final: {}, shows_at: null }),
  "post.report": (draft, { row, facts }) => draft.put("report", row, { id: row, post: facts["post"] ?? null, reason: facts["reason"] ?? null }),
  "mark.write": (draft, { row, facts }) => {
    const same = [...draft.rows("mark").values()].find(({ body }) => body["kind"] === facts["kind"] && body["about"] === facts["about"]);
    if (!facts["on"]) return draft.remove("mark", same?.id ?? row);
    return draft.put("mark", same?.id ?? row, { id: same?.id ?? row, group: facts["group"] ?? null, kind: facts["kind"] ?? null, about: facts["about"] ?? null });
  },
  // its words come from the server, or from the example that this phone holds
  "idea.borrow": (draft, { row, facts }) =>
    draft.put("borrowed", row, {
      id: row,
      group: facts["group"] ?? null,
      post: facts["post"] ?? null,
      part: facts["part"] ?? null,
      words: null,
      option: null,
      rewritten: false,
      lost: false,
    }),
  "idea.write": (draft, { row, facts }) => draft.patch("borrowed", row, { words: facts["words"] ?? "", rewritten: true, lost: false, post: null, group: null }),
  "idea.remove": (draft, { row }) => draft.remove("borrowed", row),
};
