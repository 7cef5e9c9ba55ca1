import { maxSourceBytes, maxTitleBytes } from "./clean.ts";
import type { ContextSize, PromptContext } from "./context.ts";
import type { NumberedResult } from "./parts.ts";

/** 32 characters, so that five bits of a random byte choose one. Letters that look like digits are not among them. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
const markLength = 6;

/** Upper bounds in bytes: of the fence around the context, and of a result's heading with its title and source. */
const fenceBytes = 2 * ("</context->\n".length + markLength);
const headingBytes = maxTitleBytes + maxSourceBytes + 64;

/**
 * Chooses the random mark of one request. The mark occurs in none of `texts`, so that no document can close the fence
 * or write a heading.
 */
export function chooseMark(texts: readonly string[]): string {
  const lower = texts.map((text) => text.toLowerCase());
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(markLength));
    const mark = Array.from(random, (byte) => alphabet.charAt(byte % alphabet.length)).join("");
    if (!lower.some((text) => text.includes(mark))) return mark;
  }
}

/**
 * Writes a context between `<context-…>` and `</context-…>`. Each result begins with a line that has the mark and the
 * result's number. Only that number is in the brackets `⟦⟧`. In the text of documents, they become square brackets.
 * @param context the cleaned context; if it has neither text nor results, the written text is empty
 */
export function writeContext({ text, results }: PromptContext, mark: string): string {
  const passages = [...(text === "" ? [] : [withoutMarkers(text)]), ...results.map((each) => writeResult(each, mark))];
  return passages.length === 0 ? "" : `<context-${mark}>\n${passages.join("\n\n")}\n</context-${mark}>`;
}

/** Upper bound of a written context, in bytes of UTF-8. */
export function maxContextBytes({ bytes, results }: ContextSize): number {
  return bytes === 0 && results === 0 ? 0 : bytes + fenceBytes + results * headingBytes;
}

function writeResult({ index, title, source, content }: NumberedResult, mark: string): string {
  const heading = source === title ? title : `${title} (${source})`;
  return `${mark} ⟦${index}⟧ ${withoutMarkers(heading)}\n${withoutMarkers(content)}`;
}

function withoutMarkers(text: string): string {
  return text.replaceAll("⟦", "[").replaceAll("⟧", "]");
}
