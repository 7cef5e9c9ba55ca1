import { defineAssistant, defineConnections, type AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { canary } from "../../support/canary.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

/** The tests' connections: Anthropic, and Azure in its three URL forms and with Entra ID. */
const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  models: { provider: "azure", variables: { endpoint: "MODELS_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
  deployments: { provider: "azure", variables: { endpoint: "DEPLOYMENTS_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
  v1: { provider: "azure", variables: { endpoint: "V1_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
  entra: {
    provider: "azure",
    variables: {
      endpoint: "MODELS_ENDPOINT",
      tenantId: "AZURE_TENANT_ID",
      clientId: "AZURE_CLIENT_ID",
      clientSecret: "AZURE_CLIENT_SECRET",
      authorityHost: "AZURE_AUTHORITY_HOST",
    },
  },
  keyless: { provider: "anthropic", variables: { apiKey: "A_KEY_THAT_IS_NOT_SET" } },
});

const origins = ["http://localhost:*", "https://*.my-project.pages.dev"];

/** Everything that an assistant can set, on either provider. */
const everything = {
  tagline: "A tagline",
  description: "CANARY-DESCRIPTION",
  welcome: "Welcome!",
  starters: ["First?", "Second?"],
  disclosure: "It can be wrong.",
  privacyUrl: "https://example.com/privacy",
  systemPrompt: "CANARY-SYSTEM-PROMPT You are a test.",
  history: { maxTurns: 2, maxTokens: 1000 },
  context: [
    { title: "Tea", content: "Tea is served at four.", source: "https://example.com/tea", score: 0.9 },
    { title: "Cake", content: "Cake is served at five.", source: "handbook" },
  ],
  promptTemplate: "CANARY-TEMPLATE Context: @@context\nQuestion: @@userPrompt",
  temperature: 0.3,
  maxCompletionTokens: 321,
  streamVariable: "piece",
  resultVariable: "whole",
  origins,
  expose: { provider: true, model: true, providerData: true, reasoning: true },
} satisfies Partial<AssistantDefinition>;

const unlimited = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};
const planted = { systemPrompt: `You know a secret: ${canary}`, description: `Only for the operator: ${canary}` };
const plain = { origins, limits: unlimited, ...planted };
const gpt4o = { model: "my-deployment", baseModel: "gpt-4o" };

/** Output costs one dollar per million tokens, and the rest is free: 1,000 tokens cost a tenth of a cent. */
const dollarPerMillion = { input: 0, cached: 0, cacheWrite: 0, output: 1 };

const capped = {
  ...plain,
  maxCompletionTokens: 1000,
  prices: dollarPerMillion,
  budget: { usdPerDay: 0.1, visitorShare: 1, addressShare: 1 },
} satisfies Partial<AssistantDefinition>;

/** The tests' project: one assistant per tested feature. */
export const project = defineProject({
  connections,
  assistants: {
    "anthropic-all": defineAssistant({
      ...everything,
      title: "Everything",
      connection: "anthropic",
      model: "claude-sonnet-4-5",
    }),
    "azure-all": defineAssistant({ ...everything, ...gpt4o, title: "Everything", connection: "models" }),
    anthropic: defineAssistant({
      ...plain,
      title: "Anthropic",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
    }),
    azure: defineAssistant({ ...plain, ...gpt4o, title: "Azure", connection: "models" }),
    "anthropic-thinking": defineAssistant({
      ...plain,
      title: "Anthropic, with its reasoning",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      expose: { reasoning: true },
    }),
    "azure-thinking": defineAssistant({
      ...plain,
      ...gpt4o,
      title: "Azure, with its reasoning",
      connection: "models",
      expose: { reasoning: true },
    }),
    deployments: defineAssistant({ ...plain, ...gpt4o, title: "Azure, deployments", connection: "deployments" }),
    v1: defineAssistant({ ...plain, ...gpt4o, title: "Azure, v1", connection: "v1" }),
    entra: defineAssistant({ ...plain, ...gpt4o, title: "Azure, Entra ID", connection: "entra" }),
    thinking: defineAssistant({
      ...plain,
      title: "Thinks aloud",
      connection: "anthropic",
      model: "claude-opus-5-5",
      maxCompletionTokens: 100,
      expose: { reasoning: true },
    }),
    "anthropic-hot": defineAssistant({
      ...plain,
      title: "A temperature that its model does not support",
      connection: "anthropic",
      model: "claude-opus-5",
      temperature: 0.5,
      maxCompletionTokens: 100,
    }),
    "azure-reasoning": defineAssistant({
      ...plain,
      title: "A reasoning model",
      connection: "models",
      model: "my-reasoner",
      baseModel: "gpt-5-mini",
      temperature: 0.5,
      maxCompletionTokens: 222,
    }),
    "azure-override": defineAssistant({
      ...plain,
      title: "A model with a wrong entry in the table",
      connection: "models",
      model: "brand-new",
      baseModel: "gpt-5-mini",
      capabilities: { temperature: true, maxTokensField: "max_tokens" },
      temperature: 0.5,
      maxCompletionTokens: 222,
    }),
    "text-context": defineAssistant({
      ...plain,
      title: "Text as context, the default template",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      context: "The password of the day is swordfish.",
    }),
    "list-context": defineAssistant({
      ...plain,
      title: "Passages as context, the default template",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      context: everything.context,
    }),
    "three-a-day": defineAssistant({
      ...planted,
      origins,
      title: "Three turns per day",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      limits: { turnsPerDay: 3, maxPromptChars: 50 },
    }),
    keyless: defineAssistant({
      ...plain,
      title: "No key",
      connection: "keyless",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
    }),
    capped: defineAssistant({
      ...capped,
      title: "A cap for a hundred turns at their highest cost",
      connection: "anthropic",
      model: "claude-opus-5",
    }),
    "capped-settled": defineAssistant({
      ...capped,
      title: "The same, with its own ledger",
      connection: "anthropic",
      model: "claude-opus-5",
    }),
    "capped-unclear": defineAssistant({
      ...capped,
      title: "The same, with its own ledger",
      connection: "anthropic",
      model: "claude-opus-5",
    }),
    "capped-high": defineAssistant({
      ...capped,
      title: "A cap that no test reaches",
      connection: "anthropic",
      model: "claude-opus-5",
      budget: { usdPerDay: 1000, usdPerMonth: 30_000 },
    }),
    "capped-fallback": defineAssistant({
      ...capped,
      title: "A cap, and two fallback models",
      connection: "anthropic",
      model: "claude-opus-5",
      fallbacks: [
        { connection: "models", model: "second", baseModel: "gpt-4o", prices: dollarPerMillion },
        { connection: "anthropic", model: "claude-third", prices: dollarPerMillion },
      ],
    }),
    shared: defineAssistant({
      ...capped,
      title: "A cap, a tenth of it per visitor",
      connection: "anthropic",
      model: "claude-opus-5",
      budget: { usdPerMonth: 0.1, visitorShare: 0.1, addressShare: 0.2 },
    }),
    "shared-address": defineAssistant({
      ...capped,
      title: "The same, with its own ledger",
      connection: "anthropic",
      model: "claude-opus-5",
      budget: { usdPerMonth: 0.1, visitorShare: 0.1, addressShare: 0.2 },
    }),
    "azure-fallback": defineAssistant({
      ...plain,
      ...gpt4o,
      title: "Azure first, then Anthropic",
      connection: "models",
      expose: { provider: true, model: true },
      fallbacks: [{ connection: "anthropic", model: "claude-opus-5", maxCompletionTokens: 100 }],
    }),
    "anthropic-fallback": defineAssistant({
      ...plain,
      title: "Anthropic first, then Azure",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      expose: { provider: true, model: true },
      fallbacks: [{ connection: "models", ...gpt4o }],
    }),
    slowly: defineAssistant({
      ...plain,
      title: "Two turns per minute for each visitor",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      limits: { ...unlimited, visitorTurnsPerMinute: 2 },
    }),
    "long-prompt": defineAssistant({
      ...plain,
      title: "A system prompt long enough to be cached",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      systemPrompt: "Be brief. ".repeat(500),
    }),
    challenged: defineAssistant({
      ...plain,
      title: "A challenge before the first question",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      turnstile: { siteKey: "1x00000000000000000000AA" },
      unavailable: "We are asleep. Write to us.",
    }),
    handed: defineAssistant({
      ...plain,
      title: "A handover to people",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      handover: { webhook: { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" } },
    }),
    "by-keyboard": defineAssistant({
      ...plain,
      title: "Every function",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 1000,
      starters: ["When is tea?"],
      context: everything.context,
      expose: { reasoning: true },
      followUps: true,
      speech: { readAloud: true, dictation: true },
      handover: { webhook: { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" } },
    }),
    elsewhere: defineAssistant({
      ...plain,
      title: "For another site",
      connection: "anthropic",
      model: "claude-opus-5",
      maxCompletionTokens: 100,
      origins: ["https://elsewhere.example.com"],
    }),
  },
});
