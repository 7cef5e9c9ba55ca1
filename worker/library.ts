/**
 * What an operator's own project imports as `rivulet-chat/worker`. The project's entry is a few lines that pass its
 * assistants to `createApp` and to the two object classes.
 */
export { createApp } from "./app.ts";
export { defineAssistant, defineConnections } from "./assistants/definition.ts";
export type {
  AssistantDefinition,
  Budget,
  CapabilityOverrides,
  ConnectionDefinition,
  ContextDefinition,
  EmailDefinition,
  FallbackDefinition,
  FollowUpsDefinition,
  HandoverDefinition,
  HistoryWindow,
  Limits,
  PageContextDefinition,
  ProjectDefinition,
  SearchResult,
  WebhookDefinition,
} from "./assistants/definition.ts";
export { defineProject, ProjectError } from "./assistants/project.ts";
export type { Project } from "./assistants/project.ts";
export { documents } from "./context/full-text/documents.ts";
export type { DocumentsDefinition, DocumentsSettings } from "./context/full-text/documents.ts";
export { fuseRankings } from "./context/fuse-rankings.ts";
export type { Fused } from "./context/fuse-rankings.ts";
export { PartialResults } from "./context/partial-results.ts";
export { ContextError } from "./context/source.ts";
export type {
  ContextLimits,
  ContextQuery,
  ContextResult,
  ContextScope,
  ContextSource,
  ContextSourceDefinition,
  Reserve,
} from "./context/source.ts";
export type { Env } from "./env.ts";
export { LedgerObject } from "./ledger/ledger.ts";
export type { Rates } from "./models/prices.ts";
export type { Effort, ThinkingMode } from "./models/thinking.ts";
export { VisitorObject } from "./visitor/visitor.ts";
