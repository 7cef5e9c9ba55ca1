// Visitors stop a reasoning model again and again. The provider bills what the model has written, whether or not
// anybody has seen it, but never more than the cap.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { routes } from "../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicFrame,
  azureAnswer,
  azureFrame,
  insertAfter,
  slowly,
  stallAfter,
  type ReceivedRequest,
  type Scenario,
  type Step,
} from "../fault-server/index.ts";
import { endingCode, readStream, sentBody, TestVisitor } from "../support/client.ts";
import { books, startLedgerRig, type LedgerRig } from "../worker/support/ledger-rig.ts";

/** What the provider bills, in US dollars per token; the assistants have the same prices. */
const usdPerInputToken = 1e-6;
const usdPerOutputToken = 5e-6;

const asked = 260;
const atOnce = 20;

/** How fast the model writes. Where its reasoning is hidden, nobody sees how much it has written. */
const tokensPerMs = 1.5;
/** How long the model continues to write after the connection has closed. */
const noticesAfterMs = 100;

/** How long a visitor watches at most before they stop, in milliseconds. */
const watchMs = 600;

interface Setup {
  assistant: string;
  /** The assistant's cap: some two hundred turns at their highest cost. */
  capUsd: number;
  /** The provider reasons for ten seconds. */
  reasons: Scenario;
  /** The provider reports the usage so far, and then sends nothing more. */
  reports: Scenario;
}

/** How many output tokens the provider reports. */
const reportedTokens = 985;
const silence = (step: Step): Step[] => Array.from({ length: 500 }, () => step);
const thoughts = Array.from({ length: 500 }, (_, at) => `Thought ${at} of many, and none of them is the answer yet. `);

const claudeUsage = { output_tokens: reportedTokens, output_tokens_details: { thinking_tokens: 900 } };
const claudeReports = insertAfter(
  1,
  [anthropicFrame({ type: "message_delta", delta: {}, usage: claudeUsage })],
  anthropicAnswer({ text: "never" }),
);
const azureUsage = {
  prompt_tokens: 60,
  completion_tokens: reportedTokens,
  total_tokens: 60 + reportedTokens,
  completion_tokens_details: { reasoning_tokens: 900 },
};
const azureReports = insertAfter(
  2,
  [azureFrame({ id: "x", model: "m", choices: [], usage: azureUsage })],
  azureAnswer({ text: "never" }),
);

const setups: Readonly<Record<string, Setup>> = {
  anthropicVisible: {
    assistant: "claude-stopped",
    capUsd: 1.2,
    reasons: slowly(20, anthropicAnswer({ thinking: thoughts })),
    reports: stallAfter(2, claudeReports),
  },
  anthropicHidden: {
    assistant: "claude-stopped",
    capUsd: 1.2,
    reasons: slowly(20, insertAfter(1, silence(anthropicFrame({ type: "ping" })), anthropicAnswer())),
    reports: stallAfter(2, claudeReports),
  },
  azureVisible: {
    assistant: "azure-stopped",
    capUsd: 2.4, // its requests have more room, because the model always thinks
    reasons: slowly(20, azureAnswer({ reasoning: thoughts })),
    reports: stallAfter(3, azureReports),
  },
  azureHidden: {
    assistant: "azure-stopped",
    capUsd: 2.4, // its requests have more room, because the model always thinks
    reasons: slowly(20, insertAfter(2, silence({ send: ": keep-alive\n\n" }), azureAnswer())),
    reports: stallAfter(3, azureReports),
  },
};

/** Runs every setup, each with a ledger of its own. */
export async function prove(): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = { asked, maxCompletionTokens: 1000 };
  for (const [name, setup] of Object.entries(setups)) figures[name] = await stopTurns(setup);
  return figures;
}

async function stopTurns(setup: Setup) {
  await using rig = await startLedgerRig();
  const startedAt = Date.now();
  rig.upstream.script(({ index }) => (isReport(index) ? setup.reports : setup.reasons));
  const codes: string[] = [];
  for (let at = 0; at < asked; at += atOnce) {
    codes.push(...(await Promise.all(Array.from({ length: atOnce }, () => askAndStop(rig, setup.assistant)))));
  }
  const { requests } = rig.upstream;
  await Promise.all(requests.map((request) => rig.upstream.waitUntilLeft(request)));
  await sleep(1000); // a settlement follows the end of the stream
  const { paid, open } = books(rig.state, setup.assistant);
  const billedUsd = rounded(requests.reduce((sum, request) => sum + billed(request), 0));
  const bookedUsd = rounded((paid * 1000) / 1e9);
  const stopped = codes.filter((code) => code === "ok").length;
  assert.ok(stopped >= 200, `${stopped} turns were stopped`);
  assert.equal(stopped, requests.length);
  assert.equal(open, 0);
  assert.ok(billedUsd <= bookedUsd && bookedUsd <= setup.capUsd, `billed $${billedUsd}, booked $${bookedUsd}`);
  return {
    capUsd: setup.capUsd,
    stopped,
    refused: codes.filter((code) => code === "budget_exhausted").length,
    billedUsd,
    bookedUsd,
    isWithinCap: billedUsd <= setup.capUsd,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

/** Whether the provider reports a request's usage before the request is stopped. It does so for every fifth one. */
function isReport(index: number): boolean {
  return index % 5 === 4;
}

/** What the provider bills for a request, in US dollars: the prompt, and what it wrote until it noticed the close. */
function billed({ index, receivedAt, leftAt = Infinity, ...request }: ReceivedRequest): number {
  const body = sentBody(request);
  const most = Number(body["max_tokens"] ?? body["max_completion_tokens"]);
  const written = Math.ceil((leftAt - receivedAt + noticesAfterMs) * tokensPerMs);
  const output = Math.min(isReport(index) ? Math.max(written, reportedTokens) : written, most);
  const input = Math.ceil(JSON.stringify(body.messages).length / 4);
  return input * usdPerInputToken + output * usdPerOutputToken;
}

function rounded(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}

/** A new visitor asks, watches for a while, and stops. @returns how the turn ended */
async function askAndStop({ worker }: LedgerRig, assistant: string): Promise<string> {
  const visitor = await TestVisitor.arrive(worker.url, assistant);
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const body = { conversation, id, userPrompt: "Think hard: what does it cost?" };
  const response = await visitor.send(routes.messages, { body });
  let stopping: Promise<unknown> | undefined;
  const stop = async () => {
    await sleep(Math.random() * watchMs);
    await visitor.send(routes.stop, { body: { conversation, messageId: id } });
  };
  const streamed = await readStream(response, () => void (stopping ??= stop()));
  await stopping;
  return endingCode(streamed);
}
