import { functionWords } from "./function-words.ts";

/** A part of a text, and where it starts and ends, in UTF-16 units. */
export interface Stretch {
  text: string;
  start: number;
  end: number;
}

/** Directly after a Chinese character, one of these is usually the ending of a verb; what follows it may be a word. */
const okurigana = /^[いしきちりみびえけせてねめれげべっうくすつるむぶたとにのまわかさな]/u;
const trailingParticles = /(?<=..)[をのにでともやね]+$/u;
const hiragana = /^\p{sc=Hiragana}+$/u;
const korean = /^\p{sc=Hangul}+$/u;
const hanOrKana = /\p{sc=Han}+|\p{sc=Hiragana}+|[\p{sc=Katakana}ー]+|\p{sc=Hangul}+/gu;

/** A consonant with the vowels and tone marks around it ("Thai character cluster"), which are never written alone. */
const thaiCluster = /[เ-ไ]*[ก-ฮ]\p{M}*[ะาๅ]*|./gu;

/**
 * Terms of text in Thai script, where words are not delimited: every pair of adjacent clusters between function words.
 *
 * @param text normalized
 */
export function thaiTerms(text: string): Stretch[] {
  return contentWords({ text, start: 0, end: text.length }, functionWords.th).flatMap((word) =>
    pairs(
      Array.from(word.text.matchAll(thaiCluster), ({ 0: cluster, index }) => ({
        text: foldThai(cluster),
        start: word.start + index,
        end: word.start + index + cluster.length,
      })),
    ),
  );
}

/** Unifies two ways to type the same letters: two `เ` become one `แ`, and a tone mark goes before the sign U+0E4D. */
function foldThai(cluster: string): string {
  return cluster.replace("เเ", "แ").replace(/\u0e4d([\u0e48-\u0e4b])/u, "$1\u0e4d");
}

/**
 * Terms of text in Chinese, Japanese or Korean script: every pair of adjacent characters of one script, or a character
 * that stands alone.
 *
 * @param text normalized
 * @param language the document's language, as a primary subtag. Chinese function words are left out only if it is `zh`
 */
export function cjkTerms(text: string, language: string): Stretch[] {
  const runs = Array.from(text.matchAll(hanOrKana), ({ 0: run, index }) => ({
    text: run,
    start: index,
    end: index + run.length,
  }));
  return runs.flatMap((run, at) => {
    if (hiragana.test(run.text)) return hiraganaTerms(run, runs[at - 1]);
    if (korean.test(run.text)) return contentWords(run, functionWords.ko).flatMap((word) => pairs(characters(word)));
    const words = language === "zh" ? contentWords(run, functionWords.zh) : [run];
    return [...words.flatMap((word) => pairs(characters(word))), ...acrossOkurigana(run, runs[at + 1], runs[at + 2])];
  });
}

function hiraganaTerms(run: Stretch, before: Stretch | undefined): Stretch[] {
  const followsHan = before !== undefined && before.end === run.start && /\p{sc=Han}$/u.test(before.text);
  return contentWords(run, functionWords.ja)
    .map((word) => {
      const cut = followsHan && word.start === run.start && okurigana.test(word.text) ? 1 : 0;
      return { ...word, text: word.text.slice(cut).replace(trailingParticles, ""), start: word.start + cut };
    })
    .filter((word) => word.text.length > 1)
    .flatMap((word) => pairs(characters(word)));
}

/** Japanese compounds are written with or without the ending of their first verb: 申し込み and 申込 share the term 申込. */
function acrossOkurigana(first: Stretch, ending: Stretch | undefined, second: Stretch | undefined): Stretch[] {
  if (!ending || !second || !/^[いしきちりみびえけせてねめれげべっ]{1,2}$/u.test(ending.text)) return [];
  if (!/^\p{sc=Han}/u.test(second.text) || !/\p{sc=Han}$/u.test(first.text)) return [];
  if (first.end !== ending.start || ending.end !== second.start) return [];
  const [before, after] = [characters(first).at(-1), characters(second)[0]];
  if (!before || !after) return [];
  return [{ text: before.text + after.text, start: before.start, end: after.end }];
}

/** The parts of a run between its function words. */
function contentWords(run: Stretch, separators: RegExp): Stretch[] {
  const words: Stretch[] = [];
  let from = 0;
  function add(to: number): void {
    if (to > from) words.push({ text: run.text.slice(from, to), start: run.start + from, end: run.start + to });
  }
  for (const { 0: separator, index } of run.text.matchAll(separators)) {
    add(index);
    from = index + separator.length;
  }
  add(run.text.length);
  return words;
}

/** Splits text into characters. Those outside of the basic plane, as in some names, are two UTF-16 units each. */
function characters({ text, start }: Stretch): Stretch[] {
  let at = start;
  return Array.from(text, (character) => ({ text: character, start: at, end: (at += character.length) }));
}

function pairs(units: readonly Stretch[]): Stretch[] {
  const [only] = units;
  if (units.length === 1 && only) return [only];
  return units.slice(1).flatMap((second, at) => {
    const first = units[at];
    return first ? [{ text: first.text + second.text, start: first.start, end: second.end }] : [];
  });
}
