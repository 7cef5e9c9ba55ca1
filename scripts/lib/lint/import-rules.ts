import { posix } from "node:path";
import type { OxlintOverride } from "oxlint";
import { importTable } from "./import-table.ts";

/**
 * The import table as lint rules. In oxlint's configuration a later override replaces an earlier one, so the order is:
 * everything below a top folder, then each folder, then single files.
 */
export function importRules(): OxlintOverride[] {
  const lines = Object.entries(importTable);
  const topFolders = [...new Set(lines.map(([key]) => key.split("/", 1)[0]))];
  return [
    ...topFolders.map((folder) =>
      overrideOf(`${folder}/**`, ["./**"], "a folder without a line may import only its own files"),
    ),
    ...lines.filter(([key]) => !isFile(key)).map(([key, allowed]) => folderOverride(key, allowed)),
    ...lines.filter(([key]) => isFile(key)).map(([key, allowed]) => fileOverride(key, allowed)),
  ];
}

function isFile(key: string): boolean {
  return key.endsWith(".ts");
}

function folderOverride(folder: string, allowed: readonly string[]): OxlintOverride {
  const message = `${folder}/ may import its own files, ${allowed.join(", ") || "nothing else"}`;
  return overrideOf(`${folder}/*`, ["./*", ...specifiers(folder, allowed)], message);
}

function fileOverride(files: string, allowed: readonly string[]): OxlintOverride {
  return overrideOf(files, specifiers(posix.dirname(files), allowed), `${files} may import ${allowed.join(", ")}`);
}

/** Converts the values of a line to the specifiers that a file in `folder` uses to import them. */
function specifiers(folder: string, allowed: readonly string[]): string[] {
  return allowed.flatMap((value) => {
    if (!value.startsWith("/")) return value.includes("*") ? [value] : [value, `${value}/**`];
    const relative = posix.relative(folder, value.slice(1));
    return [relative.startsWith("../") ? relative : `./${relative}`];
  });
}

function overrideOf(files: string, allowed: readonly string[], message: string): OxlintOverride {
  const group = ["*", "**", ...allowed.map((specifier) => `!${specifier}`)];
  const hint = `${message} (see scripts/lib/lint/import-table.ts)`;
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns: [{ group, message: hint }] }] } };
}
