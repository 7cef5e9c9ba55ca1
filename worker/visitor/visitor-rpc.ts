import {
  ChatError,
  type Conversation,
  type ConversationList,
  type ErrorCode,
  type Feedback,
  type PageContext,
} from "../../protocol/index.ts";

/** A reply of a visitor's object to a route. Errors are returned as values: a thrown error would lose its code. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: RefusedError };

/** A `ChatError` as it crosses from an object to a route. */
export interface RefusedError {
  code: ErrorCode;
  retryAfterMs?: number;
  field?: string;
  detail?: string;
}

/** A stream of bytes: server-sent events, or the JSON of an export or of moved rows. */
export type Bytes = ReadableStream<Uint8Array>;

/** A question, with what the worker itself knows about it. */
export interface Question {
  assistant: string;
  conversation: string;
  /** The user message's id. */
  id: string;
  userPrompt: string;
  /** What the visitor is looking at. */
  pageContext?: PageContext;
  /** An earlier user message that this one replaces. */
  replaces?: string;
  requestId: string;
  /** An opaque id of the IP address that the request came from. */
  address: string;
}

/** A request for another answer. */
export interface Regeneration {
  assistant: string;
  conversation: string;
  /** Id of the user message to answer again: the conversation's last one. */
  message: string;
  /** The new answer's id. */
  id: string;
  requestId: string;
  /** An opaque id of the IP address that the request came from. */
  address: string;
}

/** A message to a person, with what the worker itself knows about it. */
export interface HandoverPress {
  assistant: string;
  /** The idempotency key. */
  id: string;
  message: string;
  contact: string;
  /** The conversation that is sent along. */
  conversation?: string;
  /** An opaque id of the IP address that the request came from. */
  address: string;
}

/**
 * The methods of a visitor's object: everything that the routes know of it. Except in `signIn` and `revoke`, the first
 * argument is the generation in which the session token was issued. A token of an earlier generation is invalid and is
 * refused.
 */
export interface VisitorMethods {
  /**
   * Returns the generation for a new token of a named visitor, whose earlier tokens may have been invalidated.
   * @param signedAt when the site signed who the visitor is, in milliseconds since the epoch
   */
  signIn(signedAt: number): Promise<Reply<number>>;
  /** Only checks the generation. */
  check(generation: number): Promise<Reply<null>>;
  /** Starts a turn, or attaches to the one that has this id. Resolves when the stream may begin. */
  ask(generation: number, question: Question): Promise<Reply<Bytes>>;
  /** Starts a turn for another answer to the last message, or attaches to the one that has this id. */
  regenerate(generation: number, request: Regeneration): Promise<Reply<Bytes>>;
  /** Follows the conversation's turn; null if there is nothing to follow. `after` is a `Last-Event-ID`. */
  follow(generation: number, conversation: string, after: string | undefined): Promise<Reply<Bytes | null>>;
  /**
   * Ends a turn; returns whether it was running. `message` is the answer's id, or the user message's id while the
   * client does not know the answer's id.
   */
  stop(generation: number, conversation: string, message: string): Promise<Reply<boolean>>;
  list(generation: number, cursor: string | undefined): Promise<Reply<ConversationList>>;
  read(generation: number, conversation: string, before: string | undefined): Promise<Reply<Conversation>>;
  rename(generation: number, conversation: string, title: string): Promise<Reply<null>>;
  remove(generation: number, conversation: string): Promise<Reply<null>>;
  rate(generation: number, conversation: string, answer: string, feedback: Feedback | null): Promise<Reply<null>>;
  /** Delivers a message to the operator. Resolves once the operator's webhook or e-mail service has accepted it. */
  handOver(generation: number, press: HandoverPress): Promise<Reply<null>>;
  /** Streams everything that is stored, as the JSON of a `VisitorExport` that is written while it is read. */
  export(generation: number): Promise<Reply<Bytes>>;
  /** Removes everything that is stored, and invalidates every token. */
  forget(generation: number): Promise<Reply<null>>;
  /** Invalidates every token, and keeps the conversations. */
  signOut(generation: number): Promise<Reply<null>>;
  /** Invalidates everything issued so far, including what the site has signed. For the operator. */
  revoke(): Promise<void>;
  /**
   * Streams the rows of the conversations from before signing in, for the object of the named visitor. No turn begins
   * while the rows are read. Call `forget` afterwards to remove them from this object.
   */
  exportRows(generation: number): Promise<Reply<Bytes>>;
  /** Stores the rows that another visitor's object exported. Calling it twice has the same result as once. */
  importRows(generation: number, rows: Bytes): Promise<Reply<null>>;
}

/**
 * Turns what a method returns, or the `ChatError` that it throws, into a reply. Other errors are bugs and are rethrown.
 */
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
 * @throws ChatError if the object refused
 */
export function unwrap<T>(result: Reply<T>): T {
  if (result.ok) return result.value;
  const { code, ...options } = result.error;
  throw new ChatError(code, options);
}
