/** Body of `POST /v1/sessions`. */
export interface SessionRequest {
  /** The assistant's id. */
  assistant: string;
  /**
   * An earlier token of the same visitor, to be renewed. A named visitor's token is renewed only together with
   * `userToken`.
   */
  renew?: string;
  /** A JWT in which the site states who is logged in. */
  userToken?: string;
  /**
   * With `userToken` and `renew`: moves the anonymous visitor's conversations to the named visitor and deletes the
   * anonymous one.
   */
  bringAlong?: boolean;
  /** Token of a solved Turnstile challenge. */
  challengeToken?: string;
}

/** Response of `POST /v1/sessions`. */
export interface SessionReply {
  token: string;
  expiresInMs: number;
  /**
   * An opaque reference for support requests. It identifies no one and grants no access. It is the same in all of this
   * visitor's sessions with the assistant, so a client can tell whether the visitor has changed.
   */
  visitor: string;
}

/** What the visitor is looking at, if the site shares it. All of it is untrusted: anybody may have written the page. */
export interface PageContext {
  /** A full `http` or `https` URL. */
  url: string;
  /** May be empty. */
  title: string;
  /** The readable text of the page, or its beginning. */
  text: string;
}

/** Upper bounds of a page context. A longer one is refused. */
export const pageContextLimits = {
  /** In UTF-16 units. */
  urlChars: 2000,
  titleChars: 300,
  /** In bytes of UTF-8. An assistant may use less of the text: see `maxPageBytes` in its profile. */
  textBytes: 65_536,
};

/** Body of `POST /v1/messages`. The client creates both ids, as UUIDs. */
export interface MessageRequest {
  conversation: string;
  /** The user message's id and idempotency key. */
  id: string;
  userPrompt: string;
  /** Ignored if the assistant does not accept it. */
  pageContext?: PageContext;
  /** Id of an earlier user message that this one replaces, together with everything after it. */
  replaces?: string;
}

/** Body of `POST /v1/regenerate`. */
export interface RegenerateRequest {
  conversation: string;
  /** Id of the user message to answer again. It must be the last one. */
  message: string;
  /** The new answer's id and idempotency key. */
  id: string;
}

/** Body of `POST /v1/stop`. */
export interface StopRequest {
  conversation: string;
  /** Id of the answer. */
  messageId: string;
}

/** Body of `POST /v1/feedback`. */
export interface FeedbackRequest {
  conversation: string;
  /** Id of the answer. */
  message: string;
  /** `null` removes the rating. */
  rating: "up" | "down" | null;
  comment?: string;
}

/** Body of `POST /v1/handover`: a message to the people behind the assistant. */
export interface HandoverRequest {
  /** Idempotency key, a UUID: a request that is sent again is not delivered again. */
  id: string;
  message: string;
  /** How to reach the visitor, on one line: usually an e-mail address. */
  contact: string;
  /** Id of the conversation that is sent along. If it is missing, no conversation is sent. */
  conversation?: string;
}

/** Upper bounds of a handover, in UTF-16 units. A longer one is refused. */
export const handoverLimits = {
  messageChars: 4000,
  /** An e-mail address has at most 254 characters. */
  contactChars: 254,
};

/** Response of `GET /v1/assistants/{assistant}`: everything that the browser may know about an assistant. */
export interface AssistantProfile extends ChatProfile {
  id: string;
  /** SSE event name of the pieces of an answer. */
  streamVariable: string;
  /** SSE event name of the whole answer. */
  resultVariable: string;
  features: Record<string, boolean>;
  speech?: SpeechSettings;
  consent?: ConsentRequest;
}

/** What visitors agree to before their first message. Missing if the assistant asks for nothing. */
export interface ConsentRequest {
  /** The same in all languages. A different id means that the text has changed, and visitors are asked again. */
  id: string;
  text: string;
}

/** Which speech features of the browser an assistant allows. Missing if it allows none. */
export interface SpeechSettings {
  /** Whether answers can be read aloud: only by voices of the device, or by any voice that the browser has. */
  readAloud?: "local" | "any";
  /** Whether questions can be dictated, where the browser recognizes speech on the device. */
  dictation?: true;
}

/** The part of an assistant's profile that the chat uses. */
export interface ChatProfile {
  title: string;
  tagline?: string;
  welcome: string;
  starters: string[];
  disclosure: string;
  privacyUrl?: string;
  contactUrl?: string;
  /** Whether visitors can write to people: `POST /v1/handover`. */
  handover?: boolean;
  /** An image in place of the title's first letter: an https URL, or a path on the worker. */
  avatar?: string;
  /** False while the assistant cannot answer: no key is set, or its limit is used up. */
  available: boolean;
  /** The operator's message for visitors while the assistant is not available. */
  unavailable?: string;
  limits: {
    maxPromptChars: number;
    /** How much of a page's text is used, in bytes of UTF-8. Missing if the assistant accepts no page context. */
    maxPageBytes?: number;
  };
  turnstile?: { siteKey: string };
  /** `SpeechSettings`. Only code that is loaded on demand reads them. */
  speech?: unknown;
  /** `ConsentRequest`. Only code that is loaded on demand reads it. */
  consent?: unknown;
}

/**
 * What a deployment can lack: a variable of the worker itself, any assistant at all, a key of some assistant's
 * provider, the secret of a challenge, or a variable of a handover.
 */
export type UnconfiguredPart = "worker" | "assistants" | "provider" | "challenge" | "handover";

/** Response of `GET /v1/health`. */
export interface Health {
  /** `not_configured`, with the HTTP status 503, while no visitor can get an answer. */
  status: "ok" | "not_configured";
  version: string;
  /** What is not configured. Empty if nothing is missing. The names of the variables are in the worker's log. */
  notConfigured: UnconfiguredPart[];
}
