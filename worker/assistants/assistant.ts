import type { ModelCapabilities } from "../providers/provider.ts";
import type { AssistantDefinition, SearchResult } from "./definition.ts";

/** An assistant after its checks: every default filled in. */
export interface Assistant {
  id: string;
  title: string;
  tagline?: string;
  welcome: string;
  starters: readonly string[];
  disclosure: string;
  privacyUrl?: string;
  contactUrl?: string;
  connection: string;
  /** Public name of the provider behind the connection. */
  provider: string;
  model: string;
  baseModel: string;
  capabilities: ModelCapabilities;
  systemPrompt?: string;
  history: { maxTurns: number; maxTokens: number };
  context?: string | readonly SearchResult[];
  promptTemplate?: string;
  temperature?: number;
  maxCompletionTokens?: number;
  streamVariable: string;
  resultVariable: string;
  origins: readonly string[];
  limits: { maxPromptChars: number; turnsPerDay: number };
  expose: { provider: boolean; model: boolean; providerData: boolean; reasoning: boolean };
  developmentOnly: boolean;
}

/** What a visitor reads before he asks, where the operator wrote nothing of his own. */
const defaultDisclosure = "You are talking to an AI assistant. It can be wrong.";
const defaultWelcome = "Hello! How can I help?";

/** Fills in the defaults of a definition that has passed its checks. */
export function completeAssistant(
  id: string,
  definition: AssistantDefinition,
  known: { provider: string; capabilities: ModelCapabilities },
): Assistant {
  const { description: _private, ...shown } = definition;
  return {
    ...shown,
    id,
    welcome: definition.welcome ?? defaultWelcome,
    starters: definition.starters ?? [],
    disclosure: definition.disclosure ?? defaultDisclosure,
    provider: known.provider,
    baseModel: definition.baseModel ?? definition.model,
    capabilities: known.capabilities,
    history: { maxTurns: 20, maxTokens: 8000, ...definition.history },
    streamVariable: definition.streamVariable ?? "message",
    resultVariable: definition.resultVariable ?? "response",
    limits: { maxPromptChars: 4000, turnsPerDay: 1000, ...definition.limits },
    expose: { provider: false, model: false, providerData: false, reasoning: false, ...definition.expose },
    developmentOnly: definition.developmentOnly ?? false,
  };
}
