import { properties } from "../../../widget/element/properties.ts";
import { readElement } from "../element-manifest.ts";

/** The names that are API and must be in the element's docblock, or in its class. */
const promised = {
  attributes: "endpoint assistant mode theme lang announce side inset-inline inset-block layer bring-along open",
  members: `${Object.keys(properties).join(" ")} show hide toggle send stop newConversation reset`,
  events:
    "rivulet-ready rivulet-open rivulet-close rivulet-send rivulet-delta rivulet-response rivulet-error rivulet-stop rivulet-feedback rivulet-conversation-change rivulet-navigate",
  cssParts: "launcher panel header messages message answer composer input send stop sources notice",
} as const;

/** Checks that the manifest contains the element, with a description for everything that it lists. */
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
  return [...missing, ...silent];
}
