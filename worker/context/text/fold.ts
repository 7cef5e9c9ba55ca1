const letters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ё: "е",
  ς: "σ",
};
const foldable = new RegExp(`[${Object.keys(letters).join("")}]`, "gu");

/**
 * Accents of Latin and Greek letters, and stress marks of Cyrillic ones. The breve of й is kept, because it makes a
 * different letter.
 */
const accents = /(?<=[\p{sc=Latin}\p{sc=Greek}][\u0300-\u036f]*)[\u0300-\u036f]|(?<=\p{sc=Cyrillic})[\u0300\u0301]/gu;
const ascii = /^[\0-\x7f]*$/u;

/** Removes the accents of a lower-case word, and replaces letters that not every keyboard has: `ß` becomes `ss`. */
export function fold(word: string): string {
  if (ascii.test(word)) return word;
  return word
    .normalize("NFD")
    .replaceAll(accents, "")
    .normalize("NFC")
    .replaceAll(foldable, (letter) => letters[letter] ?? letter);
}
