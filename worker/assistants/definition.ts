import type { Rates } from "../models/prices.ts";
import type { ModelCapabilities } from "../models/capabilities.ts";

/** One thing that the model may rest its answer on. */
export interface SearchResult {
  title: string;
  content: string;
  /** Where it is from: a URL or a name. */
  source: string;
  /** How well it fits, higher is better; on the scale of whoever found it. */
  score?: number;
}

/** What an operator says about an assistant: the whole of `assistants/<id>/assistant.ts`. */
export interface AssistantDefinition {
  /** Public: the chat's heading. */
  title: string;
  /** Public: one line below it. */
  tagline?: string;
  /** The operator's own note. It never leaves the worker. */
  description?: string;
  /** Public: the first words of an empty chat. */
  welcome?: string;
  /** Public: questions to start with, one click each. */
  starters?: readonly string[];
  /** Public: what a visitor must know before he asks. */
  disclosure?: string;
  /** Public: where the site says what happens to what is typed. */
  privacyUrl?: string;
  /** Public: where a visitor finds a human. */
  contactUrl?: string;
  /** Name of a connection in `assistants/connections.ts`. */
  connection: string;
  /** Model id; on Azure the deployment's name. */
  model: string;
  /** The base model behind a deployment's name, which capabilities and prices go by. Default: `model`. */
  baseModel?: string;
  /** Overrides what the table knows of the base model, so that a new model need not wait for a release. */
  capabilities?: Partial<ModelCapabilities>;
  systemPrompt?: string;
  /** How much of the conversation the model sees again. */
  history?: HistoryWindow;
  /** What the model may rest its answers on: plain text, or search results. */
  context?: string | readonly SearchResult[];
  /** The last message to the model; `@@context` and `@@userPrompt` are replaced, in a single pass. */
  promptTemplate?: string;
  /** Anthropic 0.0 to 1.0, default 1.0; Azure 0.0 to 2.0, default 0.7; not sent to models that take none. */
  temperature?: number;
  /** Upper bound of an answer, in tokens. Anthropic requires it. */
  maxCompletionTokens?: number;
  /** SSE event name of each piece. Default `message`. */
  streamVariable?: string;
  /** SSE event name of the whole answer. Default `response`. */
  resultVariable?: string;
  /** Origins whose pages may use it, e.g. `https://www.example.com` or `https://*.my-project.pages.dev`. */
  origins: readonly string[];
  limits?: Limits;
  /** What may be spent. Where it is set, the maximum of completion tokens must be, and the model's price be known. */
  budget?: Budget;
  /** What the model costs, where the table does not know it, or a contract says something else. */
  prices?: Rates;
  /** Tried in turn where the model before fails, as long as nothing of an answer was shown. */
  fallbacks?: readonly FallbackDefinition[];
  /** Asks for a solved challenge before the first question. Its secret is `TURNSTILE_SECRET_KEY`. */
  turnstile?: { siteKey: string };
  /** Public: what visitors read while the assistant cannot answer, for lack of budget or of a key. */
  unavailable?: string;
  /** What of the provider the browser may see. All off by default. */
  expose?: {
    provider?: boolean;
    model?: boolean;
    /** Adds the provider's own data for each event as `providerData`. */
    providerData?: boolean;
    /** Streams the model's reasoning where the provider gives it. */
    reasoning?: boolean;
  };
  /** It exists under `npm start` and `npm run worker` alone, never in a deployment. */
  developmentOnly?: boolean;
}

/** How much may be asked. */
export interface Limits {
  /** Longest message, in UTF-16 units. Default 4,000. */
  maxPromptChars?: number;
  /** Turns of all visitors together in a day (UTC). Default 1,000. */
  turnsPerDay?: number;
  /** Turns of all visitors together in a minute. Default 300. */
  turnsPerMinute?: number;
  /** Turns of all visitors together that may run at once. Default 200. */
  runningTurns?: number;
  /** Turns of one visitor in a minute. Default 10. */
  visitorTurnsPerMinute?: number;
  /** Turns of one visitor in a day. Default 200. */
  visitorTurnsPerDay?: number;
}

/** Caps in US dollars, in periods of UTC. At least one of the two. */
export interface Budget {
  usdPerDay?: number;
  usdPerMonth?: number;
  /** The part of each cap that one visitor may use, above 0 and up to 1. Default 0.1. */
  visitorShare?: number;
  /** The part of each cap that one address may use, above 0 and up to 1. Default 0.5: an office may sit behind one. */
  addressShare?: number;
}

/** Another model, or the other provider. What is left out is the assistant's own. */
export interface FallbackDefinition {
  connection: string;
  model: string;
  baseModel?: string;
  capabilities?: Partial<ModelCapabilities>;
  temperature?: number;
  maxCompletionTokens?: number;
  prices?: Rates;
}

/** The window of earlier messages that a model sees: whatever bound is met first. */
export interface HistoryWindow {
  /** Earlier questions with their answers. 0 for none. Default 20. */
  maxTurns?: number;
  /** Estimated tokens of them. Default 8,000. */
  maxTokens?: number;
}

/** A connection: which adapter, and which variables of the environment hold its settings. */
export interface ConnectionDefinition {
  /** `anthropic` or `azure`. */
  provider: string;
  /** Field of the adapter → name of the variable, e.g. `{apiKey: "ANTHROPIC_API_KEY"}`. */
  variables: Readonly<Record<string, string>>;
}

/** Everything that an operator configures in code. */
export interface ProjectDefinition {
  connections: Readonly<Record<string, ConnectionDefinition>>;
  /** Assistant id → assistant. The id is in every page that embeds it. */
  assistants: Readonly<Record<string, AssistantDefinition>>;
}

/** Types an assistant's file. It changes nothing: the checks are `defineProject`'s, which knows the file's name. */
export function defineAssistant(definition: AssistantDefinition): AssistantDefinition {
  return definition;
}

/** Types `assistants/connections.ts`. */
export function defineConnections<Name extends string>(
  connections: Record<Name, ConnectionDefinition>,
): Record<Name, ConnectionDefinition> {
  return connections;
}
