import { isRecord, textIn, type JsonRecord } from "../narrow.ts";
import type { TextPiece } from "./think-tags.ts";

/**
 * Reads the `content` of a delta: a text, or a list of parts (Mistral). A thinking part has its own parts under
 * `thinking`. Parts of other types, such as references, have no text.
 * @see https://docs.mistral.ai/capabilities/reasoning/
 */
export function contentPieces(content: unknown): TextPiece[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "delta", content }];
  if (Array.isArray(content)) return content.flatMap(contentPieces);
  return isRecord(content) ? partPieces(content) : [];
}

function partPieces(part: JsonRecord): TextPiece[] {
  if (part.type !== "thinking") return contentPieces(textIn(part, "text"));
  return contentPieces(part.thinking).map(({ content }) => ({ type: "reasoning", content }));
}
