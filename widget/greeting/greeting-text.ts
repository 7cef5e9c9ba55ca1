/**
 * The site's text in the language of the page: for the tag `pt-BR`, that of the attribute `greeting-pt-br`, otherwise
 * of `greeting-pt`, otherwise of `greeting`; an empty string if none is set.
 * @param name the attribute's name without a language, such as `greeting`
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
