/**
 * Everyday words for the same thing, and what whole phrases mean. Data for the search: a line says nothing about one
 * question or one kind of support, and more lines may be added without touching the code.
 */

/** Words that stand for each other. A word may stand in several lines. */
export const ALIKE = `
ache hurt pain painful sore aching
afraid anxious frightened nervous scared worried worry
alone isolated lonely company
afford bill cheap cost
argue argument quarrel row fight
bath shower wash
bin rubbish clutter
brother sibling sister
car drive lift ride
carer helper assistant
child children kid
chat talk
clean cleaner hoover tidy
cold freezing heating
computer laptop internet
confused dementia forget forgetful memory
cook cooking dinner eat food lunch meal
dad father parent
deaf hear hearing
depressed low sad unhappy
doctor gp nurse
dress dressing clothes
earn employment job work
employ hire
exhausted tired weary worn
fall fallen fell falling
fix mend repair broken broke
flat home house
form letter paperwork
friend mate buddy
funeral grief bereaved bereavement
girlfriend boyfriend dating love
glasses sight blind see
grow growing veg
lawn garden grass
loo toilet bathroom
lost wandering wander
mum mother parent
neighbor neighbour
pill medicine medication tablet
phone telephone mobile
shop shopping groceries supermarket
sit sitter sitting
sleep asleep awake insomnia
stair step upstairs
teenager teen young
television telly tv
trip outing
walk walking
`;

/**
 * What a phrase of several words asks for. A star stands for one to three words.
 * @type {ReadonlyArray<[string, string]>}
 */
export const PHRASES = [
  ["work for me", "employ carer"],
  ["work for us", "employ carer"],
  ["works for me", "employ carer"],
  ["working for me", "employ carer"],
  ["pay * to", "employ"],
  ["look after me", "carer"],
  ["looks after me", "carer"],
  ["care for me", "carer"],
  ["cares for me", "carer"],
  ["on my own all day", "lonely"],
  ["no one to talk to", "lonely talk"],
  ["nobody to talk to", "lonely talk"],
  ["out of the house", "outing stuck"],
  ["run out of money", "debt bills"],
  ["make ends meet", "bills debt"],
];
