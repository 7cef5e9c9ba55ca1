/** How much text is segmented at once, in UTF-16 units. */
const windowChars = 20_000;

/**
 * Splits a text into sentences. Joined together, they are the whole text.
 * @param language BCP 47; languages differ in what ends a sentence
 */
export function splitSentences(text: string, language: string): string[] {
  const segmenter = segmenterFor(language, "sentence");
  const sentences: string[] = [];
  for (let at = 0; at < text.length;) {
    const window = text.slice(at, at + windowChars);
    const isLast = at + windowChars >= text.length;
    const segments = Array.from(segmenter.segment(window), ({ segment }) => segment);
    // The last sentence of a window may continue in the next one. A sentence that fills a window is cut between words.
    const cut = segments.length === 1 ? [window.slice(0, lastBreak(window, language))] : segments.slice(0, -1);
    const found = isLast ? segments : cut;
    sentences.push(...found);
    at += found.join("").length;
  }
  return sentences;
}

/**
 * Splits a sentence that is too long. It is cut between words if possible.
 * @param maxChars the longest piece, in UTF-16 units
 */
export function splitWords(text: string, language: string, maxChars: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)?.length ?? 1) {
    const window = text.slice(at, at + maxChars);
    pieces.push(at + maxChars >= text.length ? window : window.slice(0, lastBreak(window, language)));
  }
  return pieces;
}

/** The place of the last break between two words: after a space, or where a language without spaces has one. */
function lastBreak(window: string, language: string): number {
  const space = window.search(/\s\S*$/);
  if (space > window.length / 2) return space + 1;
  const segments = Array.from(segmenterFor(language, "word").segment(window), ({ index }) => index);
  return (segments.at(-1) ?? 0) > window.length / 2 ? (segments.at(-1) ?? window.length) : wholeCharacters(window);
}

/** The length of a window without its last unit, if that is half of a character. */
function wholeCharacters(window: string): number {
  const last = window.charCodeAt(window.length - 1);
  return last >= 0xd800 && last <= 0xdbff && window.length > 1 ? window.length - 1 : window.length;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string, granularity: "sentence" | "word"): Intl.Segmenter {
  const key = `${language} ${granularity}`;
  const known = segmenters.get(key) ?? makeSegmenter(language, granularity);
  segmenters.set(key, known);
  return known;
}

function makeSegmenter(language: string, granularity: "sentence" | "word"): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity });
  } catch {
    return new Intl.Segmenter("en", { granularity }); // the document names a language that does not exist
  }
}
