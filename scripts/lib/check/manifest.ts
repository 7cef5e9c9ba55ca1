import { readFileSync } from "node:fs";
import * as v from "valibot";
import { properties } from "../../../widget/element/properties.ts";
import { at } from "../root.ts";

const described = v.array(v.looseObject({ name: v.string(), description: v.optional(v.string()) }));

const manifest = v.object({
  modules: v.array(
    v.object({
      declarations: v.optional(
        v.array(
          v.looseObject({
            tagName: v.optional(v.string()),
            members: v.optional(described),
            attributes: v.optional(described),
            events: v.optional(described),
            cssParts: v.optional(described),
            cssProperties: v.optional(described),
          }),
        ),
      ),
    }),
  ),
});

/** The names that are API and must be in the element's docblock, or in its class. */
const promised = {
  attributes: "endpoint assistant mode theme lang announce side inset-inline inset-block layer bring-along open",
  members: `${Object.keys(properties).join(" ")} show hide toggle send stop newConversation reset`,
  events:
    "rivulet-ready rivulet-open rivulet-close rivulet-send rivulet-delta rivulet-response rivulet-error rivulet-stop rivulet-feedback rivulet-conversation-change",
  cssParts: "launcher panel header messages message answer composer input send stop sources notice",
} as const;

/** Checks that the manifest contains the element, with a description for everything that it lists. */
export async function checkManifest(): Promise<string[]> {
  const { modules } = v.parse(manifest, JSON.parse(readFileSync(at("dist/package/custom-elements.json"), "utf8")));
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const element = declarations.find(({ tagName }) => tagName === "rivulet-chat");
  if (element === undefined) return ["The manifest has no <rivulet-chat>: add @element rivulet-chat to its docblock."];
  const missing = Object.entries(promised).flatMap(([list, names]) => {
    const listed = (element[list as keyof typeof promised] ?? []).map(({ name }) => name);
    return names.split(" ").flatMap((name) => (listed.includes(name) ? [] : [`${list}: ${name} is not described`]));
  });
  const { attributes = [], members = [], events = [], cssParts = [], cssProperties = [] } = element;
  const silent = [...attributes, ...members, ...events, ...cssParts, ...cssProperties]
    .filter(({ description }) => !description)
    .map(({ name }) => `${name} has no description`);
  return [...missing, ...silent];
}
