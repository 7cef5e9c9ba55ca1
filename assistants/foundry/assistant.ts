import { defineAssistant } from "../../worker/assistants/definition.ts";
import systemPrompt from "./system.md";

/** The sample assistant on Azure AI Foundry, without context. */
export const foundry = defineAssistant({
  title: "Sillwatt help",
  tagline: "The same assistant, on Azure AI Foundry",
  description: "The demo site's assistant on Azure. Set `model` to the name of your deployment.",
  welcome: "Hello! What would you like to know about your kit?",
  starters: [
    "What do I have to register, and where?",
    "My app shows no data. What can I do?",
    "How much power does a kit produce in winter?",
  ],
  privacyUrl: "/privacy",
  connection: "foundry",
  // Quick and cheap, and one of the models that can answer without thinking first, which is the default.
  model: "gpt-5.4-mini",
  baseModel: "gpt-5.4-mini",
  systemPrompt,
  followUps: true,
  maxCompletionTokens: 1024,
  origins: ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"],
  // In development, one visitor asks everything. A deployment should use the default shares.
  budget: { usdPerDay: 10, visitorShare: 1, addressShare: 1 },
  // High limits for development and load tests. A deployment should use the defaults.
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
