/** What a pot holds: money, or agreed services. */

/**
 * @import {PotFigures} from "./figures.js"
 * @import {Pot} from "./rules.js"
 */

/** Whether a pot is agreed services, not money. @param {Pot} pot */
export function isNotional(pot) {
  return pot.holding === "notional";
}

/**
 * Pots that hold money, and those that hold agreed services.
 * @param {PotFigures[]} figures
 */
export function byHolding(figures) {
  return { money: figures.filter((one) => !isNotional(one.pot)), agreed: figures.filter((one) => isNotional(one.pot)) };
}
