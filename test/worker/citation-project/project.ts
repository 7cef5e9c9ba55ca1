import injection from "../../data/injection.json" with { type: "json" };
import { documents } from "../../../worker/context/full-text/documents.ts";
import { defineAssistant, defineConnections, type AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

/** Limits that no test reaches. */
const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

const common = { title: "Answers from documents", maxCompletionTokens: 1000, origins: ["http://localhost:*"], limits };
const claude = { ...common, connection: "anthropic", model: "claude-opus-5" };
const gpt = { ...common, connection: "azure", model: "gpt-4o" };

const context: NonNullable<AssistantDefinition["context"]> = [
  { title: "Tea", content: "Tea is served at four.", source: "https://example.com/tea", score: 0.9 },
  { title: "Cake", content: "Cake is served at five.", source: "handbook" },
];

const promptTemplate = "Context: @@context\nQuestion: @@userPrompt";
const hostile = injection.map(({ text, title = "Tea" }) => ({ title, content: text, source: title }));

/** The project for tests of citations: the same assistants on both providers. */
export const project = defineProject({
  connections,
  assistants: {
    anthropic: defineAssistant({ ...claude, context }),
    azure: defineAssistant({ ...gpt, context }),
    "anthropic-template": defineAssistant({ ...claude, context, promptTemplate }),
    "azure-template": defineAssistant({ ...gpt, context, promptTemplate }),
    "anthropic-exposed": defineAssistant({ ...claude, context, expose: { providerData: true } }),
    "azure-exposed": defineAssistant({ ...gpt, context, expose: { providerData: true } }),
    "anthropic-fallback": defineAssistant({
      ...claude,
      context,
      fallbacks: [{ connection: "azure", model: "gpt-4o" }],
    }),
    "azure-fallback": defineAssistant({
      ...gpt,
      context,
      fallbacks: [{ connection: "anthropic", model: "claude-opus-5" }],
    }),
    "anthropic-hostile": defineAssistant({ ...claude, context: hostile }),
    "azure-hostile": defineAssistant({ ...gpt, context: hostile }),
    "template-hostile": defineAssistant({ ...claude, context: hostile, promptTemplate }),
    "azure-site": defineAssistant({
      ...gpt,
      context: { sources: [documents({ minScore: 0 })], maxResults: 20, maxTokens: 60_000 },
    }),
    "azure-plain": defineAssistant(gpt),
  },
});
