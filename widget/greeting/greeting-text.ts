/**
 * The site's text in the language of the page: `greeting-pt-br` or `greeting-pt` of a tag `pt-BR`, else `greeting`.
 * @param name of the attribute for every language
 * @param tag BCP 47 tag
 */
export function localText(host: Element, name: string, tag: string): string {
  const parts = tag.toLowerCase().split(/[-_]/);
  for (let length = parts.length; length > 0; length -= 1) {
    const text = host.getAttribute([name, ...parts.slice(0, length)].join("-"));
    if (text) return text;
  }
  return host.getAttribute(name) ?? "";
}
