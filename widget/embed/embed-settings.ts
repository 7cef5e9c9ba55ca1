/** What a script tag says about the chat that it brings. */
export interface EmbedSettings {
  /** The element's attributes, `endpoint` and `mode` always among them. */
  attributes: Map<string, string>;
  /** What `window.rivulet` holds that no attribute can: functions. */
  properties: Map<string, unknown>;
}

/**
 * Gathers the settings of a script tag: `window.rivulet`, over it the query of the script's address (for tag managers
 * that strip attributes), over it the tag's own `data-*`.
 * @param script the tag; its address gives the default endpoint
 * @param page what the page has put into `window.rivulet`
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

/** `true` and `""` set a bare attribute, `false` takes it away. Names come as `data-` ones do: in camel case or with dashes. */
function set(attributes: Map<string, string>, name: string, value: unknown): void {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isName = /^[a-z][a-z-]*$/.test(attribute) && !attribute.startsWith("on") && attribute !== "style";
  if (!isName) return;
  if (value === false || value === "false" || value === undefined || value === null) attributes.delete(attribute);
  else attributes.set(attribute, value === true ? "" : String(value));
}
