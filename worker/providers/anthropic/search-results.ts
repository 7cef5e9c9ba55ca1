import type { SearchResultBlockParam, TextBlockParam } from "@anthropic-ai/sdk/resources/messages/messages";
import type { NumberedResult } from "../../prompt/parts.ts";

/**
 * The shortest piece of a passage that is cited by itself, in UTF-16 units. "The text block is the minimal citable unit":
 * shorter blocks give closer quotes, but each one also costs the model a few tokens.
 */
const minBlockChars = 80;

/** Where a passage may be divided: after a sentence and after a line. */
const boundary = /(?<=[.!?…]["'”’»)\]]{0,3}[ \t]+|[。！？]|\n)(?=\S)/u;

/**
 * One search result as a block of a message. Citations must be on for all results of a request, or for none.
 * @see https://platform.claude.com/docs/en/build-with-claude/search-results
 */
export function toSearchResult({ title, source, url, content }: NumberedResult): SearchResultBlockParam {
  return {
    type: "search_result",
    source: (url ?? source).toWellFormed(),
    title: title.toWellFormed(),
    content: divide(content.toWellFormed()).map((text): TextBlockParam => ({ type: "text", text })),
    citations: { enabled: true },
  };
}

/** Divides a passage into pieces that together make up the whole passage. None of them is blank. */
function divide(content: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const sentence of content.split(boundary)) {
    piece += sentence;
    if (piece.trim().length < minBlockChars) continue;
    pieces.push(piece);
    piece = "";
  }
  if (piece.trim() === "" && pieces.length > 0) return [...pieces.slice(0, -1), `${pieces.at(-1)}${piece}`];
  return [...pieces, piece];
}
