import {
  createApp,
  defineAssistant,
  defineConnections,
  defineProject,
  LedgerObject,
  VisitorObject,
} from "../../../worker/library.ts";

/** Limits that the benchmark does not reach. */
const limits = {
  turnsPerDay: 1_000_000,
  turnsPerMinute: 1_000_000,
  runningTurns: 1_000_000,
  visitorTurnsPerMinute: 1_000_000,
  visitorTurnsPerDay: 1_000_000,
};

/** The assistant has a budget, so that the ledger reserves and settles money for every turn, as in production. */
const bench = defineAssistant({
  title: "Bench",
  connection: "anthropic",
  model: "claude-opus-5",
  systemPrompt: "Answer briefly, and say so when you do not know.",
  maxCompletionTokens: 1000,
  origins: ["http://localhost:*"],
  limits,
  budget: { usdPerDay: 1_000_000, visitorShare: 1, addressShare: 1 },
});

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
});

const project = defineProject({ connections, assistants: { bench } });

/** The visitor objects of the benchmark. */
export class Visitor extends VisitorObject {
  override readonly project = project;
}

export { LedgerObject as Ledger };

export default createApp(project);
