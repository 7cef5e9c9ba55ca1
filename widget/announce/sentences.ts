/** What goes on for longer without an end, in characters, is cut between two words: nobody remembers its beginning. */
const maxSentenceChars = 600;

const sentenceEnd = /[.!?…]+[\p{Pe}\p{Pf}"']*\s+|[。！？]/u;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * How long the first sentence is. It is known once the next one has begun; its length never depends on how much more
 * there is, so a text makes the same sentences however it grew.
 * @param words text without marks
 * @param isWhole nothing follows these words
 * @param lang BCP 47 tag
 * @returns the length in UTF-16 units, with the white space behind it; 0 where it may still go on
 */
export function firstSentence(words: string, isWhole: boolean, lang: string): number {
  const start = words.slice(0, maxSentenceChars);
  const length = segment(start, lang);
  if (length < start.length) return length;
  if (words.length > start.length) return cutBetweenWords(start);
  return isWhole ? length : 0;
}

function segment(text: string, lang: string): number {
  if (typeof Intl.Segmenter === "function") return segmenterFor(lang).segment(text).containing(0)?.segment.length ?? 0;
  const end = sentenceEnd.exec(text); // Firefox before 125
  return end ? end.index + end[0].length : text.length;
}

/** Making one costs more than many sentences. */
function segmenterFor(lang: string): Intl.Segmenter {
  const known = segmenters.get(lang);
  if (known) return known;
  const made = new Intl.Segmenter(lang, { granularity: "sentence" });
  segmenters.set(lang, made);
  return made;
}

function cutBetweenWords(text: string): number {
  const space = text.lastIndexOf(" ");
  if (space > 0) return space + 1;
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length; // never within a character
}
