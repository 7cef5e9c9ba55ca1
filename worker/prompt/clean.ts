import { isBlank, type NumberedResult } from "./parts.ts";
import { cutToBytes } from "./tokens.ts";

/** The longest title and the longest source that are sent, in bytes of UTF-8. Longer ones are cut. */
export const maxTitleBytes = 200;
export const maxSourceBytes = 300;

/** Line breaks besides `\n`. Some programs show them as a new line, others do not. */
const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Characters that a joiner can join: emoji, and letters and marks of every script except Latin. */
const joined = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}[[\p{L}\p{M}]--[\p{Script=Latin}\p{Default_Ignorable_Code_Point}]]]`;
const emojiSelector = String.raw`\u{fe0f}`;
const joiners = String.raw`[\u{200c}\u{200d}]`;

/**
 * Characters that a model reads and a person does not see: control characters, bidirectional overrides, zero-width and
 * tag characters, variation selectors and lone surrogates. A joiner between two characters that can be joined is kept,
 * and so is the variation selector of an emoji.
 */
const hidden = new RegExp(
  [
    String.raw`(?<!\p{Extended_Pictographic}${emojiSelector}|${joined})${joiners}`,
    `${joiners}(?!${joined})`,
    String.raw`(?<!\p{Extended_Pictographic})${emojiSelector}(?!\u{20e3})`,
    String.raw`[[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u{fff9}-\u{fffb}]--[\t\n\u{fe0f}${joiners}]]`,
  ].join("|"),
  "gv",
);

/** Removes what a reader would not see, makes every line break `\n`, and trims. The text never gets longer. */
export function cleanText(text: string): string {
  return text.replace(lineBreak, "\n").replace(hidden, "").trim();
}

/** Cleans results, and leaves out those without any text. The others keep their numbers. */
export function cleanResults(results: readonly NumberedResult[]): NumberedResult[] {
  return results.map(cleanResult).filter(({ content }) => !isBlank(content));
}

function cleanResult({ index, title, source, url, content }: NumberedResult): NumberedResult {
  const named = toLine(source, maxSourceBytes) || toLine(title, maxSourceBytes) || `#${index}`;
  return {
    index,
    title: toLine(title, maxTitleBytes) || toLine(named, maxTitleBytes),
    source: named,
    url: url === undefined ? undefined : toLine(url, maxSourceBytes),
    content: cleanText(content),
  };
}

/** A text on one line, cut to a size in bytes of UTF-8. */
function toLine(text: string, maxBytes: number): string {
  return cutToBytes(cleanText(text).replaceAll(/\s+/g, " "), maxBytes).trimEnd();
}
