import { defineAssistant } from "../../worker/assistants/definition.ts";
import { documents } from "../../worker/context/full-text/documents.ts";
import systemPrompt from "./system.md";

/**
 * The sample assistant that answers from documents: the demo's help pages in `demo/content/`. `npm start` brings them in,
 * as `npm run ingest -- handbook demo/content --url /` does.
 */
export const handbook = defineAssistant({
  title: "Sillwatt help",
  tagline: "Answers from the guides, and shows where",
  description: "The demo site's assistant with sources, on Anthropic.",
  welcome: "Hello! Ask me anything about your kit. I answer from our guides and show you the place.",
  starters: [
    "How do I mount the panels on a railing?",
    "Is the battery worth it?",
    "The light blinks red. What does E21 mean?",
  ],
  privacyUrl: "/privacy",
  contactUrl: "/faults#talk-to-a-person",
  connection: "anthropic",
  model: "claude-haiku-5-5",
  systemPrompt,
  context: documents(),
  followUps: true,
  maxCompletionTokens: 1024,
  origins: ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"],
  // In development, one visitor asks everything. A deployment should use the default shares and limits.
  budget: { usdPerDay: 10, visitorShare: 1, addressShare: 1 },
  limits: { visitorTurnsPerMinute: 10_000, visitorTurnsPerDay: 100_000 },
  expose: { provider: true, model: true },
  developmentOnly: true,
});
