import { readFileSync } from "node:fs";
import { listFiles } from "../files.ts";
import { internalNames } from "../internal-names.ts";
import { at } from "../root.ts";
import { elementMethods } from "./element-methods.ts";

/**
 * Files with names that are used outside the chat's code: by the protocol, languages, pages, browser storage or other
 * tabs. If `types` is given, only the names in these types count.
 */
const outside: { what: string; file: string; types?: readonly string[] }[] = [
  ...listFiles(at("protocol"))
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ what: "a field of the protocol", file: `protocol/${path}` })),
  ...["en", "strings"].map((name) => ({ what: "a word of a language", file: `widget/strings/${name}.ts` })),
  { what: "part of the element's API", file: "widget/element/events.ts", types: ["RivuletEventDetails"] },
  { what: "part of the element's API", file: "widget/element/rivulet-error.ts" },
  { what: "part of the element's API", file: "widget/page/page-reading.ts", types: ["SharedPage"] },
  { what: "part of the element's API", file: "widget/view/linked-sources.ts", types: ["Destination"] },
  { what: "stored in the browser", file: "widget/transport/session.ts", types: ["StoredSession"] },
  { what: "stored in the browser", file: "widget/conversation/tab-state.ts", types: ["TabState"] },
  { what: "stored in the browser", file: "widget/conversation/state.ts", types: ["Question", "ScrollAnchor"] },
  { what: "stored in the browser", file: "widget/consent/consent-memory.ts", types: ["Agreement"] },
  { what: "sent to other tabs", file: "widget/conversation/tabs.ts", types: ["TabMessage"] },
];

/** A field or a method, at the beginning of a line or of an object: `name:`, `name?:`, `name(`. */
const member = /(?:^|[{;])\s*(?:readonly\s+|declare\s+)?(\w+)\??[:(]/gm;

/**
 * Checks that the build does not shorten a name that is known outside the build.
 * @param names the names that the build shortens
 */
export async function checkInternalNames(names: readonly string[] = internalNames): Promise<string[]> {
  const known = new Map<string, string>(
    [...elementMethods, ...elementProperties()].map((name) => [name, "part of the element's API"]),
  );
  const problems: string[] = [];
  for (const { what, file, types } of outside) {
    const found = namesIn(readFileSync(at(file), "utf8"), types);
    if (types && found.length === 0)
      problems.push(`scripts/lib/check/internal-names.ts: ${file} has no ${types.join()}`);
    for (const name of found) known.set(name, `${what} (${file})`);
  }
  const short = names.filter((name) => known.has(name));
  return [
    ...problems,
    ...short.map(
      (name) =>
        `scripts/lib/internal-names.ts: "${name}" is ${known.get(name)}, and the build would shorten it. Remove it from the list, or rename it.`,
    ),
  ];
}

/** The names of the element's properties: the keys of the constant that defines them. */
function elementProperties(): string[] {
  const code = readFileSync(at("widget/element/properties.ts"), "utf8");
  return [...code.matchAll(/^  (\w+): \{.*\},$/gm)].map(([, name = ""]) => name);
}

/** The names of the fields and methods that a file declares, in the given types or in all. */
function namesIn(source: string, types: readonly string[] | undefined): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const parts = types?.map((type) => declarationOf(code, type)) ?? [code];
  return parts.flatMap((part) => [...part.matchAll(member)].map(([, name = ""]) => name));
}

/** A type's declaration: an interface ends with a brace at the beginning of a line, an alias with an empty line. */
function declarationOf(code: string, type: string): string {
  const pattern = `^(?:export )?(?:interface ${type} [\\s\\S]*?^\\}|type ${type} =\\s[\\s\\S]*?;\\n(?=\\n|$))`;
  return new RegExp(pattern, "m").exec(code)?.[0] ?? "";
}
