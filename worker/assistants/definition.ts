import type { Rates } from "../models/prices.ts";
import type { ModelCapabilities } from "../models/capabilities.ts";
import type { ContextSourceDefinition } from "../context/source.ts";
import type { Localized } from "./localized.ts";
import type { Effort, ThinkingCapabilities, ThinkingMode } from "../models/thinking.ts";

/** A source that the model may base its answer on. */
export interface SearchResult {
  title: string;
  content: string;
  /** Where it comes from: a URL or a name. */
  source: string;
  /** Relevance: higher is better. The scale depends on the search that found the source. */
  score?: number;
}

/** What a model accepts, for models that are missing or wrong in the built-in tables. */
export type CapabilityOverrides = Partial<ModelCapabilities & Pick<ThinkingCapabilities, "efforts" | "thinking">>;

/** The definition of an assistant, as `assistants/<id>/assistant.ts` exports it. */
export interface AssistantDefinition {
  /**
   * Public: the chat's heading. Like the other texts for visitors, it is one text, or one per language by BCP 47 tag,
   * as in `{ en: "Help", de: "Hilfe" }`: visitors with another language get the first one.
   */
  title: Localized;
  /** Public: one line below the heading. */
  tagline?: Localized;
  /** A note for the operator. It never leaves the worker. */
  description?: string;
  /** Public: the greeting in an empty chat. */
  welcome?: Localized;
  /** Public: suggested questions. A click on one asks it. */
  starters?: Localized<readonly string[]>;
  /** Public: what visitors must know before their first message. */
  disclosure?: Localized;
  /** Public: what visitors agree to before they can write. By default nothing is asked. */
  consent?: Localized;
  /** Public: the page that says how the site uses what visitors type. */
  privacyUrl?: Localized;
  /** Public: where visitors can contact a person. */
  contactUrl?: Localized;
  /** Where visitors' messages to a person are delivered. Without it, `contactUrl` is the only way to a person. */
  handover?: HandoverDefinition;
  /**
   * Public: an image in place of the first letter of the title, in the header, in an empty chat and beside answers. A
   * path on the worker, or an https URL with the origin of the page. An image from anywhere else is not requested.
   */
  avatar?: string;
  /** Name of a connection in `assistants/connections.ts`. */
  connection: string;
  /** Model id; on Azure, the deployment's name. */
  model: string;
  /** The model behind a deployment's name. It determines capabilities and prices. Default: `model`. */
  baseModel?: string;
  /** Overrides the built-in tables for the base model, so that a new model can be used before the tables have it. */
  capabilities?: CapabilityOverrides;
  systemPrompt?: string;
  /** How much of the earlier conversation is sent to the model. */
  history?: HistoryWindow;
  /**
   * What the model may base its answers on: text, a list of passages, or sources that are searched for each question.
   */
  context?: string | readonly SearchResult[] | ContextSourceDefinition | ContextDefinition;
  /**
   * Whether a question may include the text of the page that the visitor is looking at, if the page opts in. The page
   * is then a source in addition to those of `context`. Default true, or false if `promptTemplate` has no `@@context`.
   */
  pageContext?: boolean | PageContextDefinition;
  /**
   * Whether the model writes follow-up questions after each answer: `true` for at most three, or `{ max: 2 }`. Visitors
   * see them as buttons below the newest answer. They cost about 100 input and 60 output tokens per answer. Default
   * false.
   */
  followUps?: boolean | FollowUpsDefinition;
  /** The last message to the model. `@@context` and `@@userPrompt` are replaced in a single pass. */
  promptTemplate?: string;
  /**
   * Anthropic: 0.0 to 1.0, default 1.0. Azure: 0.0 to 2.0, default 0.7. Not sent to models that do not accept one, nor
   * to Claude while it thinks.
   */
  temperature?: number;
  /**
   * How much effort the model puts into an answer: `minimal`, `low`, `medium`, `high`, `xhigh` or `max`, if the model
   * accepts it. If only the effort is set, the model thinks if it can. The default is a quick answer: see `thinking`.
   */
  effort?: Effort;
  /**
   * Whether the model thinks before it answers: `on`, `off` or `between_tools`, if the model accepts it. The
   * default is `off` or `between_tools`. A model that accepts neither thinks with its lowest effort.
   */
  thinking?: ThinkingMode;
  /**
   * Upper bound of an answer, in tokens. Anthropic requires it, and so does a budget. Providers count thinking and
   * follow-up questions toward the limit of a request, so the worker raises that limit to leave room for them.
   */
  maxCompletionTokens?: number;
  /** SSE event name of each piece of an answer. Default `message`. */
  streamVariable?: string;
  /** SSE event name of the complete answer. Default `response`. */
  resultVariable?: string;
  /** Origins whose pages may use the assistant, e.g. `https://www.example.com` or `https://*.my-project.pages.dev`. */
  origins: readonly string[];
  limits?: Limits;
  /** Caps on spending. They require `maxCompletionTokens` and a known price of each model. */
  budget?: Budget;
  /** The model's prices, if the built-in table does not have them or your contract sets others. */
  prices?: Rates;
  /** Models that are tried in order if the one before fails, as long as no part of an answer has been shown. */
  fallbacks?: readonly FallbackDefinition[];
  /** Requires a solved challenge before the first question. The secret is `TURNSTILE_SECRET_KEY`. */
  turnstile?: { siteKey: string };
  /** Speech in the visitors' browsers. All of it is off by default. */
  speech?: SpeechDefinition;
  /** Public: shown while the assistant cannot answer because its budget is used up or a key is missing. */
  unavailable?: Localized;
  /** What the browser may learn about the provider and the model. All off by default. */
  expose?: {
    provider?: boolean;
    model?: boolean;
    /** Adds the provider's own data for each event as `providerData`. */
    providerData?: boolean;
    /** Asks for a summary of what the model thinks, and streams it if the provider sends it. */
    reasoning?: boolean;
  };
  /** Available only with `npm start` and `npm run worker`, never in a deployment. */
  developmentOnly?: boolean;
}

