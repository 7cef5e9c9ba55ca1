import { ConversationController } from "./conversation/controller.ts";
import type { ConversationListener } from "./conversation/controller.ts";
import { createSessionStore } from "./conversation/storage.ts";
import { ChatApi } from "./transport/api.ts";

/** Whom a conversation is with, and who speaks for the visitor. */
export interface ConnectOptions {
  assistant: string;
  /** The site's own signed statement of who is logged in, asked for at the moment when it is needed. */
  getUserToken?: () => Promise<string | undefined>;
}

/**
 * Makes a conversation with an assistant of a worker. Nothing is sent yet.
 * @param options read again whenever a session begins
 * @param endpoint the worker's absolute address
 */
export function connect(
  options: ConnectOptions,
  endpoint: string,
  listener: ConversationListener,
): ConversationController {
  const { assistant } = options;
  const store = createSessionStore(endpoint, assistant);
  const getUserToken = () => options.getUserToken?.() ?? Promise.resolve(undefined);
  return new ConversationController(new ChatApi({ endpoint, assistant, store, getUserToken }), listener);
}
