/** What is told where another phone was quicker: a text went on, or was stopped, before one's own answer came. */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../parts/bits.js";
import { useApp } from "../parts/context.js";
import { forgetHalfway, halfwayOf } from "./review-halfway.js";
import { stillThere } from "./review-text.js";
import { OVER, textsOf } from "./share-states.js";

/** @import {Kept, Row} from "../core/types.js" */

const ANSWERS = ["sharing.confirm", "sharing.agree"];
/** The server's word for an answer that nothing waits for any more. */
export const TOO_LATE = "same_change";

/** @param {{row: Row}} props */
export function Late({ row }) {
  const { live, undo } = useApp();
  const [, seen] = useState(0);
  const late = lateAnswers(live.kept(), row.id);
  const hidden = hiddenIn(late, row.id);
  // "is hidden everywhere" would stand above the word that is not
  useEffect(() => void (hidden && undo.forget()), [Boolean(hidden)]);
  if (!hidden) return null;
  const over = OVER.includes(String(row.body["state"]));
  const missed = stillThere(hidden, Object.values(textsOf(row.body)));
  const done = async () => {
    forgetHalfway(row.id);
    await live.replica.discard(late.map(({ id }) => id));
    seen((times) => times + 1);
  };
  return html`<div class="note note--check" role="status"><${Icon} name="info-bold" small /><div class="stack stack--s">
    ${over ? html`<p><b>It was stopped before you answered.</b> Your answer was not needed. Nobody in the group can read it.</p>`
      : html`<p><b>Another phone was quicker.</b> This text went on before your answer came. Read it below. You can take it back.</p>`}
    ${missed.length > 0 && html`<p>You wanted to hide ${missed.map((word) => `“${word}”`).join(", ")}. It still stands there.</p>`}
    <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick=${done}><${Icon} name="check-bold" small />I have seen this</button>
  </div></div>`;
}

/** What of one's answers to a text came too late. @param {ReadonlyArray<Kept>} kept @param {string} id */
export function lateAnswers(kept, id) {
  return kept.filter(({ op, code }) => op.row === id && code === TOO_LATE && ANSWERS.includes(op.act));
}

/** The words that were to be hidden by an answer that came too late or was not given yet; null where there is neither. @param {Kept[]} late @param {string} id @returns {string[] | null} */
function hiddenIn(late, id) {
  const begun = halfwayOf(id);
  if (!late.length && !begun) return null;
  const said = late.flatMap(({ op }) => /** @type {string[]} */ (op.facts["hidden"] ?? []));
  return [...new Set([...said, ...(begun?.hidden ?? [])])];
}
