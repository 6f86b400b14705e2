// Prints every text that the phone's code may show, as JSON: [{file, line, text}]. Arguments: files.
// An expression within a text stands as "\u0001": one word. Texts for developers (`new TypeError(...)`) are left out.
import { readFileSync } from "node:fs";
import { Linter } from "eslint";

const SAID_BY_ATTRIBUTE = /\b(?:label|hint|title|legend|words|alt|aria-label|placeholder|quiet|what)="([^"]*)"/g;
const WITHIN = /<\/?(?:a|b|i|em|strong|span|bdi)\b[^>]*>/g;
const LIKE_A_TEXT = /^[“"'\u0001]?[A-Z\u0001].*[\s\u0001].*[a-z]/s;
const CALENDAR_LINE = /^[A-Z-]+[:;]/;
const FOR_DEVELOPERS = /^(?:TypeError|RangeError|Error|RegExp)$/;

const joined = (quasi) => quasi.quasis.map((one) => one.value.cooked ?? "").join("\u0001");
const isMarkup = (node) => node.type === "TaggedTemplateExpression" && node.tag.name === "html";

/** The texts of a piece of markup: what stands between tags, and in attributes that are read out or shown. */
function textsOf(markup) {
  const attributes = [...markup.matchAll(SAID_BY_ATTRIBUTE)].map((found) => found[1]);
  return [...attributes, ...markup.replace(WITHIN, "").split(/<[^>]*>/)];
}

function isForDevelopers(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === "NewExpression" && FOR_DEVELOPERS.test(at.callee.name ?? "")) return true;
    if (at.type === "ImportDeclaration" || at.type === "ImportExpression") return true;
  }
  return false;
}

const found = [];
let file = "";
const collect = {
  create() {
    const add = (node, text) => {
      const said = text.replace(/\s+/g, " ").trim();
      if (/[A-Za-z]/.test(said)) found.push({ file, line: node.loc.start.line, text: said });
    };
    const plain = (node, text) => {
      if (LIKE_A_TEXT.test(text) && !CALENDAR_LINE.test(text) && !isForDevelopers(node)) add(node, text);
    };
    return {
      TaggedTemplateExpression(node) {
        if (isMarkup(node)) for (const text of textsOf(joined(node.quasi))) add(node, text);
      },
      TemplateLiteral(node) {
        if (!isMarkup(node.parent)) plain(node, joined(node));
      },
      Literal(node) {
        if (typeof node.value === "string") plain(node, node.value);
      },
    };
  },
};

const config = [{ plugins: { house: { rules: { collect } } }, rules: { "house/collect": "error" } }];
for (file of process.argv.slice(2)) {
  const faults = new Linter().verify(readFileSync(file, "utf8"), config, { filename: "one.js" });
  if (faults.length) throw new Error(`${file}: ${faults[0].message}`);
}
process.stdout.write(JSON.stringify(found));
