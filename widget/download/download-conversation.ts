import type { Conversation } from "../../protocol/index.ts";
import type { ConversationController } from "../conversation/controller.ts";
import { undelivered } from "../conversation/state.ts";
import { fetchConversation } from "../conversation/stored-conversations.ts";
import type { ChatApi } from "../transport/api.ts";
import { TransportError } from "../transport/failure.ts";
import { assistantName } from "../view/assistant.ts";
import type { ViewContext } from "../view/context.ts";
import { conversationFile } from "./conversation-file.ts";
import { fileName } from "./file-name.ts";
import { saveFile } from "./save-file.ts";
import { toMarkdown } from "./to-markdown.ts";

export { saveFile } from "./save-file.ts";

/** The kinds of files that a conversation can be saved as. */
export type FileFormat = "markdown" | "json";

/**
 * Saves the open conversation as a file, with all of its messages, not only those that are shown.
 * @throws TransportError if they cannot be read
 */
export async function downloadConversation(
  format: FileFormat,
  controller: ConversationController,
  context: ViewContext,
): Promise<void> {
  const { api, state } = controller;
  const now = Date.now();
  const file = conversationFile({
    assistant: { id: api.assistant, title: assistantName(context) },
    stored: await fetchAll(api, state.conversation),
    undelivered: undelivered(state),
    now,
  });
  const isMarkdown = format === "markdown";
  const text = isMarkdown ? toMarkdown(file, context.strings) : JSON.stringify(file, undefined, 2);
  const type = isMarkdown ? "text/markdown;charset=utf-8" : "application/json";
  saveFile(new Blob([text], { type }), fileName(file.title, now, isMarkdown ? "md" : "json"));
}

/** Reads a conversation page by page. One whose first question has not been delivered is not stored yet. */
async function fetchAll(api: ChatApi, id: string): Promise<Pick<Conversation, "id" | "title" | "messages">> {
  const newest = await fetchConversation(api, id).catch((error: unknown) => {
    if (error instanceof TransportError && error.code === "not_found") return undefined;
    throw error;
  });
  const messages = newest?.messages.toReversed() ?? [];
  for (let before = newest?.previous; before !== undefined;) {
    const page = await fetchConversation(api, id, before);
    messages.push(...page.messages.toReversed());
    before = page.previous;
  }
  return { id, title: newest?.title ?? "", messages: messages.reverse() };
}
