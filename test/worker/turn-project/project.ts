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
});

export const assistants = {
  plain: defineAssistant({ ...common, title: "Plain" }),
  other: defineAssistant({ ...common, title: "Another one" }),
  // Deltas with provider data are not combined: every piece is an event.
  chatty: defineAssistant({ ...common, title: "One event per piece", expose: { providerData: true, reasoning: true } }),
};

/** The project for tests of turns and conversations. */
export const project = defineProject({ connections, assistants });
