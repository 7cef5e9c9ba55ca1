import { irregularForms } from "./irregular-forms.ts";

/** Vowel marks, the superscript alef and the tatweel, which only stretches a word. */
const unwritten = /[\u064b-\u065f\u0670\u0640\u06d6-\u06ed]/gu;

/**
 * Brings the different spellings of an Arabic word into one form: most people leave out the hamza, the marks and the
 * dots of a final ya or ta marbuta.
 */
export function normalizeArabic(word: string): string {
  return word
    .replaceAll(unwritten, "")
    .replaceAll(/[أإآٱ]/gu, "ا")
    .replaceAll(/[ىی]/gu, "ي")
    .replaceAll("ئ", "ي")
    .replaceAll("ؤ", "و")
    .replaceAll("ة", "ه")
    .replaceAll("ک", "ك");
}

/** Broken plurals, whose letters differ from the singular's. */
const irregular = irregularForms("ar", normalizeArabic);

const articles = ["ال", "وال", "بال", "كال", "فال", "لل", "ولل"];
const suffixes = ["وا", "ا", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

/**
 * The light stemmer "light10" (Larkey, Ballesteros and Connell, 2007): it removes the conjunction and the article
 * before a word, and the endings of gender, number and possession after it. It does not look for the root, because
 * stemmers often get the root wrong.
 *
 * @param word as `normalizeArabic` returns it
 */
export function stemArabic(word: string): string {
  const bare = withoutArticle(word);
  let stem = irregular.get(bare) ?? bare;
  for (const suffix of suffixes) {
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 3) stem = stem.slice(0, -suffix.length);
  }
  return stem;
}

function withoutArticle(word: string): string {
  // At least three letters have to remain: in `الم`, the letters of the article are part of the word.
  const article = articles.findLast((prefix) => word.startsWith(prefix) && word.length - prefix.length >= 3);
  if (article !== undefined) return word.slice(article.length);
  return word.startsWith("و") && word.length >= 5 ? word.slice(1) : word;
}
