import { readFileSync } from "node:fs";
import { properties } from "../../../widget/element/properties.ts";
import { panelTokens } from "../../../widget/styles/panel-tokens.ts";
import { tokens } from "../../../widget/styles/tokens.ts";
import { readElement } from "../element-manifest.ts";
import { at } from "../root.ts";

/** The names that are API and must be in the element's docblock, or in its class. */
const promised = {
  attributes: "endpoint assistant mode theme lang announce side inset-inline inset-block layer bring-along open",
  members: `${Object.keys(properties).join(" ")} show hide toggle send stop newConversation reset`,
  events:
    "rivulet-ready rivulet-open rivulet-close rivulet-send rivulet-delta rivulet-response rivulet-error rivulet-stop rivulet-feedback rivulet-conversation-change rivulet-navigate",
  cssParts: "launcher panel header messages message answer composer input send stop sources notice",
} as const;

/** The page that documents the element. */
const page = "docs/embedding.md";

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
  const names = [...Object.values(promised).flatMap((list) => list.split(" ")), ...cssParts.map(({ name }) => name)];
  const unnamed = names
    .filter((name) => !text.includes(`\`${name}\``) && !text.includes(`\`${name}(`))
    .map((name) => `${page} does not name ${name}`);
  return [...missing, ...silent, ...unnamed, ...checkCustomProperties(cssProperties, text)];
}

/** Compares the table of custom properties with the styles, both ways. */
function checkCustomProperties(documented: readonly { name: string }[], text: string): string[] {
  const defaults = new Map<string, string>();
  for (const [, name = "", value = ""] of (tokens + panelTokens).matchAll(/^ {2}(--rivulet-[a-z-]+): (.*);$/gm))
    defaults.set(name, value);
  const inStyles = [...defaults].flatMap(([name, value]) => [
    ...(documented.some((property) => property.name === name) ? [] : [`cssProperties: ${name} is not described`]),
    ...(text.includes(`| \`${name}\` | \`${value}\` |`) ? [] : [`${page} needs the row: ${name}, ${value}`]),
  ]);
  const unknown = documented.filter(({ name }) => !defaults.has(name));
  return [...inStyles, ...unknown.map(({ name }) => `cssProperties: ${name} has no default in the styles`)];
}
