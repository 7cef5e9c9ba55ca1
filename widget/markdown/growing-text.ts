/** So much of a growing text's end is compared with what came before, in characters. */
const lookBackChars = 256;

/** A text with the one kind of line end that is parsed: CommonMark 0.31.2, section 2.1, takes all of them for the same. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * Whether a text is another one with more behind it. While it grows a look at its end will do, since the whole of it would
 * cost more with each piece.
 * @param isFinal nothing will follow: then all of it is compared
 */
export function isContinuedBy(before: string, text: string, isFinal: boolean): boolean {
  const from = isFinal ? 0 : Math.max(0, before.length - lookBackChars);
  return text.length >= before.length && text.startsWith(before.slice(from), from);
}
