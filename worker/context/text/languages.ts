import { stemmer as stemDanish } from "@orama/stemmers/danish";
import { stemmer as stemDutch } from "@orama/stemmers/dutch";
import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemFinnish } from "@orama/stemmers/finnish";
import { stemmer as stemFrench } from "@orama/stemmers/french";
import { stemmer as stemHungarian } from "@orama/stemmers/hungarian";
import { stemmer as stemItalian } from "@orama/stemmers/italian";
import { stemmer as stemNorwegian } from "@orama/stemmers/norwegian";
import { stemmer as stemPortuguese } from "@orama/stemmers/portuguese";
import { stemmer as stemRomanian } from "@orama/stemmers/romanian";
import { stemmer as stemRussian } from "@orama/stemmers/russian";
import { stemmer as stemSpanish } from "@orama/stemmers/spanish";
import { stemmer as stemSwedish } from "@orama/stemmers/swedish";
import { stemmer as stemTurkish } from "@orama/stemmers/turkish";
import { normalizeArabic, stemArabic } from "./arabic.ts";
import { fold } from "./fold.ts";
import { normalizeGerman, stemGerman } from "./german.ts";
import { irregularForms } from "./irregular-forms.ts";
import { stopWords } from "./stop-words.ts";

/** Returns the term for a word, which is given as written in a text. Returns undefined for a stop word. */
type TermOfWord = (word: string) => string | undefined;
type ChangeWord = (word: string) => string;

const unchanged: ChangeWord = (word) => word;

/** Matches an article that is attached to the word after it, as in `l'eau` and `dell'acqua`. */
const elided = /^(?:[cdjlmnstv]|qu|jusqu|lorsqu|puisqu|(?:d|n|s)?[eou]?ll|all|dall|sull|un|quest|quell)['’ʼ](?=.)/u;
/** Matches the ending of `company's` and `geht's`, and the apostrophe inside a word such as `don't` or `O'Brien`. */
const possessive = /['’ʼ]s$|['’ʼ]/gu;

const lower: ChangeWord = (word) => word.toLowerCase().replaceAll(possessive, "");
const lowerAndFold: ChangeWord = (word) => fold(lower(word));
const withoutElision: ChangeWord = (word) => lowerAndFold(word.toLowerCase().replace(elided, ""));
/** Turkish has an i with a dot and one without, and puts an apostrophe between a name and its endings. */
const lowerTurkish: ChangeWord = (word) =>
  word
    .replace(/['’ʼ].*/u, "")
    .replaceAll("I", "ı")
    .replaceAll("İ", "i")
    .toLowerCase();

const normalizers: Readonly<Record<string, ChangeWord>> = {
  ar: normalizeArabic,
  de: (word) => normalizeGerman(lower(word)),
  es: lowerAndFold,
  fr: withoutElision,
  it: withoutElision,
  pt: lowerAndFold,
  ru: lowerAndFold,
  tr: lowerTurkish,
};

/** Stemmers recognize some endings only with accents. These functions restore accents that people leave out. */
const restoreFrench: ChangeWord = (word) =>
  word
    .replace(/(?<=.{3})ite(?=s?$)/u, "ité")
    .replace(/(?<=.{3})ee(?=s?$)/u, "ée")
    .replace(/ier(?=es?$)/u, "ièr");
const restoreSpanish: ChangeWord = (word) => word.replace(/cion$/u, "ción");
const restorePortuguese: ChangeWord = (word) => word.replace(/cao$/u, "ção").replace(/coes$/u, "ções");

/** The stemmer expects the older letters with a cedilla. */
const stemRomanianLetters: ChangeWord = (word) => stemRomanian(word.replaceAll("ș", "ş").replaceAll("ț", "ţ"));

/** `latin` is for Latin words in text of another script: an English stem, but no stop words. */
const stemmers: Readonly<Record<string, ChangeWord>> = {
  ar: stemArabic,
  da: stemDanish,
  de: stemGerman,
  en: stemEnglish,
  es: (word) => stemSpanish(restoreSpanish(word)),
  fi: stemFinnish,
  fr: (word) => stemFrench(restoreFrench(word)),
  hu: stemHungarian,
  it: stemItalian,
  latin: stemEnglish,
  nl: stemDutch,
  no: stemNorwegian,
  pt: (word) => stemPortuguese(restorePortuguese(word)),
  ro: stemRomanianLetters,
  ru: stemRussian,
  sv: stemSwedish,
  tr: stemTurkish,
};

/** Languages that do not put spaces between words, or that attach particles to words. Their words are not stemmed. */
const unspaced = ["ja", "ko", "th", "zh"];

/**
 * Languages whose words are found in all of their forms, as BCP 47 primary subtags. Words of other languages are found
 * only as they are written.
 */
export const supportedLanguages: readonly string[] = [
  ...Object.keys(stemmers).filter((name) => name !== "latin"),
  ...unspaced,
].toSorted();

/** Languages whose irregular forms can have prefixes, so that their stemmers look these forms up themselves. */
const hasOwnIrregularForms = new Set(["ar", "de"]);

const loaded = new Map<string, TermOfWord>();

/**
 * How many terms are cached per language, about 2 MB. Texts repeat their words, and a stemmer takes much longer than a
 * look-up.
 */
const maxCachedStems = 20_000;

/**
 * @param tag a BCP 47 language tag. Both written forms of Norwegian are `no`.
 * @returns the primary subtag in lower case
 */
export function primarySubtag(tag: string): string {
  const subtag = (tag.split(/[-_]/u, 1)[0] ?? "").toLowerCase();
  return subtag === "nb" || subtag === "nn" ? "no" : subtag;
}

/**
 * The form in which a word is compared. It depends on the word's script and on the language of the text around it.
 * Latin words in text of another script are stemmed as English ones, because most of them are English.
 *
 * @param language a primary subtag
 * @returns undefined if the word is a stop word
 */
export function termOfWord(word: string, language: string): string | undefined {
  const hasOtherScript = language === "ar" || language === "ru" || unspaced.includes(language);
  if (hasOtherScript && latin.test(word)) return load("latin")(word);
  return load(Object.hasOwn(stemmers, language) ? language : "unknown")(word);
}

/** The stem of a word, or, for a stop word such as `über` in `Überweisung`, the folded word. */
export function stemOf(word: string, language: string): string {
  return termOfWord(word, language) ?? fold(word);
}

const latin = /^\p{sc=Latin}/u;

/** The tables of a language are made when they are first needed, so that a worker starts without them. */
function load(name: string): TermOfWord {
  const known = loaded.get(name);
  if (known) return known;
  const created = cached(createLanguage(name));
  loaded.set(name, created);
  return created;
}

function createLanguage(name: string): TermOfWord {
  const normalizeWord = normalizers[name] ?? lower;
  const stem = stemmers[name] ?? unchanged;
  const stop = new Set((stopWords[name] ?? "").split(/\s+/u).map(normalizeWord));
  const irregular = hasOwnIrregularForms.has(name) ? undefined : irregularForms(name, normalizeWord);
  return (word) => {
    const normalized = normalizeWord(word);
    if (normalized === "" || stop.has(normalized)) return undefined;
    return fold(stem(irregular?.get(normalized) ?? normalized));
  };
}

function cached(termOf: TermOfWord): TermOfWord {
  const terms = new Map<string, string | undefined>();
  return (word) => {
    if (terms.has(word)) return terms.get(word);
    if (terms.size >= maxCachedStems) terms.clear();
    const term = termOf(word);
    terms.set(word, term);
    return term;
  };
}
