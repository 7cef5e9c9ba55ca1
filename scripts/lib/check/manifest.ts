import { readFileSync } from "node:fs";
import * as v from "valibot";
import { at } from "../root.ts";

const described = v.array(v.looseObject({ name: v.string(), description: v.optional(v.string()) }));

const manifest = v.object({
  modules: v.array(
    v.object({
      declarations: v.optional(
        v.array(
          v.looseObject({
            tagName: v.optional(v.string()),
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

/** What the element's docblock must list: the public attributes, events and parts. */
const promised = {
  attributes: "endpoint assistant mode theme lang open",
  events:
    "rivulet-ready rivulet-open rivulet-close rivulet-send rivulet-delta rivulet-response rivulet-error rivulet-stop",
  cssParts: "launcher panel header messages message answer composer input send stop sources notice",
} as const;

/** Checks that the manifest contains the element, with a description of everything that it lists. */
export async function checkManifest(): Promise<string[]> {
  const { modules } = v.parse(manifest, JSON.parse(readFileSync(at("dist/package/custom-elements.json"), "utf8")));
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const element = declarations.find(({ tagName }) => tagName === "rivulet-chat");
  if (element === undefined) return ["the manifest has no <rivulet-chat>: its docblock needs @element rivulet-chat"];
  const missing = Object.entries(promised).flatMap(([list, names]) => {
    const listed = (element[list as keyof typeof promised] ?? []).map(({ name }) => name);
    return names
      .split(" ")
      .flatMap((name) => (listed.includes(name) ? [] : [`${list}: ${name} is not in the docblock`]));
  });
  const { attributes = [], events = [], cssParts = [], cssProperties = [] } = element;
  const silent = [...attributes, ...events, ...cssParts, ...cssProperties]
    .filter(({ description }) => !description)
    .map(({ name }) => `${name} has no description in the docblock`);
  return [...missing, ...silent];
}
