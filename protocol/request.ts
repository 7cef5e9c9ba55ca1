/** Body of `POST /v1/sessions`. */
export interface SessionRequest {
  /** The assistant's id. */
  assistant: string;
  /** An earlier token of the same visitor. */
  renew?: string;
  /** The site's own signed statement of who is logged in: a JWT. */
  userToken?: string;
  /** With `userToken`: what the visitor of `renew` said before signing in comes along, and that visitor is forgotten. */
  bringAlong?: boolean;
  challengeToken?: string;
}

/** Answer of `POST /v1/sessions`. */
export interface SessionReply {
  token: string;
  expiresInMs: number;
  /** An opaque reference for support. */
  visitor: string;
}

/** What of the host page the visitor lets the assistant see. */
export interface PageContext {
  url: string;
  title: string;
  text: string;
}

/** Body of `POST /v1/messages`. Both ids are UUIDs that the client makes. */
export interface MessageRequest {
  conversation: string;
  /** The user message's id and idempotency key. */
  id: string;
  userPrompt: string;
  pageContext?: PageContext;
  /** An earlier user message that this one stands in place of. */
  replaces?: string;
}

/** Body of `POST /v1/regenerate`. */
export interface RegenerateRequest {
  conversation: string;
  /** The user message to answer again: the last one. */
  message: string;
  /** The new answer's id and idempotency key. */
  id: string;
}

/** Body of `POST /v1/stop`. */
export interface StopRequest {
  conversation: string;
  /** The answer's id. */
  messageId: string;
}

/** Body of `POST /v1/feedback`. */
export interface FeedbackRequest {
  conversation: string;
  /** The answer's id. */
  message: string;
  rating: "up" | "down" | null;
  comment?: string;
}

/** Answer of `GET /v1/assistants/{assistant}`: all that the browser may know of an assistant. */
export interface AssistantProfile {
  id: string;
  title: string;
  tagline?: string;
  welcome: string;
  starters: string[];
  disclosure: string;
  privacyUrl?: string;
  contactUrl?: string;
  /** False where it cannot answer now: no key, or its limit is used up. */
  available: boolean;
  /** The operator's own words for when it is not. */
  unavailable?: string;
  /** SSE event name of each piece. */
  streamVariable: string;
  /** SSE event name of the whole answer. */
  resultVariable: string;
  limits: { maxPromptChars: number };
  features: Record<string, boolean>;
  turnstile?: { siteKey: string };
}

/** Answer of `GET /v1/health`. */
export interface Health {
  status: "ok";
  version: string;
}
