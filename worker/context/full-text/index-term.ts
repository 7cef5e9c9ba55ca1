/** Where the private characters begin that stand for ASCII characters in the index. */
const privateBase = 0xe000;

/**
 * Writes a term as the index has it. The index has the terms of all assistants; each begins with the assistant's id, so
 * that searches and frequencies stay within one assistant.
 *
 * FTS5's `ascii` tokenizer splits at every ASCII character that is no letter or digit, and makes capital letters small.
 * Such characters become private ones, so each term is one token and no two terms become the same one.
 * @param term may be empty: every chunk has that term, so its frequency is the number of chunks
 */
export function indexTerm(assistant: string, term: string): string {
  return `${escape(assistant)}${escape(" ")}${escape(term)}`;
}

/** The term in what {@link indexTerm} returned. */
export function termIn(assistant: string, indexed: string): string {
  const term = indexed.slice(indexTerm(assistant, "").length);
  return term.replaceAll(/[\u{e000}-\u{e07f}]/gu, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? 0) - privateBase),
  );
}

/** The beginning of all terms of an assistant that start with some letters, and the first string after them. */
export function termRange(assistant: string, prefix: string): { from: string; to: string } {
  const from = indexTerm(assistant, prefix);
  return { from, to: `${from}\u{10ffff}` };
}

function escape(text: string): string {
  // No letter or digit is a private character. If a term has one anyway, a replacement keeps the others apart.
  return text
    .replaceAll(/[\u{e000}-\u{e07f}]/gu, "\u{fffd}")
    .replaceAll(/[\0-/:-`{-\x7f]/g, (character) => String.fromCodePoint(privateBase + character.charCodeAt(0)));
}
