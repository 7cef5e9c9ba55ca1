/**
 * One part of a message. Text is the only kind so far: search results, images, files and tool results become further
 * members of this union.
 */
export type MessagePart = TextPart;

/** A piece of text. */
export interface TextPart {
  type: "text";
  text: string;
}

/** A message that is a text and nothing else. */
export function textParts(text: string): MessagePart[] {
  return [{ type: "text", text }];
}

/** The text of a message, as people read it and as titles are made from it. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.map((part) => part.text).join("");
}

/** Whether a text has nothing to read: it is empty, or white space and invisible characters. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}]/u.test(text);
}
