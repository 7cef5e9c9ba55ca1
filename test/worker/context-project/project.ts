import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { documents } from "../../../worker/context/full-text/documents.ts";
import { shelf, unbound } from "./shelf.ts";

const common = {
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 1000,
  origins: ["http://localhost:*"],
  history: { maxTurns: 5 },
};

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "ANTHROPIC_API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

const azure = { ...common, connection: "azure", model: "gpt-4.1-mini" };
const sources = [shelf("en")];

export const assistants = {
  claude: defineAssistant({ ...common, title: "Claude", context: { sources, timeLimitMs: 1000 } }),
  foundry: defineAssistant({ ...azure, title: "Foundry", context: { sources, timeLimitMs: 1000 } }),
  refusing: defineAssistant({
    ...common,
    title: "Refuses",
    contactUrl: "https://example.com/contact",
    context: { sources: [shelf()], timeLimitMs: 1000, whenNothingFound: "refuse" },
  }),
  documents: defineAssistant({ ...common, title: "Documents", context: documents() }),
  "documents-foundry": defineAssistant({ ...azure, title: "Documents", context: documents() }),
  "documents-or-refusal": defineAssistant({
    ...common,
    title: "Documents, or a refusal",
    context: { sources: [documents()], whenNothingFound: "refuse" },
  }),
  "documents-unbound": defineAssistant({ ...common, title: "No binding", context: documents({ database: "OTHER" }) }),
  patient: defineAssistant({
    ...common,
    title: "Waits for its source, and has background and a fixed passage",
    context: {
      sources: [
        "We are Sillwatt.",
        [{ title: "Imprint", content: "Sillwatt, Berlin.", source: "imprint.md" }],
        shelf(),
        unbound,
      ],
      timeLimitMs: 60_000,
    },
  }),
  de: defineAssistant({
    ...common,
    title: "Answers from German documents",
    context: { sources: [documents({ language: "de" })], timeLimitMs: 60_000 },
  }),
  // A question reserves up to 0.0002 dollars for input, including the input of its translation.
  capped: defineAssistant({
    ...azure,
    title: "Has a cap",
    prices: { input: 1, cached: 1, cacheWrite: 1, output: 0 },
    budget: { usdPerDay: 1, visitorShare: 1, addressShare: 1 },
    context: { sources },
  }),
};

/** The project for tests of retrieval. */
export const project = defineProject({ connections, assistants });
