/** The one main act of a goal: what makes sense next. Pure. */

/**
 * A goal just written wants a first step, then something that helps; it can be got to once something is on its way.
 * @param {{steps: ReadonlyArray<{body: {[name: string]: unknown}}>, chosen: number, said: number}} known  how many choices and notes there are
 * @returns {"step" | "help" | "there"}
 */
export function nextAct({ steps, chosen, said }) {
  const begun = said > 0 || steps.some(({ body }) => body["state"] === "done");
  if (begun) return "there";
  if (!steps.length) return chosen ? "there" : "step";
  return chosen ? "there" : "help";
}
