import type { Plugin } from "vite";

/** An import of named exports from a file in `widget/strings/` that holds a language. */
const languageImport = /^import \{([^}]+)\} from ("[^"]*\/(?:strings\/)?[a-z]{2}(?:-[a-z]+)?\.ts)";$/gim;

/**
 * Splits a language's file by its exports, so that each text loads with the code that shows it. A bundler puts a whole
 * file into one chunk. Here every imported export becomes a module of its own, which holds the whole file until tree
 * shaking removes the other exports.
 */
export function splitStrings(): Plugin {
  return {
    name: "split-strings",
    enforce: "pre", // while imports are still as written
    transform(code, id) {
      if (!/[\\/]widget[\\/]/.test(id)) return undefined;
      const split = code.replace(languageImport, (_, names: string, file: string) =>
        names
          .split(",")
          .filter((name) => name.trim() !== "")
          .map((name) => `import {${name}} from ${file}?part=${name.trim().split(" ")[0]}";`)
          .join(" "),
      );
      return split === code ? undefined : { code: split, map: null };
    },
  };
}
