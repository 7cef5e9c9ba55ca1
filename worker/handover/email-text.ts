import type { Handover, SentConversation, SentMessage } from "./handover.ts";

/**
 * Writes a message as the plain text of an e-mail. What the visitor wrote comes first. Their words and the model's are
 * quoted, so that no message can contain another one's heading: the team must see who has written what.
 */
export function emailText({ message, contact, conversation }: Handover): string {
  const own = `${quoted(message)}\n\nReply to: ${contact}\n`;
  return conversation === undefined ? own : `${own}\n${conversationText(conversation)}`;
}

function conversationText({ messages, isShortened }: SentConversation): string {
  const left = isShortened ? " Earlier messages are left out." : "";
  const head = `The visitor sent this conversation along (${messages.length} messages).${left}`;
  return [head, ...messages.map(messageText)].join("\n\n");
}

function messageText({ role, content, createdAt }: SentMessage): string {
  const name = role === "user" ? "Visitor" : "Assistant (AI)";
  return `--- ${name}, ${createdAt.slice(0, 16).replace("T", " ")} UTC\n${quoted(content)}`;
}

/**
 * Puts `> ` before each line. Every character at which a mail program may begin a new line counts as a line end, so
 * that no line is left unquoted.
 */
function quoted(text: string): string {
  const lines = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
  return lines.map((line) => `> ${line}`.trimEnd()).join("\n");
}
