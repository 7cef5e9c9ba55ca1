/** A sentence that is longer than this, in characters, is split between two words: listeners forget its beginning. */
const maxSentenceChars = 600;

const sentenceEnd = /[.!?…]+[\p{Pe}\p{Pf}"']*\s+|[。！？]/u;

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The length of the first sentence. It is known once the next sentence has started. It does not depend on how much text
 * follows, so a text gives the same sentences however it arrived.
 * @param words text without markup
 * @param isWhole no more text follows
 * @param lang BCP 47 tag
 * @returns the length in UTF-16 units, including the white space after it; 0 if the sentence may continue
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

/** Creating a segmenter costs more than segmenting many sentences. */
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
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length; // does not split a surrogate pair
}
