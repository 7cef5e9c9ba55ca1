import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { documents } from "../../../worker/context/full-text/documents.ts";
import type { ContextSourceDefinition } from "../../../worker/context/source.ts";

const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
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

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
});

/** A source that finds one passage after this many milliseconds. */
function waiting(ms: number): ContextSourceDefinition {
  return {
    name: "waiting",
    open: () => ({
      name: "waiting",
      async search() {
        if (ms > 0) await scheduler.wait(ms);
        return [{ id: "1", title: "A passage", content: "What was found." }];
      },
    }),
  };
}

/** The project for `npm run prove -- context-latency`. The ledger of `late` takes 150 ms. */
export const project = defineProject({
  connections,
  assistants: {
    plain: defineAssistant({ ...common, title: "No context" }),
    scale: defineAssistant({ ...common, title: "Documents", context: documents({ minScore: 0 }) }),
    quick: defineAssistant({ ...common, title: "A source at once", context: waiting(0) }),
    late: defineAssistant({ ...common, title: "A source after 300 ms", context: waiting(300) }),
  },
});
