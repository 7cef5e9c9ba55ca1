/**
 * Estimates how many tokens a text has when no provider reports it: one token per four ASCII characters, and one token
 * per non-ASCII character. That is close enough for prose in Latin script and in Chinese.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let others = 0;
  // A whole conversation is measured before each question. A loop over code units is several times as fast as one over
  // characters.
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) ascii += 1;
    else if (unit < 0xdc00 || unit > 0xdfff) others += 1; // the second half of a pair is not a character of its own
  }
  return Math.ceil(ascii / 4) + others;
}

const encoder = new TextEncoder();

/** The beginning of a text that fits into a number of bytes of UTF-8. It never ends with half of a character. */
export function cutToBytes(text: string, maxBytes: number): string {
  return text.slice(0, encoder.encodeInto(text, new Uint8Array(maxBytes)).read);
}

/** How many bytes a text has as UTF-8. */
export function bytesIn(text: string): number {
  return encoder.encode(text).byteLength;
}
