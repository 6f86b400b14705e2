// Lint of JavaScript: what tsc does not see. Names and types are tsc's; form is agreed by eye.
import house from "./eslint_rules.mjs";

const WORDS = ["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"];
const everywhere = {
  "array-callback-return": "error",
  "eqeqeq": ["error", "always", { null: "ignore" }],
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-duplicate-imports": "error",
  "no-empty": "error",
  "no-eval": "error",
  "no-fallthrough": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-self-compare": "error",
  "no-throw-literal": "error",
  "no-unreachable": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-useless-return": "error",
  "no-var": "error",
  "prefer-const": "error",
  "require-atomic-updates": "error",
  "max-lines": ["error", 400],
  "house/few-paths": "error",
  "house/whole-types": "error",
};

export default [
  { ignores: ["app/static/vendor/", "app/static/built/"] },
  { linterOptions: { noInlineConfig: true } },
  { files: ["**/*.{js,mjs}"], plugins: { house }, rules: everywhere },
  {
    files: ["app/static/**/*.js"],
    rules: {
      "max-lines-per-function": ["error", 40],
      "no-alert": "error",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        ...WORDS.map((name) => ({
          selector: `Identifier[name='${name}']`,
          message: "Text reaches the page as text, through htm.",
        })),
      ],
      "house/one-way": "error",
    },
  },
  { files: ["app/static/js/**/*.js"], rules: { "house/own-door": "error" } },
];
