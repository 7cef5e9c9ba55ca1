import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { documents } from "../../../worker/context/full-text/documents.ts";

/** Limits that no test reaches. */
const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "AZURE_AI_API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

const common = { origins: ["http://localhost:*"], limits, maxCompletionTokens: 1000, systemPrompt: "You help." };

/** The project for the list of everything that is stored and sent: assistants that use every feature. */
export const project = defineProject({
  connections,
  assistants: {
    anthropic: defineAssistant({
      ...common,
      title: "Uses everything",
      connection: "anthropic",
      model: "claude-opus-5",
      privacyUrl: "/privacy",
      handover: { webhook: { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" } },
      context: { sources: [documents()], keepUnanswered: true, timeLimitMs: 60_000 },
      turnstile: { siteKey: "1x00000000000000000000AA" },
      expose: { reasoning: true, provider: true, model: true, providerData: true },
      followUps: true,
      budget: { usdPerDay: 1000 },
    }),
    asking: defineAssistant({
      ...common,
      title: "Asks for consent",
      connection: "anthropic",
      model: "claude-opus-5",
      consent: "What you write is stored for 30 days.",
      budget: { usdPerDay: 1000 },
    }),
    azure: defineAssistant({
      ...common,
      title: "Azure",
      connection: "azure",
      model: "gpt-4o",
      limits: { ...limits, turnsPerDay: 4 },
      handover: { email: { apiKey: "EMAIL_KEY", url: "EMAIL_URL", from: "a@example.com", to: "b@example.com" } },
      budget: { usdPerDay: 1000, visitorShare: 1, addressShare: 1 },
    }),
  },
});
