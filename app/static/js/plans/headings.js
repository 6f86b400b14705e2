/** What a person may say of themselves: the headings of the plan, each with a gentle question. Pure. */

/** @typedef {{field: string, title: string, ask: string, starts: string[]}} Heading */

export const GOOD_AT = "good_at";

/** @type {ReadonlyArray<Heading>} */
export const HEADINGS = [
  { field: "important", title: "What matters most to me", ask: "What makes a good day? What would you miss most?", starts: ["A good day is ", "I would miss "] },
  { field: "people", title: "People who matter to me", ask: "Family, friends, neighbours, pets. Who would you call?", starts: ["I would call ", "I live with "] },
  { field: "talking", title: "How to talk with me", ask: "Words, pictures, signs, time to think. What helps you to be understood?", starts: ["Give me time to ", "It helps if you "] },
  { field: "wellness", title: "How I am when I am well", ask: "What do you do on a good day? What do people notice when you are not well?", starts: ["When I am well I ", "I am not well when "] },
  { field: "please_do", title: "Please do", ask: "For example: knock first, and tell me what you are about to do.", starts: ["Please ", "Always "] },
  { field: "please_dont", title: "Please do not", ask: "For example: do not talk over my head.", starts: ["Please do not ", "Never "] },
  { field: "support", title: "How and when to help me", ask: "What do you do on your own? With what would you like a hand, and when?", starts: ["I do not need help with ", "In the morning I "] },
  { field: "also", title: "What else to know about me", ask: "Anything else. It may be small.", starts: ["You should know that "] },
  { field: GOOD_AT, title: "What I am good at", ask: "What do people ask you for? What have you got through? What do you know a lot about?", starts: ["People ask me for ", "I know a lot about ", "I got through "] },
];

/**
 * The id of a person's one page: the person's with 8 as its version, as the server has it.
 * @param {string} person
 */
export function aboutId(person) {
  return `${person.slice(0, 14)}8${person.slice(15)}`;
}

/** @param {string} field @returns {Heading | undefined} */
export function headingOf(field) {
  return HEADINGS.find((one) => one.field === field);
}
