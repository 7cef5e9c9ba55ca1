import assert from "node:assert/strict";
import { readElement } from "../../scripts/lib/element-manifest.ts";

/** The element's properties and events, as its manifest lists them. */
export interface Documented {
  /** The names of its properties. */
  properties: string[];
  /** The names of its events. */
  events: string[];
}

/** Reads the manifest of the package that {@link installPackage} has installed. */
export function readDocumented(): Documented {
  const element = readElement("test/frameworks/node_modules/rivulet-chat/dist/package");
  assert.ok(element, "the manifest contains the element");
  const fields = element.members.filter(({ kind }) => kind === "field");
  return { properties: fields.map(({ name }) => name), events: element.events.map(({ name }) => name) };
}
