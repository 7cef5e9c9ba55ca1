import { stemmer } from "@orama/stemmers/german";
import { irregularForms } from "./irregular-forms.ts";

/** Separable prefixes of verbs, which stand before the `ge` of a participle. The longest come first. */
const separable = (
  "zusammen zurück weiter hinzu heraus herein voraus vorbei durch fest nach über unter auf aus bei ein her hin los " +
  "mit vor weg ab an um zu"
).split(" ");
/**
 * The endings that are removed: `-ung`; `-et` of a verb whose stem ends in a consonant group (`rechnet`, `meldet`); and
 * `-t` of other verbs, but not of words in `-ort` and `-amt`, which are usually nouns.
 */
const endings = /(?<=.{4})ung$|(?<=.{2}(?:[dt]|[^aeiouäöürl][mn]))et$|(?<=.{2}(?:ss|[^aeiouäöüs]))(?<!or|am)t$/u;
const inseparable = ["emp", "ent", "miss", "ver", "wider", "zer", "be", "er"];
const irregular = irregularForms("de", normalizeGerman);

/** Replaces `ae`, `oe` and `ue`, which people type on keyboards without umlauts, with umlauts, and `ß` with `ss`. */
export function normalizeGerman(word: string): string {
  return word
    .replaceAll("ß", "ss")
    .replaceAll("ae", "ä")
    .replaceAll("oe", "ö")
    .replaceAll(/(?<![aeq])ue/gu, "ü");
}

/**
 * Stems a word with the library's stemmer, and handles what that stemmer does not: participles (`abgeholt` as
 * `abholen`), infinitives with `zu` (`anzumelden`), strong verbs, the endings of weak ones (`zahlt`) and short nouns in
 * `-ung`.
 */
export function stemGerman(word: string): string {
  const stem = stemmer(withoutEnding(baseForm(normalizeGerman(word))));
  return withoutEnding(stem);
}

function baseForm(word: string): string {
  const base = irregular.get(word);
  if (base !== undefined) return base;
  const prefix = separable.find((each) => word.startsWith(each));
  if (prefix !== undefined) return prefix + baseAfterPrefix(word.slice(prefix.length));
  const fixed = inseparable.find((each) => word.startsWith(each)) ?? "";
  const rest = word.slice(fixed.length);
  return fixed + (irregular.get(rest) ?? rest);
}

function baseAfterPrefix(rest: string): string {
  const base = irregular.get(rest);
  if (base !== undefined) return base;
  if (/(?:ung|heit|keit)en$/u.test(rest)) return rest;
  const participle = /^ge(?<verb>.{2,}(?:t|en))(?:e[mnrs]?)?$/u.exec(rest)?.groups?.["verb"];
  if (participle !== undefined && participle.length > 3) return participle;
  const infinitive = /^zu(?<verb>.{3,}n)$/u.exec(rest)?.groups?.["verb"];
  return infinitive ?? rest;
}

function withoutEnding(word: string): string {
  return word === "internet" ? word : word.replace(endings, "");
}