/** Sources that are searched for each question. */
export interface ContextDefinition {
  /** For example `[documents()]`. Text and lists of passages among them are part of every prompt. */
  sources: readonly (string | readonly SearchResult[] | ContextSourceDefinition)[];
  /** Upper bound of all passages that are found for one question, in estimated tokens. Default 2,400. */
  maxTokens?: number;
  /** How many passages are used per question at most. Default 6. */
  maxResults?: number;
  /** How long a search may take, in milliseconds. The turn then continues without the late sources. Default 1,500. */
  timeLimitMs?: number;
  /**
   * What happens if no passage fits the question, or if no source can be searched. `answer`: the model is asked, and is
   * told that there are no passages. `refuse`: the model is not asked, and the visitor reads `nothingFound`, unless
   * they share a page. Default `answer`.
   */
  whenNothingFound?: "answer" | "refuse";
  /** What visitors read with `refuse`, in Markdown. The default links to `contactUrl`, if there is one. */
  nothingFound?: string;
  /**
   * Whether a question in another language than the documents is translated and searched again, if nothing was found
   * for it. The assistant's model translates it. Default true.
   */
  translateQuestions?: boolean;
  /**
   * Whether questions for which nothing was found, or whose answers were rated down, are kept for `npm run gaps`.
   * `docs/gaps.md` says what is kept and for how long. Default false.
   */
  keepUnanswered?: boolean;
}

/** What visitors may do by speech. No audio goes through the worker. */
export interface SpeechDefinition {
  /**
   * Whether answers can be read aloud. `true` and `"local"`: only by voices on the visitor's device. `"any"`: also by
   * voices that send the text to the maker of the browser. Default false.
   */
  readAloud?: boolean | "local" | "any";
  /** Whether questions can be dictated, in browsers that recognize speech on the device. Default false. */
  dictation?: boolean;
}

/** How the text of the page that a visitor is looking at is used. */
export interface PageContextDefinition {
  /**
   * How much of the page's text is part of the prompt, from its beginning, in bytes of UTF-8. Default 16,384, which are
   * about 4,000 tokens in English; at most 65,536.
   */
  maxBytes?: number;
}

/** Questions that visitors could ask next. */
export interface FollowUpsDefinition {
  /** How many at most, from 1 to 3. Default 3. */
  max?: number;
}

