import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import react from "eslint-plugin-react";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const onlyInApi = {
  patterns: [{ group: ["@tauri-apps/*"], message: "Only lib/api speaks to Rust." }],
};

export default tseslint.config(
  { ignores: ["dist", "src/lib/api/bindings.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat.recommended,
      jsxA11y.flatConfigs.strict,
    ],
    plugins: { react },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { react: { version: "detect" } },
    rules: {
      "react/no-danger": "error",
      "react/no-danger-with-children": "error",
      "react/jsx-no-target-blank": "error",
      "no-restricted-imports": ["error", onlyInApi],
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]",
          message: "Entry text is only ever text.",
        },
        {
          selector: "Identifier[name=/^(localStorage|sessionStorage|indexedDB)$/]",
          message: "The window stores nothing: settings go to Rust, searches nowhere.",
        },
      ],
      "max-lines": ["error", { max: 200 }],
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      // An environment's names are read from index signatures on purpose.
      "@typescript-eslint/dot-notation": "off",
    },
  },
  { files: ["src/lib/api/**"], rules: { "no-restricted-imports": "off" } },
);
