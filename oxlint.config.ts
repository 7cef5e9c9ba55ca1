import { defineConfig } from "oxlint";
import { importRules } from "./scripts/lib/lint/import-rules.ts";

const unsafeValues = [
  "typescript/no-unsafe-argument",
  "typescript/no-unsafe-assignment",
  "typescript/no-unsafe-call",
  "typescript/no-unsafe-member-access",
  "typescript/no-unsafe-return",
];

const htmlFromText = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment"];
const makeNodes = "text never becomes HTML: create nodes";

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise"],
  jsPlugins: ["eslint-plugin-lit", "eslint-plugin-wc"],
  options: { typeAware: true },
  categories: { correctness: "error" },
  ignorePatterns: ["dist/**", "node_modules/**", "bench/**", "test/frameworks/apps/**", "widget/frameworks/*.d.ts"],
  rules: {
    eqeqeq: "error",
    "no-console": "error",
    "no-empty": "error",
    "no-eval": "error",
    "no-new-func": "error",
    "no-param-reassign": "error",
    "no-unused-expressions": ["error", { allowTaggedTemplates: true }],
    "no-var": "error",
    "prefer-const": "error",
    "object-shorthand": "error",
    "no-else-return": "error",
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-namespace": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/parameter-properties": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    ...setAll(unsafeValues, "error"),
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "unicorn/no-useless-spread": "off",
    "typescript/no-base-to-string": "off",
    "typescript/unbound-method": "off",
    "typescript/no-misused-spread": "off",
  },
  overrides: [
    ...importRules(),
    {
      files: ["worker/**"],
      rules: {
        "no-restricted-globals": [
          "error",
          { name: "process", message: "the worker reads its settings from the bindings, in worker/settings.ts" },
          { name: "Buffer", message: "use TextEncoder and Uint8Array" },
        ],
      },
    },
    {
      files: ["widget/**"],
      rules: {
        "no-console": ["error", { allow: ["error"] }],
        "no-restricted-properties": [
          "error",
          ...htmlFromText.map((property) => ({ property, message: makeNodes })),
          { object: "document", property: "write", message: makeNodes },
        ],
        "lit/binding-positions": "error",
        "lit/lifecycle-super": "error",
        "lit/no-classfield-shadowing": "error",
        "lit/no-duplicate-template-bindings": "error",
        "lit/no-invalid-escape-sequences": "error",
        "lit/no-invalid-html": "error",
        "lit/no-legacy-imports": "error",
        "lit/no-legacy-template-syntax": "error",
        "lit/no-private-properties": "error",
        "lit/no-property-change-update": "error",
        "lit/no-template-bind": "error",
        "lit/no-this-assign-in-render": "error",
        "lit/no-useless-template-literals": "error",
        "lit/no-value-attribute": "error",
        "lit/prefer-static-styles": "error",
        "lit/quoted-expressions": "error",
        "lit/value-after-constraints": "error",
        "lit/ban-attributes": ["error", "style"],
        "wc/no-child-traversal-in-attributechangedcallback": "error",
        "wc/no-child-traversal-in-connectedcallback": "error",
        "wc/no-closed-shadow-root": "error",
        "wc/no-constructor-attributes": "error",
        "wc/no-constructor-params": "error",
        "wc/no-customized-built-in-elements": "error",
        "wc/no-invalid-element-name": "error",
        "wc/no-self-class": "error",
        "wc/no-typos": "error",
      },
    },
    {
      files: [
        "worker/index.ts",
        "scripts/lib/postgres/worker.ts",
        "*.config.{mjs,ts}",
        "scripts/lib/*.mjs",
        "**/*.d.ts",
      ],
      rules: { "import/no-default-export": "off" },
    },
    { files: ["demo/stand-in/topics.ts"], rules: { "max-lines": "off" } },
    {
      files: ["worker/log.ts", "widget/embed/embed.ts", "scripts/**", "demo/stand-in.ts"],
      rules: { "no-console": "off" },
    },
    {
      files: ["test/**"],
      rules: {
        "no-console": "off",
        "import/no-default-export": "off",
        "max-lines": "off",
        "max-lines-per-function": "off",
        "typescript/no-non-null-assertion": "off",
        ...setAll(unsafeValues, "off"),
        "typescript/no-floating-promises": [
          "error",
          {
            allowForKnownSafeCalls: [
              {
                from: "package",
                name: ["describe", "it", "suite", "test", "before", "after", "beforeEach", "afterEach"],
                package: "node:test",
              },
            ],
          },
        ],
      },
    },
    { files: ["**/*.mjs"], rules: setAll(unsafeValues, "off") },
  ],
});

function setAll(rules: readonly string[], level: "error" | "off"): Record<string, "error" | "off"> {
  return Object.fromEntries(rules.map((rule) => [rule, level]));
}
