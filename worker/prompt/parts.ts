/** One part of a message. Images, files and tool results would be further members of this union. */
export type MessagePart = TextPart | ResultsPart;

/** A piece of text. */
export interface TextPart {
  type: "text";
  text: string;
}

/** Search results for a model whose API cites them by itself. Every other model gets them as text. */
export interface ResultsPart {
  type: "results";
  results: readonly NumberedResult[];
}

/** A passage that a model may base its answer on, with the number by which it is cited. */
export interface NumberedResult {
  /** Counts from 1. */
  index: number;
  title: string;
  /** Where it comes from, as the model reads it: a URL, a path or a name. */
  source: string;
  url?: string;
  content: string;
}

/** The parts of a message that consists of one text. */
export function textParts(text: string): MessagePart[] {
  return [{ type: "text", text }];
}

/** The text of a message: all of its text parts joined, without its search results. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** Whether a text has nothing to read: it is empty, or has only white space and invisible characters. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}]/u.test(text);
}
