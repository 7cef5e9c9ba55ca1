import { readFileSync } from "node:fs";
import * as v from "valibot";
import { at } from "./root.ts";

const described = v.array(
  v.looseObject({ name: v.string(), kind: v.optional(v.string()), description: v.optional(v.string()) }),
);

const element = v.looseObject({
  tagName: v.optional(v.string()),
  members: v.optional(described, []),
  attributes: v.optional(described, []),
  events: v.optional(described, []),
  cssParts: v.optional(described, []),
  cssProperties: v.optional(described, []),
});

const manifest = v.object({ modules: v.array(v.object({ declarations: v.optional(v.array(element), []) })) });

/** What the manifest says about the element: each list with names and descriptions. */
export type ElementDescription = v.InferOutput<typeof element>;

/**
 * Reads the custom elements manifest of a built or installed package.
 * @param folder the package's `dist/package`, relative to the repository
 * @returns undefined if the manifest does not contain the element
 */
export function readElement(folder = "dist/package"): ElementDescription | undefined {
  const { modules } = v.parse(manifest, JSON.parse(readFileSync(at(`${folder}/custom-elements.json`), "utf8")));
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === "rivulet-chat");
}
