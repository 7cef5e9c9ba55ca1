import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
});

const webhook = { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" };
const email = { apiKey: "EMAIL_KEY", url: "EMAIL_URL", from: "Help <help@example.com>", to: "team@example.com" };
const common = {
  title: { en: "Help", de: "Hilfe" },
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 100,
  origins: ["http://localhost:*"],
  limits: { handoversPerDay: 1000, visitorHandoversPerDay: 1000 },
};

/** The project for tests of messages to a person. */
export const project = defineProject({
  connections,
  assistants: {
    webhook: defineAssistant({ ...common, handover: { webhook } }),
    email: defineAssistant({ ...common, handover: { email } }),
    none: defineAssistant(common),
    "not-set": defineAssistant({ ...common, handover: { webhook: { ...webhook, secret: "NO_SUCH_SECRET" } } }),
    "two-each": defineAssistant({
      ...common,
      handover: { webhook },
      limits: { handoversPerDay: 1000, visitorHandoversPerDay: 2 },
    }),
    "four-a-day": defineAssistant({ ...common, handover: { webhook }, limits: { handoversPerDay: 4 } }),
  },
});
