// @ts-check
/** How sure to be: what a field's evidence has been worth on receipts whose answers are known, and why in words. */

import { cutBox } from "./amounts.js";
import { written } from "./items.js";
import { flag, likelihood } from "./scoring.js";
import { emptyField } from "./shapes.js";

/** @typedef {import("./shapes.js").DateCandidate} DateCandidate */
/** @typedef {import("./shapes.js").Features} Features */
/** @typedef {import("./shapes.js").Field} Field */
/** @typedef {import("./shapes.js").Name} Name */
/** @typedef {import("./shapes.js").TotalCandidate} TotalCandidate */
/** @typedef {import("./words.js").Rules} Rules */

/** What "no date here is the one" scores: a lone date has to be better than that, not only better than no other. */
const NO_DATE = 0;
const PROOFS = ["cash_change", "card", "sub_tax", "tax_pair", "items_sum", "tax_inside"];

/**
 * @param {Rules} rules
 * @param {string} name
 */
function reason(rules, name) {
  return rules.data.reasons[name] ?? "";
}

/**
 * @param {Rules} rules
 * @param {string} name
 */
function least(rules, name) {
  return rules.data.weights["least"]?.[name] ?? 0;
}

/**
 * A feature's value, 0 where it was not measured.
 * @param {Features} features
 * @param {string} name
 */
function of(features, name) {
  return features[name] ?? 0;
}

/**
 * The total with its likelihood; empty where a value would more likely mislead.
 * @param {Rules} rules
 * @param {TotalCandidate[]} ranked
 * @returns {Field}
 */
export function judgeTotal(rules, ranked) {
  const best = ranked[0];
  if (!best) return emptyField(reason(rules, "total_none"));
  const confidence = likelihood(rules, totalDoubts(best, ranked[1]), "total_sure");
  if (confidence < least(rules, "total")) return emptyField(reason(rules, "total_unsure"), confidence);
  const { line } = best.best.part;
  const box = cutBox(line, best.best.sum.start, best.best.sum.end);
  return { value: written(best.pence), confidence, reason: reason(rules, totalReason(best)), box, page: line.page };
}

/**
 * What tells a right total from a wrong one.
 * @param {TotalCandidate} best
 * @param {TotalCandidate} [next]
 * @returns {Features}
 */
function totalDoubts(best, next) {
  const proofs = PROOFS.reduce((sum, name) => sum + of(best.features, name), 0);
  return {
    gap: next ? Math.min(6, best.score - next.score) : 6,
    share: best.share,
    proofs: Math.min(3, proofs),
    proven: flag(proofs > 0),
    agreed: of(best.features, "agreed"),
    named: named(best),
    repeats: of(best.features, "repeats"),
    score: best.best.part.line.score,
    whole: of(best.features, "whole"),
  };
}

/**
 * @param {TotalCandidate} best
 */
function named(best) {
  return Math.max(of(best.features, "strong"), of(best.features, "total"), of(best.features, "gross"));
}

/**
 * The plainest reason for a total.
 * @param {TotalCandidate} best
 */
function totalReason(best) {
  for (const name of ["cash_change", "items_sum", "sub_tax", "card", "tax_pair", "tax_inside"]) {
    if (of(best.features, name)) return `total_${name}`;
  }
  if (named(best)) return of(best.features, "repeats") ? "total_repeats" : "total_named";
  return of(best.features, "largest") ? "total_largest" : "total_guess";
}

/**
 * The date with its likelihood; empty where a value would more likely mislead.
 * @param {Rules} rules
 * @param {DateCandidate[]} ranked
 * @returns {Field}
 */
export function judgeDate(rules, ranked) {
  const best = ranked[0];
  if (!best) return emptyField(reason(rules, "date_none"));
  const confidence = likelihood(rules, dateDoubts(best, ranked[1]), "date_sure");
  if (confidence < least(rules, "date")) return emptyField(reason(rules, "date_unsure"), confidence);
  const { line } = best.part;
  const box = cutBox(line, best.written.start, best.written.end);
  const why = reason(rules, dateReason(best, ranked.length));
  return { value: best.written.iso, confidence, reason: why, box, page: line.page };
}

/**
 * What tells a right date from a wrong one.
 * @param {DateCandidate} best
 * @param {DateCandidate} [next]
 * @returns {Features}
 */
function dateDoubts(best, next) {
  return {
    gap: Math.min(6, best.score - Math.max(NO_DATE, next ? next.score : NO_DATE)),
    time: of(best.features, "time"),
    good: Math.max(of(best.features, "good"), of(best.features, "best")),
    bad: Math.max(of(best.features, "bad"), of(best.features, "bad_above")),
    agreed: of(best.features, "agreed"),
    repeats: of(best.features, "repeats"),
    score: best.part.line.score,
    loose: flag(["loose", "compact", "swapped"].includes(best.written.shape)),
    odd_year: Math.max(of(best.features, "old"), of(best.features, "far")),
  };
}

/**
 * The plainest reason for a date.
 * @param {DateCandidate} best
 * @param {number} many
 */
function dateReason(best, many) {
  if (best.written.shape === "swapped") return "date_swapped";
  if (of(best.features, "time")) return "date_time";
  if (of(best.features, "good") || of(best.features, "best")) return "date_named";
  return many === 1 ? "date_only" : "date_likeliest";
}

/**
 * The shop's name with its likelihood.
 * @param {Rules} rules
 * @param {Name[]} ranked
 * @returns {Field}
 */
export function judgeMerchant(rules, ranked) {
  const best = ranked[0];
  if (!best) return emptyField(reason(rules, "merchant_none"));
  const confidence = likelihood(rules, merchantDoubts(best, ranked[1]), "merchant_sure");
  if (confidence < least(rules, "merchant")) return emptyField(reason(rules, "merchant_unsure"), confidence);
  return { value: best.text, confidence, reason: reason(rules, merchantReason(best)), box: best.box, page: best.page };
}

/**
 * What tells a right name from a wrong one.
 * @param {Name} best
 * @param {Name} [next]
 * @returns {Features}
 */
function merchantDoubts(best, next) {
  return {
    gap: next ? Math.min(5, best.score - next.score) : 5,
    share: best.share,
    brand: of(best.features, "brand"),
    site: of(best.features, "site"),
    legal: of(best.features, "legal"),
    first: of(best.features, "first"),
    score: of(best.features, "score"),
    digits: of(best.features, "digits"),
    used_before: of(best.features, "used_before"),
  };
}

/**
 * The plainest reason for a name.
 * @param {Name} best
 */
function merchantReason(best) {
  for (const name of ["used_before", "brand", "site", "legal", "thanks"]) {
    if (of(best.features, name)) return `merchant_${name}`;
  }
  return of(best.features, "first") ? "merchant_first" : "merchant_head";
}
