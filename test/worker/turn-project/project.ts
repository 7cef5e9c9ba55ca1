import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

/** Limits that no test reaches. */
const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

const common = {
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 1000,
  origins: ["http://localhost:*"],
  limits,
};

export const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "ANTHROPIC_API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

/** A model that always thinks. */
const thinking = { ...common, model: "claude-opus-5-5" };

export const assistants = {
  plain: defineAssistant({ ...common, title: "Plain" }),
  other: defineAssistant({ ...common, title: "Another one" }),
  thinking: defineAssistant({ ...thinking, title: "Thinks, and does not show it" }),
  "thinking-aloud": defineAssistant({ ...thinking, title: "Thinks aloud", expose: { reasoning: true } }),
  "thinking-hidden": defineAssistant({ ...common, title: "Thinks, unseen", connection: "azure", model: "gpt-5-mini" }),
  // A turn reserves 1,000 tokens for the answer and 2,048 for thinking; the cap is 5,000.
  "thinking-capped": defineAssistant({
    ...thinking,
    title: "Thinks, with a cap",
    prices: { input: 0, cached: 0, cacheWrite: 0, output: 1 },
    budget: { usdPerDay: 0.005, visitorShare: 1, addressShare: 1 },
  }),
  // Deltas with provider data are not combined: every piece is an event. The same is true of `chatty`.
  "chatty-cited": defineAssistant({
    ...common,
    title: "One event per piece, from a document",
    context: [{ title: "Tides", content: "High tide is at four.", source: "tides" }],
    expose: { providerData: true, reasoning: true },
  }),
  chatty: defineAssistant({ ...common, title: "One event per piece", expose: { providerData: true, reasoning: true } }),
};

/** The project for tests of turns and conversations. */
export const project = defineProject({ connections, assistants });
