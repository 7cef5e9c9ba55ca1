/** How much of the previous text's end is compared with the new text, in characters. */
const lookBackChars = 256;

/** Converts line endings to line feeds: CommonMark 0.31.2, section 2.1, treats all of them alike. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * Whether a text continues another one. Only the end is compared while the text grows: comparing all of it would cost
 * more with each delta.
 * @param isFinal no more text follows: the whole text is compared
 */
export function isContinuedBy(before: string, text: string, isFinal: boolean): boolean {
  const from = isFinal ? 0 : Math.max(0, before.length - lookBackChars);
  return text.length >= before.length && text.startsWith(before.slice(from), from);
}
