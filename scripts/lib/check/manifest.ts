import { readFileSync } from "node:fs";
import { properties } from "../../../widget/element/properties.ts";
import { panelTokens } from "../../../widget/styles/panel-tokens.ts";
import { tokens } from "../../../widget/styles/tokens.ts";
import { readElement } from "../element-manifest.ts";
import { listFiles } from "../files.ts";
import { at } from "../root.ts";
import { elementMethods } from "./element-methods.ts";

/** The names that are API and must be in the element's docblock, or in its class. */
const promised = {
  attributes:
    "endpoint assistant mode theme lang announce side inset-inline inset-block layer accent-color avatar bring-along open",
  members: [...Object.keys(properties), ...elementMethods].join(" "),
  events:
    "rivulet-ready rivulet-open rivulet-close rivulet-send rivulet-delta rivulet-response rivulet-error rivulet-stop rivulet-feedback rivulet-conversation-change rivulet-navigate",
  cssParts: "launcher panel header messages message answer composer input send stop sources notice",
} as const;

/** The page that documents the element, and the one that documents its parts and custom properties. */
const page = "docs/embedding.md";
const themingPage = "docs/theming.md";

/**
 * Checks that the manifest contains the element, with a description for everything that it lists, and that the
 * documentation names all of it.
 */
export async function checkManifest(): Promise<string[]> {
  const element = readElement();
  if (element === undefined) return ["The manifest has no <rivulet-chat>: add @element rivulet-chat to its docblock."];
  const missing = Object.entries(promised).flatMap(([list, names]) => {
    const listed = element[list as keyof typeof promised].map(({ name }) => name);
    return names.split(" ").flatMap((name) => (listed.includes(name) ? [] : [`${list}: ${name} is not described`]));
  });
  const { attributes, members, events, cssParts, cssProperties } = element;
  const silent = [...attributes, ...members, ...events, ...cssParts, ...cssProperties]
    .filter(({ description }) => !description)
    .map(({ name }) => `${name} has no description`);
  const text = readFileSync(at(page), "utf8");
  const theming = readFileSync(at(themingPage), "utf8");
  const { cssParts: _, ...rest } = promised;
  const unnamed = Object.values(rest)
    .flatMap((list) => list.split(" "))
    .filter((name) => !text.includes(`\`${name}\``) && !text.includes(`\`${name}(`))
    .map((name) => `${page} does not name ${name}`);
  const rows = cssParts.map(({ name, description = "" }) => `| \`${name}\` | ${description.replace(/\.$/, "")} |`);
  const partless = rows.filter((row) => !theming.includes(row)).map((row) => `${themingPage} needs the row: ${row}`);
  return [...missing, ...silent, ...unnamed, ...partless, ...checkCustomProperties(cssProperties, theming)];
}

/**
 * Compares the documented custom properties with the styles, both ways. Properties that the styles use but do not set
 * count too.
 */
function checkCustomProperties(documented: readonly { name: string; description?: string }[], text: string): string[] {
  const styles = tokens + panelTokens;
  const defaults = new Map<string, string>();
  for (const [, name = "", value = ""] of styles.matchAll(/(--rivulet-[a-z-]+): ([^;]+);/g))
    defaults.set(name, value.trim()); // the last value is the one in most browsers
  const code = listFiles(at("widget")).map((path) => readFileSync(at(`widget/${path}`), "utf8"));
  const used = code.flatMap((file) => [...file.matchAll(/var\((--rivulet-[a-z-]+)/g)].map(([, name = ""]) => name));
  const names = new Set([...defaults.keys(), ...used]);
  const inStyles = [...names].flatMap((name) => {
    const described = documented.find((property) => property.name === name);
    if (!described) return [`cssProperties: ${name} is not described`];
    const value = defaults.get(name);
    const isWritten = value !== undefined && !/oklch\(from|--_/.test(value); // a derived color is described in words
    const row = `| \`${name}\` | ${isWritten ? `\`${value}\` | ` : ""}`;
    const meaning = `| ${described.description?.replace(/\.$/, "")} |`;
    const isListed = text.split("\n").some((line) => line.startsWith(row) && line.endsWith(meaning));
    return isListed ? [] : [`${themingPage} needs the row: ${row} … ${meaning}`];
  });
  const unknown = documented.filter(({ name }) => !names.has(name));
  return [...inStyles, ...unknown.map(({ name }) => `cssProperties: ${name} is not in any style`)];
}