/** Where messages to a person are delivered. `docs/handover.md` describes what arrives there. */
export type HandoverDefinition = { webhook: WebhookDefinition } | { email: EmailDefinition };

/** A webhook whose requests are signed as Standard Webhooks specifies. */
export interface WebhookDefinition {
  /** Name of the variable that holds its URL. */
  url: string;
  /** Name of the secret that the messages are signed with: `whsec_` and 24 to 64 bytes in base64. */
  secret: string;
}

/** An e-mail that is sent through Resend, or through a service with the same HTTP API. */
export interface EmailDefinition {
  /** Name of the secret that holds the service's key. */
  apiKey: string;
  /** Name of the variable that holds the URL of another service. Default: Resend's. */
  url?: string;
  /** The sender, as in `Help <help@example.com>`. The service must be allowed to send for this domain. */
  from: string;
  /** The one address that receives the messages. */
  to: string;
}

/** Limits on messages and turns. */
export interface Limits {
  /** Longest message, in UTF-16 units. Default 4,000. */
  maxPromptChars?: number;
  /**
   * Turns of all visitors together per day (UTC). Default 1,000. One visitor may use only a share of it, and so may one
   * address: see {@link Budget}.
   */
  turnsPerDay?: number;
  /** Turns of all visitors together per minute, with the same shares. Default 300. */
  turnsPerMinute?: number;
  /** Turns of all visitors together that may run at the same time, with the same shares. Default 200. */
  runningTurns?: number;
  /** Turns of one visitor per minute. Default 10. */
  visitorTurnsPerMinute?: number;
  /** Turns of one visitor per day (UTC). Default 200. */
  visitorTurnsPerDay?: number;
  /**
   * Messages to a person from all visitors together per day (UTC). Default 200. One address may use only a share of it.
   */
  handoversPerDay?: number;
  /** Messages to a person from one visitor per day (UTC). Default 5. */
  visitorHandoversPerDay?: number;
}

/** Caps in US dollars per UTC day and UTC month. At least one of them is required. */
export interface Budget {
  usdPerDay?: number;
  usdPerMonth?: number;
  /** The share of each cap and of the limits on turns that one visitor may use: above 0, at most 1. Default 0.1. */
  visitorShare?: number;
  /**
   * The share of them that one address may use: above 0, at most 1. Default 0.5, because a whole office may have the
   * same address.
   */
  addressShare?: number;
}

/** Another model, on the same or another connection. Only `maxCompletionTokens` defaults to the assistant's own. */
export interface FallbackDefinition {
  connection: string;
  model: string;
  baseModel?: string;
  capabilities?: CapabilityOverrides;
  temperature?: number;
  effort?: Effort;
  thinking?: ThinkingMode;
  maxCompletionTokens?: number;
  prices?: Rates;
}

/**
 * Limits on the earlier messages that a model sees. The limit that is reached first applies. When a limit is passed,
 * the older half is left out at once, so that a provider's prompt cache can serve the rest for many turns.
 */
export interface HistoryWindow {
  /** Earlier questions with their answers. 0 for none. Default 20. */
  maxTurns?: number;
  /** How many tokens they may have together, as estimated. Default 8,000. */
  maxTokens?: number;
}

/** A connection: an adapter, and the environment variables that hold its settings. */
export interface ConnectionDefinition {
  /** `anthropic` or `azure`. */
  provider: string;
  /** Field of the adapter → name of the variable, e.g. `{apiKey: "ANTHROPIC_API_KEY"}`. */
  variables: Readonly<Record<string, string>>;
}

/** Everything that an operator configures in code. */
export interface ProjectDefinition {
  connections: Readonly<Record<string, ConnectionDefinition>>;
  /** Assistant id → assistant. The id appears in every page that embeds the assistant. */
  assistants: Readonly<Record<string, AssistantDefinition>>;
}

/**
 * Gives an assistant's definition its type, and returns it unchanged. `defineProject`, which knows the file's name,
 * checks it.
 */
export function defineAssistant(definition: AssistantDefinition): AssistantDefinition {
  return definition;
}

/** Gives the connections in `assistants/connections.ts` their type, and returns them unchanged. */
export function defineConnections<Name extends string>(
  connections: Record<Name, ConnectionDefinition>,
): Record<Name, ConnectionDefinition> {
  return connections;
}
