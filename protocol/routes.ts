/** The paths of the worker, relative to its endpoint. Parameters are escaped here and nowhere else. */
export const routes = {
  health: "/v1/health",
  assistant: (assistant: string) => `/v1/assistants/${encodeURIComponent(assistant)}`,
  sessions: "/v1/sessions",
  conversations: "/v1/conversations",
  conversation: (conversation: string) => `/v1/conversations/${encodeURIComponent(conversation)}`,
  stream: (conversation: string) => `/v1/conversations/${encodeURIComponent(conversation)}/stream`,
  messages: "/v1/messages",
  regenerate: "/v1/regenerate",
  stop: "/v1/stop",
  feedback: "/v1/feedback",
  challenge: (assistant: string) => `/v1/challenge/${encodeURIComponent(assistant)}`,
  visitor: "/v1/visitor",
  visitorExport: "/v1/visitor/export",
} as const;

/** Milliseconds that a client waits before it reconnects, as the stream's `retry:` line says. */
export const streamRetryMs = 1000;

/** After so many milliseconds of silence a stream sends a comment. */
export const heartbeatMs = 15_000;

/** So long after its end, in milliseconds, a turn can still be followed from its log. */
export const replayWindowMs = 5 * 60_000;
