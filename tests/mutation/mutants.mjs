/**
 * Lists the small faults that can be planted in a JavaScript file, as JSON on stdout:
 * `[{start, end, text, line, what}]`, each a span of characters and what to put there.
 * Usage: node mutants.mjs FILE. The parser is the one that eslint brings.
 */

import { readFileSync } from "node:fs";

import { parse } from "acorn";

const SWAPS = {
  "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "+": "-", "-": "+", "*": "+",
  "&&": "||", "||": "&&", "??": "&&", "+=": "-=", "-=": "+=",
};

const source = readFileSync(process.argv[2], "utf8");
const mutants = [];

function plant(start, end, text, what) {
  const line = source.slice(0, start).split("\n").length;
  mutants.push({ start, end, text, line, what });
}

function swapOperator({ operator, left, right }) {
  if (!(operator in SWAPS)) return;
  const at = source.indexOf(operator, left.end);
  if (at < right.start) plant(at, at + operator.length, SWAPS[operator], `${operator} to ${SWAPS[operator]}`);
}

function changeLiteral({ value, start, end }) {
  if (typeof value === "number") plant(start, end, String(value + 1), `${value} to ${value + 1}`);
  if (typeof value === "boolean") plant(start, end, String(!value), `${value} to ${!value}`);
  if (value === null) plant(start, end, "0", "null to 0");
  if (typeof value === "string") plant(start, end, JSON.stringify(`${value}~`), `${JSON.stringify(value)} changed`);
}

function negate({ test }) {
  if (test) plant(test.start, test.end, `!(${source.slice(test.start, test.end)})`, "condition negated");
}

const RULES = {
  BinaryExpression: swapOperator,
  LogicalExpression: swapOperator,
  AssignmentExpression: swapOperator,
  Literal: changeLiteral,
  ConditionalExpression: negate,
  IfStatement: negate,
  ContinueStatement: ({ start, end }) => plant(start, end, "break;", "continue to break"),
  UnaryExpression({ operator, argument, start, end }) {
    if (operator === "!" || operator === "-") plant(start, end, source.slice(argument.start, argument.end), `${operator} removed`);
  },
  TemplateElement({ start, end, value }) {
    if (value.raw) plant(start, end, `${value.raw}~`, "text changed");
  },
  ReturnStatement({ argument }) {
    if (argument) plant(argument.start, argument.end, "undefined", "nothing returned");
  },
};

function walk(node) {
  if (node.type === "ImportDeclaration") return;
  RULES[node.type]?.(node);
  for (const [name, child] of Object.entries(node)) {
    if (name === "key" && !node.computed) continue;
    for (const one of Array.isArray(child) ? child : [child]) if (one && typeof one.type === "string") walk(one);
  }
}

walk(parse(source, { ecmaVersion: "latest", sourceType: "module" }));
process.stdout.write(JSON.stringify(mutants));
