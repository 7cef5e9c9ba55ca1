import { defineAssistant } from "../../worker/assistants/definition.ts";
import systemPrompt from "./system.md";

/** The sample assistant on Azure AI Foundry, without context. */
export const foundry = defineAssistant({
  title: "Sillwatt help",
  tagline: "The same assistant, on Azure AI Foundry",
  description: "The demo site's assistant on Azure. `model` is the deployment's name: put yours here.",
  welcome: "Hello! What would you like to know about your kit?",
  starters: [
    "What do I have to register, and where?",
    "My app shows no data. What now?",
    "How much does a kit make in winter?",
  ],
  disclosure: "AI assistant: it can be wrong. Check what matters.",
  privacyUrl: "/privacy",
  connection: "foundry",
  model: "gpt-5-mini",
  baseModel: "gpt-5-mini",
  systemPrompt,
  maxCompletionTokens: 4096,
  origins: ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"],
  // For development and load tests: a deployment's assistant lives well with the defaults.
  limits: {
    turnsPerDay: 1_000_000,
    turnsPerMinute: 100_000,
    runningTurns: 10_000,
    visitorTurnsPerMinute: 10_000,
    visitorTurnsPerDay: 100_000,
  },
  expose: { provider: true, model: true },
  developmentOnly: true,
});
