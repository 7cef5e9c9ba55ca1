/**
 * The settings of a script tag: the element's attributes, always including `endpoint` and `mode`, and functions and
 * objects from `window.rivulet`, which no attribute can hold.
 */
export type EmbedSettings = [attributes: Map<string, string>, properties: Record<string, unknown>];

/**
 * Reads the settings of a script tag. `window.rivulet` has the lowest priority, then the query of the script's address
 * (for tag managers that strip attributes), then the tag's `data-*` attributes. `true` and `""` set an empty attribute,
 * `false` removes it.
 * @param script the tag; its address is the default endpoint
 * @param page the value of `window.rivulet`
 */
export function readSettings(script: HTMLScriptElement, page: unknown): EmbedSettings {
  const address = new URL(script.src);
  const attributes = new Map([
    ["endpoint", address.origin],
    ["mode", "popup"],
  ]);
  const properties: Record<string, unknown> = {};
  const given: [string, unknown][] = [
    ...Object.entries(page ?? {}),
    ...address.searchParams,
    ...Object.entries(script.dataset),
  ];
  for (const [name, value] of given) {
    // names are in camel case, as in `dataset`, or with dashes
    const attribute = name.replace(/[A-Z]/g, "-$&").toLowerCase();
    if (Object(value) === value) properties[name] = value;
    else if (!/^(?!on|style$)[a-z][a-z-]*$/.test(attribute)) continue;
    else if (String(value ?? false) === "false") attributes.delete(attribute);
    else attributes.set(attribute, value === true ? "" : String(value));
  }
  return [attributes, properties];
}
