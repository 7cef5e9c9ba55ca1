import { defineAssistant, defineConnections, type AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  models: { provider: "azure", variables: { endpoint: "MODELS_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
});

/** Limits that no test reaches. */
const unlimited = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

/** Output costs one dollar per million tokens, and the rest is free: a turn at its maximum costs a tenth of a cent. */
const prices = { input: 0, cached: 0, cacheWrite: 0, output: 1 };

const capped = {
  origins: ["http://localhost:*"],
  limits: unlimited,
  maxCompletionTokens: 1000,
  prices,
  budget: { usdPerDay: 1, visitorShare: 1, addressShare: 1 },
} satisfies Partial<AssistantDefinition>;

const claude = { connection: "anthropic", model: "claude-sonnet-4-5" };
const thinkingClaude = { connection: "anthropic", model: "claude-sonnet-5-5" };
const quietClaude = { connection: "anthropic", model: "claude-haiku-5-5", thinking: "off" as const };
const claude48 = { connection: "anthropic", model: "claude-opus-4-8" };
const deployment = (baseModel: string) => ({ connection: "models", model: "my-deployment", baseModel });

/** The browser gets each report of usage as an event. */
const open = { expose: { providerData: true } };

/** A cap for about two hundred turns at their highest cost. */
const stopped = {
  ...capped,
  prices: { input: 1, cached: 0.1, cacheWrite: 1.25, output: 5 },
  budget: { usdPerDay: 1.2, visitorShare: 1, addressShare: 1 },
} satisfies Partial<AssistantDefinition>;

/** An assistant without a budget whose other limits no test reaches. */
const counted = { origins: ["http://localhost:*"], ...claude, maxCompletionTokens: 1000 };

/** The project for tests of the ledger: each test has assistants of its own, and so ledgers of its own. */
export const project = defineProject({
  connections,
  assistants: {
    "claude-thinks": defineAssistant({ ...capped, ...thinkingClaude, title: "Thinks by default" }),
    "azure-thinks": defineAssistant({ ...capped, ...deployment("gpt-5-mini"), title: "A reasoning model" }),
    "azure-unknown": defineAssistant({ ...capped, ...deployment("brand-new-1"), title: "No table knows this model" }),
    "claude-off": defineAssistant({ ...capped, ...quietClaude, title: "Thinks by default, but is told not to" }),
    "claude-plain": defineAssistant({ ...capped, ...claude, ...open, title: "Does not think unless it is asked to" }),
    "claude-asked": defineAssistant({ ...capped, ...claude48, title: "Thinks only if it is asked to" }),
    "azure-plain": defineAssistant({ ...capped, ...deployment("gpt-4o"), ...open, title: "Does not reason" }),
    "azure-surprise": defineAssistant({ ...capped, ...deployment("gpt-4o"), title: "Reasons all the same" }),
    "azure-counted": defineAssistant({
      ...capped,
      ...deployment("gpt-4o"),
      ...open,
      title: "Reports that it reasoned",
    }),
    "claude-usage": defineAssistant({ ...capped, ...claude, title: "Reports odd usage" }),
    "azure-usage": defineAssistant({ ...capped, ...deployment("gpt-4o"), title: "Reports odd usage" }),
    "claude-stopped": defineAssistant({ ...stopped, ...thinkingClaude, title: "Is stopped again and again" }),
    "azure-stopped": defineAssistant({
      ...stopped,
      ...deployment("gpt-5-mini"),
      title: "Always thinks, and is stopped again and again",
      budget: { ...stopped.budget, usdPerDay: 2.4 },
    }),
    "twice-fallen": defineAssistant({
      ...capped,
      ...claude,
      title: "Two fallbacks",
      fallbacks: [
        { connection: "models", model: "second", baseModel: "gpt-4o", prices },
        { ...claude, model: "claude-haiku-4-5", prices },
      ],
    }),
    "per-day": defineAssistant({ ...counted, title: "20 per day", limits: { ...unlimited, turnsPerDay: 20 } }),
    "per-minute": defineAssistant({ ...counted, title: "20 per minute", limits: { ...unlimited, turnsPerMinute: 20 } }),
    running: defineAssistant({ ...counted, title: "20 at once", limits: { ...unlimited, runningTurns: 20 } }),
    "half-each": defineAssistant({
      ...capped,
      ...claude,
      title: "Shares of its own",
      limits: { ...unlimited, turnsPerDay: 20 },
      budget: { usdPerDay: 1000, visitorShare: 0.5, addressShare: 0.75 },
    }),
    "two-each": defineAssistant({
      ...counted,
      title: "Two turns per visitor and day",
      limits: { ...unlimited, visitorTurnsPerDay: 2 },
    }),
  },
});
