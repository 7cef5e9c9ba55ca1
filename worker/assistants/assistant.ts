import type { SpeechSettings } from "../../protocol/index.ts";
import type { ModelCapabilities } from "../models/capabilities.ts";
import type { NanoUsd, Price } from "../models/prices.ts";
import type { ModelThinking } from "../models/thinking.ts";
import { fixedPassages, isSearched } from "../context/fixed-passages.ts";
import type { ContextResult, ContextSourceDefinition } from "../context/source.ts";
import { defaultDisclosure, defaultWelcome } from "./default-texts.ts";
import type {
  AssistantDefinition,
  Budget,
  ContextDefinition,
  HandoverDefinition,
  Limits,
  SpeechDefinition,
} from "./definition.ts";
import { textFor } from "./localized.ts";
import type { Localized } from "./localized.ts";

/** A checked assistant, with every default filled in. */
export interface Assistant {
  id: string;
  title: Localized;
  tagline?: Localized;
  welcome: Localized;
  starters: Localized<readonly string[]>;
  disclosure: Localized;
  consent?: Localized;
  privacyUrl?: Localized;
  contactUrl?: Localized;
  handover?: HandoverDefinition;
  avatar?: string;
  /** The models that can answer, the assistant's own first. */
  models: readonly [AssistantModel, ...AssistantModel[]];
  systemPrompt?: string;
  history: { maxTurns: number; maxTokens: number };
  context: AssistantContext;
  /** How much of a visitor's page is used, in bytes of UTF-8; undefined if the page is not used. */
  pageContext?: { maxBytes: number };
  /** What the model is asked to suggest after its answers; undefined if it is asked for nothing. */
  followUps?: FollowUps;
  promptTemplate?: string;
  streamVariable: string;
  resultVariable: string;
  origins: readonly string[];
  limits: Required<Limits>;
  budget?: { nanoUsdPerDay?: NanoUsd; nanoUsdPerMonth?: NanoUsd; visitorShare: number; addressShare: number };
  turnstile?: { siteKey: string };
  /** Undefined if neither reading aloud nor dictation is allowed. */
  speech?: SpeechSettings;
  unavailable?: Localized;
  expose: { provider: boolean; model: boolean; providerData: boolean; reasoning: boolean };
  developmentOnly: boolean;
}

/** What the model is asked to suggest after its answers. */
export interface FollowUps {
  /** How many questions it suggests at most. */
  max: number;
  /** Whether it can suggest that a person takes over. */
  handover: boolean;
}

/** What an assistant's answers are based on. Both lists are empty if it has no context. */
export interface AssistantContext {
  /** Part of every prompt, whatever is asked. */
  fixed: readonly ContextResult[];
  /** Searched for each question. */
  searched: readonly ContextSourceDefinition[];
  maxTokens: number;
  maxResults: number;
  timeLimitMs: number;
  whenNothingFound: "answer" | "refuse";
  /** In Markdown. */
  nothingFound: string;
  translateQuestions: boolean;
  /** Whether unanswered questions are kept for the operator. */
  keepUnanswered: boolean;
}

/** A model that can answer: the assistant's own, or a fallback. */
export interface AssistantModel {
  connection: string;
  /** Public name of the provider behind the connection. */
  provider: string;
  model: string;
  baseModel: string;
  capabilities: ModelCapabilities;
  temperature?: number;
  thinking: ModelThinking;
  /** Whether the provider's API accepts search results as a separate type of content, and cites them. */
  citesResults?: boolean;
  /**
   * The token limit that is sent to the provider and that reservations are based on. It covers the answer, thinking and
   * follow-up questions.
   */
  maxCompletionTokens?: number;
  /** Undefined if the price is not known. Every model of an assistant with a budget has a price. */
  price?: Price;
}

const defaultLimits: Required<Limits> = {
  maxPromptChars: 4000,
  turnsPerDay: 1000,
  turnsPerMinute: 300,
  runningTurns: 200,
  visitorTurnsPerMinute: 10,
  visitorTurnsPerDay: 200,
  handoversPerDay: 200,
  visitorHandoversPerDay: 5,
};

/**
 * The default shares of the limits that one visitor and one address may use. They apply even if the assistant has no
 * budget.
 */
