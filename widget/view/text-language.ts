/** How much of a text decides, in characters. So a text that grows is not read again and again. */
const sampleChars = 500;

/** Scripts that only one language uses. Chinese characters say nothing: three languages share them. */
const scripts: [language: string, letters: RegExp][] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
];

/** The share of letters from which on a script says the language. A quoted word in another script says nothing. */
const decidingShare = 0.2;

/**
 * The language of a text that a person, a model or an operator wrote, for its `lang` attribute. It is never guessed.
 * @param pageLang the page's language as a BCP 47 tag, or an empty string if it is unknown
 * @returns a BCP 47 tag, or an empty string
 */
export function languageOf(text: string, pageLang: string): string {
  const sample = text.slice(0, sampleChars);
  const count = (letters: RegExp) => sample.match(letters)?.length ?? 0;
  const found = scripts.find(([, letters]) => count(letters) > decidingShare * count(/\p{L}/gu));
  return found?.[0] ?? pageLang;
}
