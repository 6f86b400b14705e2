/** What people call the thing in front of them: a wide window with a mouse is a computer, all else a phone. */

/** @returns {"phone" | "computer"} */
export function deviceWord() {
  const wide = globalThis.matchMedia?.("(min-width: 56rem) and (pointer: fine)").matches;
  return wide ? "computer" : "phone";
}