export const defaultShares = { visitorShare: 0.1, addressShare: 0.5 };

/**
 * Fills in the defaults of a definition that has passed its checks.
 * @param models the assistant's own and its fallbacks
 */
export function completeAssistant(id: string, definition: AssistantDefinition, models: Assistant["models"]): Assistant {
  const { tagline, consent, privacyUrl, contactUrl, avatar, handover } = definition;
  const { systemPrompt, promptTemplate, turnstile, unavailable } = definition;
  return {
    id,
    title: definition.title,
    ...{ tagline, consent, privacyUrl, contactUrl, avatar, handover },
    ...{ systemPrompt, promptTemplate, turnstile, unavailable },
    welcome: definition.welcome ?? defaultWelcome,
    starters: definition.starters ?? [],
    disclosure: definition.disclosure ?? defaultDisclosure,
    models,
    history: { maxTurns: 20, maxTokens: 8000, ...definition.history },
    context: completeContext(definition),
    pageContext: completePageContext(definition),
    followUps: completeFollowUps(definition, handover !== undefined),
    streamVariable: definition.streamVariable ?? "message",
    resultVariable: definition.resultVariable ?? "response",
    origins: definition.origins,
    limits: { ...defaultLimits, ...definition.limits },
    speech: completeSpeech(definition.speech),
    budget: definition.budget && completeBudget(definition.budget),
    expose: { provider: false, model: false, providerData: false, reasoning: false, ...definition.expose },
    developmentOnly: definition.developmentOnly ?? false,
  };
}

/** The sources of a context: those that a definition lists, or the one that is given without a definition. */
export function sourcesOf(context: NonNullable<AssistantDefinition["context"]>): ContextDefinition["sources"] {
  return typeof context === "object" && "sources" in context ? context.sources : [context];
}

/** Fills in the defaults of a definition's context. */
export function completeContext({ context = [], contactUrl }: AssistantDefinition): AssistantContext {
  const { sources: _, ...ownSettings }: ContextDefinition =
    typeof context === "object" && "sources" in context ? context : { sources: [] };
  const sources = sourcesOf(context);
  const contact = contactUrl === undefined ? "" : ` [Contact us](${textFor(contactUrl)}), and we will help.`;
  return {
    fixed: sources.flatMap(fixedPassages),
    searched: sources.filter(isSearched),
    maxTokens: 2400,
    maxResults: 6,
    timeLimitMs: 1500,
    whenNothingFound: "answer",
    nothingFound: `I found nothing about that in our documents.${contact}`,
    translateQuestions: true,
    keepUnanswered: false,
    ...ownSettings,
  };
}

/** Off by default if a prompt template has no place for the context: the page would be lost. */
function completePageContext({ pageContext, promptTemplate }: AssistantDefinition): Assistant["pageContext"] {
  const canHold = promptTemplate?.includes("@@context") ?? true;
  if (!(pageContext ?? canHold)) return undefined;
  return { maxBytes: 16_384, ...(typeof pageContext === "object" ? pageContext : {}) };
}

/** @param handover whether visitors can write to a person */
function completeFollowUps({ followUps = false }: AssistantDefinition, handover: boolean): FollowUps | undefined {
  return followUps === false ? undefined : { max: (followUps === true ? undefined : followUps.max) ?? 3, handover };
}

function completeSpeech({ readAloud, dictation }: SpeechDefinition = {}): SpeechSettings | undefined {
  if (!readAloud && !dictation) return undefined;
  return {
    readAloud: readAloud ? (readAloud === "any" ? "any" : "local") : undefined,
    dictation: dictation || undefined,
  };
}

function completeBudget({
  usdPerDay,
  usdPerMonth,
  visitorShare = defaultShares.visitorShare,
  addressShare = defaultShares.addressShare,
}: Budget): Assistant["budget"] {
  return { nanoUsdPerDay: inNanoUsd(usdPerDay), nanoUsdPerMonth: inNanoUsd(usdPerMonth), visitorShare, addressShare };
}

function inNanoUsd(usd: number | undefined): NanoUsd | undefined {
  return usd === undefined ? undefined : Math.floor(usd * 1e9);
}
