export { errorCodes, errorStatus, isErrorCode, isRetryable } from "./error-codes.ts";
export type { ErrorCode } from "./error-codes.ts";
export { ChatError, errorBody, errorMessage } from "./errors.ts";
export type { ChatErrorOptions, ErrorBody } from "./errors.ts";
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
  SuggestionsEvent,
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
  ChatProfile,
  FeedbackRequest,
  HandoverRequest,
  Health,
  MessageRequest,
  PageContext,
  RegenerateRequest,
  SessionReply,
  SessionRequest,
  StopRequest,
  UnconfiguredPart,
  SpeechSettings,
} from "./request.ts";
export { handoverLimits, pageContextLimits } from "./request.ts";
export { titleOf } from "./title.ts";
export { heartbeatMs, replayWindowMs, routes, streamRetryMs } from "./routes.ts";
