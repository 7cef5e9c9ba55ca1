import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { documents } from "../../../worker/context/full-text/documents.ts";
import { shelf } from "../context-project/shelf.ts";

const common = {
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 1000,
  origins: ["http://localhost:*"],
};

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
});

export const assistants = {
  keeping: defineAssistant({
    ...common,
    title: "Keeps unanswered questions",
    context: { sources: [documents()], keepUnanswered: true },
  }),
  refusing: defineAssistant({
    ...common,
    title: "Keeps them, and refuses",
    context: { sources: [documents()], keepUnanswered: true, whenNothingFound: "refuse" },
  }),
  shelf: defineAssistant({
    ...common,
    title: "Keeps them, with a source of its own",
    context: { sources: [shelf()], keepUnanswered: true },
  }),
  // `keepUnanswered` is off by default.
  plain: defineAssistant({ ...common, title: "Keeps none", context: { sources: [documents(), shelf()] } }),
};

/** The project for tests of unanswered questions. */
export const project = defineProject({ connections, assistants });
