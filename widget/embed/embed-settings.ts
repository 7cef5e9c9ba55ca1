/** The settings of a script tag. */
export interface EmbedSettings {
  /** The element's attributes, always including `endpoint` and `mode`. */
  attributes: Map<string, string>;
  /** Functions from `window.rivulet`, which no attribute can hold. */
  properties: Map<string, unknown>;
}

/**
 * Reads the settings of a script tag. `window.rivulet` has the lowest priority, then the query of the script's address
 * (for tag managers that strip attributes), then the tag's `data-*` attributes.
 * @param script the tag; its address is the default endpoint
 * @param page the value of `window.rivulet`
 */
export function readSettings(script: HTMLScriptElement, page: unknown): EmbedSettings {
  const address = new URL(script.src, document.baseURI);
  const attributes = new Map([
    ["endpoint", address.origin],
    ["mode", "popup"],
  ]);
  const properties = new Map<string, unknown>();
  for (const [name, value] of Object.entries(typeof page === "object" && page !== null ? page : {})) {
    if (typeof value === "function") properties.set(name, value);
    else set(attributes, name, value);
  }
  for (const [name, value] of address.searchParams) set(attributes, name, value);
  for (const [name, value] of Object.entries(script.dataset)) set(attributes, name, value);
  return { attributes, properties };
}

/** `true` and `""` set an empty attribute, `false` removes it. Names are in camel case or with dashes, as in `dataset`. */
function set(attributes: Map<string, string>, name: string, value: unknown): void {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isName = /^[a-z][a-z-]*$/.test(attribute) && !attribute.startsWith("on") && attribute !== "style";
  if (!isName) return;
  if (value === false || value === "false" || value === undefined || value === null) attributes.delete(attribute);
  else attributes.set(attribute, value === true ? "" : String(value));
}
