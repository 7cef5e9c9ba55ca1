/**
 * Characters of scripts that are written without spaces between words, as ranges for a character class with the `u`
 * flag: Thai, Lao, Tibetan, Burmese and Khmer; Han, kana, Hangul and other wide characters with their punctuation.
 * Korean has spaces, but its particles follow a word directly.
 */
export const unspaced =
  "\u0E00-\u109F\u1780-\u17FF\u2E80-\uA4CF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF" +
  "\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFF}";

/** A letter or a digit in a script with spaces between words. */
export const spacedCharacter = new RegExp(`(?![${unspaced}])[\\p{L}\\p{N}]`, "u");

/** The character before a position, with both halves of a surrogate pair; a newline at the start of the text. */
export function characterBefore(text: string, position: number): string {
  if (position === 0) return "\n";
  const isPair = /[\uDC00-\uDFFF]/.test(text.charAt(position - 1));
  return text.slice(position - (isPair ? 2 : 1), position);
}
