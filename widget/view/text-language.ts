/** How much of a text is examined, in characters, so that the whole of a growing text is not read again and again. */
const sampleChars = 500;

/** Scripts that only one language uses. Chinese characters are not included, because three languages use them. */
const scripts: [language: string, letters: RegExp][] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
];

/** A script decides the language if more than this share of a text's letters is in it. A quoted word is not enough. */
const decidingShare = 0.2;

/**
 * The language of a text that a person, a model or an operator wrote, for its `lang` attribute. The language is not
 * guessed: it is the page's, unless only one language uses the text's script.
 * @param pageLang the page's language as a BCP 47 tag, or an empty string if it is unknown
 * @returns a BCP 47 tag, or an empty string
 */
export function languageOf(text: string, pageLang: string): string {
  const sample = text.slice(0, sampleChars);
  const count = (letters: RegExp) => sample.match(letters)?.length ?? 0;
  const found = scripts.find(([, letters]) => count(letters) > decidingShare * count(/\p{L}/gu));
  return found?.[0] ?? pageLang;
}
