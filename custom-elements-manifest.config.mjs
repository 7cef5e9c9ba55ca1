// Settings for the element's manifest, which describes it to editors and frameworks. `npm run build` adds it to the package.
import { properties } from "./widget/element/properties.ts";

/** Connects each property with its attribute, as the analyzer does for properties that are declared in the class. */
const connectProperties = {
  name: "connect-properties",
  packageLinkPhase({ customElementsManifest }) {
    const declarations = customElementsManifest.modules.flatMap((module) => module.declarations ?? []);
    const element = declarations.find(({ tagName }) => tagName === "rivulet-chat");
    element.members = element.members.filter(({ privacy }) => privacy === undefined);
    for (const [name, { attribute = name, reflect = false, initial }] of Object.entries(properties)) {
      const field = element.members.find((member) => member.name === name);
      field.default = String(JSON.stringify(initial));
      const described = element.attributes.find((each) => each.name === attribute);
      if (described === undefined) continue;
      Object.assign(field, { attribute, reflects: reflect, description: described.description });
      described.fieldName = name;
    }
  },
};

export default {
  globs: ["widget/index.ts", "widget/define.ts", "widget/element/rivulet-chat.ts", "widget/element/events.ts"],
  litelement: true,
  packagejson: false,
  plugins: [connectProperties],
};
