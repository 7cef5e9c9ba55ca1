import { stopWords } from "./stop-words.ts";

/** Scripts and letters that, on the web, nearly always mean one language. The first match counts. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, "ja"],
  [/\p{sc=Hangul}/u, "ko"],
  [/\p{sc=Han}/u, "zh"],
  [/\p{sc=Thai}/u, "th"],
  [/[ٹڈڑںے]/u, "ur"],
  [/[پچژگ]/u, "fa"],
  [/\p{sc=Arabic}/u, "ar"],
  [/[іїєґ]/u, "uk"],
  [/\p{sc=Cyrillic}/u, "ru"],
  [/\p{sc=Greek}/u, "el"],
  [/\p{sc=Hebrew}/u, "he"],
  [/\p{sc=Devanagari}/u, "hi"],
];

/** Letters and spellings that only some languages have. */
const spellings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ß/u, ["de"]],
  [/[ñ¿¡]/u, ["es"]],
  [/[ãõ]/u, ["pt"]],
  [/œ|\b(?:qu|[cdjlnst])['’][a-zéèêàâîôûœ]/u, ["fr"]],
  [/\b(?:del|nel|sul)l['’]/u, ["it"]],
  [/[őű]/u, ["hu"]],
  [/[ğşı]/u, ["tr"]],
  [/[ășțţ]/u, ["ro"]],
  [/[æø]/u, ["da", "no"]],
  [/å/u, ["da", "no", "sv"]],
  [/ä/u, ["de", "fi", "sv"]],
  [/[éêèç]/u, ["fr", "pt"]],
];

/** The factor by which the best language must lead: Danish and Norwegian share most of their function words. */
const minAdvantage = 1.25;
const minScore = 0.5;

const latinLists = Object.entries(stopWords)
  .filter(([language]) => language !== "ar" && language !== "ru")
  .map(([language, list]) => [language, new Set(list.split(/\s+/u))] as const);

/**
 * Guesses a text's language by its script, or by the function words and special letters in it. Function words are
 * frequent in questions, so one sentence is usually enough. A text of Chinese characters alone may be Japanese, but
 * counts as `zh`.
 *
 * @returns a BCP 47 primary subtag, or undefined if no language is clearly more likely than the others
 */
export function detectLanguage(text: string): string | undefined {
  const letters = text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\s'’¿¡]/gu, " ");
  const letterCount = count(letters, /\p{L}/gu);
  const latinCount = count(letters, /\p{sc=Latin}/gu);
  if (letterCount === 0) return undefined;
  return latinCount * 2 > letterCount ? detectLatin(letters) : scripts.find(([script]) => script.test(letters))?.[1];
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function detectLatin(text: string): string | undefined {
  const scores = new Map<string, number>();
  function add(languages: readonly string[]): void {
    // The fewer languages share a word or a spelling, the more it says.
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  for (const word of text.split(/[\s'’¿¡]+/u)) {
    add(latinLists.filter(([, list]) => list.has(word)).map(([language]) => language));
  }
  for (const [spelling, languages] of spellings) if (spelling.test(text)) add(languages);
  const [best, next] = [...scores].toSorted(([, one], [, other]) => other - one);
  if (!best || best[1] < minScore) return undefined;
  return next && best[1] < next[1] * minAdvantage ? undefined : best[0];
}
