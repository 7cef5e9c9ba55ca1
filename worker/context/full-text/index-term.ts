/** The first of the private-use characters that stand for ASCII characters in the index. */
const privateBase = 0xe000;

/**
 * Writes a term as the index stores it. The index has the terms of all assistants. Each term begins with the
 * assistant's id, so that searches and frequencies stay within one assistant.
 *
 * FTS5's `ascii` tokenizer splits at every ASCII character that is not a letter or digit, and lower-cases capital
 * letters. These characters are replaced by private-use ones, so each term is one token and different terms stay
 * different.
 * @param term may be empty: every chunk has the empty term, so its frequency is the number of chunks
 */
export function indexTerm(assistant: string, term: string): string {
  return `${escape(assistant)}${escape(" ")}${escape(term)}`;
}

/** Reads the term from what {@link indexTerm} returned. */
export function termIn(assistant: string, indexed: string): string {
  const term = indexed.slice(indexTerm(assistant, "").length);
  return term.replaceAll(/[\u{e000}-\u{e07f}]/gu, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? 0) - privateBase),
  );
}

/** The range of an assistant's terms that start with `prefix`: `from` is included, `to` is not. */
export function termRange(assistant: string, prefix: string): { from: string; to: string } {
  const from = indexTerm(assistant, prefix);
  return { from, to: `${from}\u{10ffff}` };
}

function escape(text: string): string {
  // Terms normally have no private-use characters. If one does, the character is replaced, because it would otherwise
  // be read back as an ASCII character.
  return text
    .replaceAll(/[\u{e000}-\u{e07f}]/gu, "\u{fffd}")
    .replaceAll(/[\0-/:-`{-\x7f]/g, (character) => String.fromCodePoint(privateBase + character.charCodeAt(0)));
}
