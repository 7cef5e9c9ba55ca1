import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { shelf } from "../context-project/shelf.ts";

/** Limits that no test reaches. */
const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

const common = { title: "Sees the page", maxCompletionTokens: 1000, origins: ["http://localhost:*"], limits };
const claude = { ...common, connection: "anthropic", model: "claude-opus-5" };
const gpt = { ...common, connection: "azure", model: "gpt-4o" };
const fixed = [{ title: "Imprint", content: "Sillwatt, Berlin.", source: "imprint.md" }];
const searched = { sources: ["We are Sillwatt.", fixed, shelf()], timeLimitMs: 60_000 };

/** The project for tests of page context. */
export const project = defineProject({
  connections,
  assistants: {
    anthropic: defineAssistant(claude),
    azure: defineAssistant(gpt),
    "anthropic-searched": defineAssistant({ ...claude, context: searched }),
    "azure-searched": defineAssistant({ ...gpt, context: searched }),
    refusing: defineAssistant({ ...gpt, context: { ...searched, whenNothingFound: "refuse" } }),
    "anthropic-large": defineAssistant({ ...claude, pageContext: { maxBytes: 65_536 } }),
    "azure-large": defineAssistant({ ...gpt, pageContext: { maxBytes: 65_536 } }),
    small: defineAssistant({ ...gpt, pageContext: { maxBytes: 50 } }),
    template: defineAssistant({ ...claude, promptTemplate: "Context: @@context\nQuestion: @@userPrompt" }),
    off: defineAssistant({ ...gpt, pageContext: false }),
    "no-place": defineAssistant({ ...gpt, promptTemplate: "Question: @@userPrompt" }),
    // A question reserves a few hundred bytes at a millionth of a dollar each, plus the bytes of its page.
    capped: defineAssistant({
      ...gpt,
      prices: { input: 1, cached: 1, cacheWrite: 1, output: 0 },
      budget: { usdPerDay: 0.01, visitorShare: 1, addressShare: 1 },
    }),
  },
});
