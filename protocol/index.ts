export { ChatError, errorBody, errorCodes, errorMessage, errorStatus, isErrorCode, isRetryable } from "./errors.ts";
export type { ChatErrorOptions, ErrorBody, ErrorCode } from "./errors.ts";
export { formatEventId, isTerminal, parseChatEvent, parseEventId } from "./events.ts";
export type {
  ChatEvent,
  Citation,
  CitationEvent,
  DeltaEvent,
  ErrorEvent,
  EventId,
  FinishReason,
  ProviderData,
  ReasoningEvent,
  ResponseEvent,
  Source,
  SourcesEvent,
  StartEvent,
  StatusEvent,
  TerminalEvent,
  Timing,
  TurnStatus,
  Usage,
  UsageEvent,
  Warning,
  WarningEvent,
} from "./events.ts";
export type {
  Answer,
  AnswerStatus,
  AssistantMessage,
  Conversation,
  ConversationList,
  ConversationSummary,
  Feedback,
  Message,
  UserMessage,
} from "./conversation.ts";
export type {
  AssistantProfile,
  FeedbackRequest,
  Health,
  MessageRequest,
  PageContext,
  RegenerateRequest,
  SessionReply,
  SessionRequest,
  StopRequest,
} from "./request.ts";
export { heartbeatMs, replayWindowMs, routes, streamRetryMs } from "./routes.ts";
