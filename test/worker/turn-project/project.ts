import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

/** As many turns as a test wants. */
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
  // What carries the provider's own data is not gathered: every piece is an event.
  chatty: defineAssistant({ ...common, title: "An event a piece", expose: { providerData: true, reasoning: true } }),
};

/** The project of the tests of turns and conversations. */
export const project = defineProject({ connections, assistants });
