/** A text for every visitor, or one per language by BCP 47 tag. Visitors with another language get the first one. */
export type Localized<Text = string> = Text | Readonly<Record<string, Text>>;

/**
 * Chooses the text for a visitor: the one for their language tag, or for its beginning (`de` for `de-AT`), or for the
 * same language elsewhere (`pt-BR` for `pt`), or the first one.
 * @param tag BCP 47 tag, as the page gives it; anything else counts as a language without texts
 */
export function textFor<Text extends string | readonly string[]>(texts: Localized<Text>, tag?: string): Text {
  if (isSingle(texts)) return texts;
  const [first] = new Map<string, Text>(Object.entries(texts)).values();
  const text = findText(texts, tag) ?? first;
  if (text === undefined) throw new Error("a text without any language has passed the check");
  return text;
}

/**
 * Like {@link textFor}, but without the first text as a last resort.
 * @returns undefined if there is no text in the visitor's language
 */
export function findText<Text extends string | readonly string[]>(texts: Localized<Text>, tag = ""): Text | undefined {
  if (isSingle(texts)) return texts;
  const byTag = new Map<string, Text>(Object.entries(texts).map(([name, text]) => [partsOf(name).join("-"), text]));
  const wanted = partsOf(tag);
  for (let length = wanted.length; length > 0; length -= 1) {
    const found = byTag.get(wanted.slice(0, length).join("-"));
    if (found !== undefined) return found;
  }
  return [...byTag].find(([name]) => partsOf(name)[0] === wanted[0])?.[1];
}

function isSingle<Text>(texts: Localized<Text>): texts is Text {
  return typeof texts === "string" || Array.isArray(texts);
}

/** Tags are compared without case, and pages also write `de_AT`. */
function partsOf(tag: string): string[] {
  return tag.toLowerCase().split(/[-_]/);
}
