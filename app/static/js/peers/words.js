/** The words for what stands in peer groups: parts of an example, how it went, bands of money, attributes. Pure. */

/** Under this many people nothing shows in a group. The server's rule; here it is only said. */
export const FEWEST = 5;
export const RECOGNISE = "Someone who knows you well may still recognise you.";

/**
 * How many read in a group. The rule counts people; a phone has only names, and the exact number of people beside them
 * would tell that two names are one hand.
 * @param {boolean} open  whether enough people are there
 */
export function readersWords(open) {
  return open ? `At least ${FEWEST} people are there.` : `Nothing shows before ${FEWEST} people are there. Plans that one person looks after count once.`;
}

/** As readers see them. @type {{[part: string]: string}} */
export const PART_WORDS = {
  goal: "What they wanted",
  tried: "What they tried",
  worked: "What worked",
  worked_not: "What did not work",
  words: "What they say",
};
/** @type {Array<[string, string]>} */
export const OUTCOMES = [
  ["better", "Life got better"],
  ["same", "Much as before"],
  ["worse", "It got harder"],
  ["refused", "It was refused"],
  ["waiting", "Still waiting"],
];
/** What it cost in a year. @type {Array<[string, string]>} */
export const BANDS = [
  ["none", "Nothing"],
  ["under_500", "Under £500 a year"],
  ["500_1000", "£500 to £1,000 a year"],
  ["1000_2000", "£1,000 to £2,000 a year"],
  ["2000_5000", "£2,000 to £5,000 a year"],
  ["5000_10000", "£5,000 to £10,000 a year"],
  ["over_10000", "Over £10,000 a year"],
];
/** Only counted, for a group's funder. @type {Array<[string, string]>} */
export const REFUSED_WHY = [
  ["not_listed", "Not on the list"],
  ["cost", "It costs too much"],
  ["no_proof", "No proof that it helps"],
  ["other_funder", "Another funder should pay"],
  ["family", "Family or friends could do it"],
  ["no_reason", "No reason was given"],
  ["other", "Another reason"],
];
/** Only counted, for a group's funder. @type {Array<[string, string]>} */
export const WAITED = [
  ["under_month", "Less than a month"],
  ["one_three", "1 to 3 months"],
  ["three_six", "3 to 6 months"],
  ["six_twelve", "6 to 12 months"],
  ["over_year", "More than a year"],
];
/** @type {{[name: string]: Array<[string, string]>}} */
export const ATTRIBUTES = {
  age: [["child", "A child"], ["young_adult", "A young adult"], ["adult", "An adult"], ["older", "An older person"]],
  area: [
    ["north_east", "North East"],
    ["north_west", "North West"],
    ["yorkshire", "Yorkshire"],
    ["east_midlands", "East Midlands"],
    ["west_midlands", "West Midlands"],
    ["east", "East of England"],
    ["london", "London"],
    ["south_east", "South East"],
    ["south_west", "South West"],
    ["scotland", "Scotland"],
    ["wales", "Wales"],
    ["northern_ireland", "Northern Ireland"],
    ["elsewhere", "Somewhere else"],
  ],
  condition: [
    ["learning", "A learning disability"],
    ["autism", "Autism"],
    ["mental_health", "Mental health"],
    ["body", "Moving about"],
    ["senses", "Seeing or hearing"],
    ["brain", "The brain or nerves"],
    ["long_term", "A long illness"],
    ["age", "Growing old"],
  ],
  money: BANDS,
};
