// The house's own rules for the phone's code. Each is planted and found in test_lint_rules.py.

/** What each browser API is reached by, and the one module that may do so. */
const DOORS = {
  indexedDB: "core/store.js",
  fetch: "core/net.js",
  XMLHttpRequest: "core/net.js",
  WebSocket: "core/net.js",
  EventSource: "core/net.js",
};
const GLOBAL_OBJECTS = new Set(["window", "self", "globalThis"]);
const SILENCERS = /@ts-(?:ignore|expect-error|nocheck)/u;
const ANY_TYPE = /\{[^{}\n]*\bany\b[^{}\n]*\}/u;
const LATER = /\b(?:TODO|FIXME|XXX)\b/u;

/** One module per browser API. main.js may hand the API on, but not use it. */
const ownDoor = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = context.filename.replaceAll("\\", "/");
    const report = (node, name) => {
      const wiring = file.endsWith("js/main.js") && !isUsed(node);
      if (!file.endsWith(`static/js/${DOORS[name]}`) && !wiring) {
        context.report({ node, message: `Only ${DOORS[name]} reaches ${name}.` });
      }
    };
    return {
      "Program:exit"(program) {
        const scope = context.sourceCode.getScope(program);
        for (const { identifier } of scope.through) {
          if (Object.hasOwn(DOORS, identifier.name)) report(identifier, identifier.name);
        }
      },
      MemberExpression(node) {
        const { object, property } = node;
        if (object.type === "Identifier" && GLOBAL_OBJECTS.has(object.name) && Object.hasOwn(DOORS, property.name ?? "")) {
          report(node, property.name);
        }
      },
    };
  },
};

/** Whether something is done with the API here, rather than passing it on as an argument or a property. */
function isUsed(node) {
  const parent = node.parent;
  if (parent.type === "MemberExpression") return parent.object === node;
  return (parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === node;
}

/** Types are whole: nothing silences the type check, nothing is `any`, nothing is put off. */
const wholeTypes = {
  meta: { type: "problem", schema: [] },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const loc = comment.loc;
          if (SILENCERS.test(comment.value)) context.report({ loc, message: "Nothing may silence the type check." });
          if (ANY_TYPE.test(comment.value)) context.report({ loc, message: "A type is never `any`." });
          if (LATER.test(comment.value)) context.report({ loc, message: "Do it now, or write an issue." });
        }
      },
    };
  },
};

/** core < features < main: core imports core only, and nobody imports main. */
const oneWay = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = context.filename.replaceAll("\\", "/").split("static/js/")[1] ?? "";
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== "string" || !name.startsWith(".")) return;
      const target = new URL(name, `https://here/${file}`).pathname.slice(1);
      if (target === "main.js") context.report({ node, message: "Nobody imports main.js." });
      if (file.startsWith("core/") && !target.startsWith("core/")) {
        context.report({ node, message: "core/ knows no feature." });
      }
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

const BRANCHES =
  "IfStatement, ForStatement, ForInStatement, ForOfStatement, WhileStatement, DoWhileStatement, CatchClause, " +
  "ConditionalExpression, SwitchCase[test]";
const MOST_PATHS = 8;

/** At most 8 paths through a function, counted as ruff counts Python: branches and loops, not `??` and `&&`. */
const fewPaths = {
  meta: { type: "suggestion", schema: [] },
  create(context) {
    const open = [];
    const enter = () => open.push(1);
    const leave = (node) => {
      const paths = open.pop();
      if (paths > MOST_PATHS) context.report({ node, message: `${paths} paths lead through this; ${MOST_PATHS} at most.` });
    };
    const count = () => {
      if (open.length > 0) open[open.length - 1] += 1;
    };
    return { ":function": enter, ":function:exit": leave, [BRANCHES]: count };
  },
};

export default { rules: { "few-paths": fewPaths, "own-door": ownDoor, "whole-types": wholeTypes, "one-way": oneWay } };
