import { defineAssistant } from "../../worker/assistants/definition.ts";
import systemPrompt from "./system.md";

/** The sample assistant on Anthropic, without context. */
export const claude = defineAssistant({
  title: "Sillwatt help",
  tagline: "Answers about your balcony solar kit",
  description: "The demo site's assistant on Anthropic.",
  welcome: "Hello! What would you like to know about your kit?",
  starters: [
    "Which light on the Core means a fault?",
    "Is the battery worth it?",
    "How do I mount the panels on a railing?",
  ],
  privacyUrl: "/privacy",
  connection: "anthropic",
  // The quickest and cheapest of the current models: enough for questions that a page of help can answer, and it does
  // not think before it answers unless `thinking` is on. For harder questions, `claude-sonnet-5-5` costs 20 times as much.
  model: "claude-haiku-5-5",
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
