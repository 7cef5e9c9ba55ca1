import { defineAssistant, defineConnections, type AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { guides } from "./guides.ts";
import { taglines, titles, starters, welcomes } from "./words.ts";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  keyless: { provider: "anthropic", variables: { apiKey: "A_KEY_THAT_IS_NOT_SET" } },
});

const many = 1_000_000;

const plain = {
  title: "Nordhafen support",
  connection: "anthropic",
  model: "claude-opus-5",
  maxCompletionTokens: 1000,
  origins: ["http://localhost:*"],
  privacyUrl: "/privacy",
  limits: {
    ...{ turnsPerDay: many, turnsPerMinute: many, runningTurns: many },
    ...{ visitorTurnsPerMinute: many, visitorTurnsPerDay: many },
  },
} satisfies AssistantDefinition;

const sillwatt = {
  ...plain,
  title: titles,
  tagline: taglines,
  welcome: welcomes,
  starters,
  context: { sources: [guides()], timeLimitMs: 60_000 },
  followUps: true,
  expose: { reasoning: true },
} satisfies AssistantDefinition;

const handover = { webhook: { url: "HANDOVER_URL", secret: "HANDOVER_SECRET" } };
const contactUrl = "mailto:help@sillwatt.example";
const brand = { ...sillwatt, tagline: "Answers from 42 pages" };

/** The project for pictures. It has one assistant for each thing that pictures show. */
export const project = defineProject({
  connections,
  assistants: {
    sillwatt: defineAssistant(sillwatt),
    speaking: defineAssistant({ ...sillwatt, speech: { readAloud: true } }),
    dictating: defineAssistant({ ...sillwatt, speech: { dictation: true } }),
    plain: defineAssistant(plain),
    reading: defineAssistant({ ...sillwatt, context: { sources: [guides(true)], timeLimitMs: 60_000 } }),
    handed: defineAssistant({ ...sillwatt, handover, contactUrl }),
    closed: defineAssistant({
      ...sillwatt,
      connection: "keyless",
      handover,
      contactUrl,
      unavailable: "Our team can. We reply within one working day.",
    }),
    limited: defineAssistant({ ...sillwatt, limits: { ...plain.limits, visitorTurnsPerMinute: 1 } }),
    terse: defineAssistant({ ...sillwatt, limits: { ...plain.limits, maxPromptChars: 80 } }),
    lumen: defineAssistant({ ...brand, title: "Lumen desk" }),
    ofenwerk: defineAssistant({ ...brand, title: "Ofenwerk" }),
    nordhafen: defineAssistant({ ...brand, title: "Nordhafen docs" }),
    marlene: defineAssistant({ ...brand, title: "Marlene", tagline: "Usually answers at once" }),
  },
});
