import { ChatError, type Conversation, type ConversationList, type ErrorCode } from "../../protocol/index.ts";

/** What a route asks of a visitor's object. Errors cross the border as values: a thrown one would lose its code. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: RefusedError };

/** A `ChatError` as it crosses from an object to a route. */
export interface RefusedError {
  code: ErrorCode;
  retryAfterMs?: number;
  field?: string;
  detail?: string;
}

/** A question, with what the worker itself knows about it. */
export interface Question {
  assistant: string;
  conversation: string;
  /** The user message's id. */
  id: string;
  userPrompt: string;
  requestId: string;
}

/** The methods of a visitor's object: all that the routes know of it. */
export interface VisitorMethods {
  /** Starts a turn, or attaches to the one that has this id. Resolves when the stream may begin. */
  ask(question: Question): Promise<Reply<ReadableStream<Uint8Array>>>;
  /** Follows the conversation's turn; null where there is nothing to follow. `after` is a `Last-Event-ID`. */
  follow(conversation: string, after: string | undefined): Promise<Reply<ReadableStream<Uint8Array> | null>>;
  /** Whether a turn was running and now ends. `message` is the answer's id, or the user message's before there is one. */
  stop(conversation: string, message: string): Promise<Reply<boolean>>;
  list(cursor: string | undefined): Promise<Reply<ConversationList>>;
  read(conversation: string, before: string | undefined): Promise<Reply<Conversation>>;
}

/** Makes a reply of what a method returns or throws. A bug is thrown on. */
export async function reply<T>(method: () => T | Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await method() };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    const { code, retryAfterMs, field, detail } = error;
    return { ok: false, error: { code, retryAfterMs, field, detail } };
  }
}

/**
 * Unwraps a reply on the route's side.
 * @throws ChatError where the object refused
 */
export function unwrap<T>(result: Reply<T>): T {
  if (result.ok) return result.value;
  const { code, ...options } = result.error;
  throw new ChatError(code, options);
}
