/** The worker's paths, relative to its endpoint. Parameters are escaped here and nowhere else. */
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
  handover: "/v1/handover",
  challenge: (assistant: string) => `/v1/challenge/${encodeURIComponent(assistant)}`,
  visitor: "/v1/visitor",
  visitorExport: "/v1/visitor/export",
} as const;

/** How long a client waits before it reconnects, in milliseconds: the stream's `retry:` field. */
export const streamRetryMs = 1000;

/** How long a stream can be silent before it sends a comment, in milliseconds. */
export const heartbeatMs = 15_000;

/** How long a turn can be replayed from its log after it has ended, in milliseconds. */
export const replayWindowMs = 5 * 60_000;
