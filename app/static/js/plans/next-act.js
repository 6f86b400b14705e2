/** The one main act of a goal: what makes sense next. Pure. */

/**
 * A goal just written wants a first step, then something that helps, then one step after another. One gets there once no
 * step is open, and something was done or said.
 * @template {{body: {[name: string]: unknown}}} Step
 * @param {{steps: ReadonlyArray<Step>, chosen: number, said: number}} known  how many choices and notes there are
 * @returns {"step" | "help" | "tick" | "there"}
 */
export function nextAct({ steps, chosen, said }) {
  if (!steps.length) return said ? "there" : "step";
  if (!nextStep(steps)) return "there";
  const begun = chosen > 0 || said > 0 || steps.some(isDone);
  return begun ? "tick" : "help";
}

/** The first that is open. @template {{body: {[name: string]: unknown}}} Step @param {ReadonlyArray<Step>} steps @returns {Step | undefined} */
export function nextStep(steps) {
  return steps.find((step) => !isDone(step));
}

/** @param {{body: {[name: string]: unknown}}} step */
function isDone({ body }) {
  return body["state"] === "done";
}
