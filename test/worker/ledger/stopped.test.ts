// What a stopped turn costs. The provider bills everything that it wrote, whether or not anybody saw it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anthropicAnswer, azureAnswer, stallAfter, type Scenario } from "../../fault-server/index.ts";
import { ending, type Streamed } from "../../support/client.ts";
import { askAndStop, startLedgerRig, type LedgerRig } from "../support/ledger-rig.ts";

/** A turn's reservation, in output tokens. Input costs nothing here. */
const reserved = 1000;

/** Tokens that are added for a model that always thinks, at its lowest effort. */
const roomToThink = 1024;

/** Tokens that a provider may write after the last piece that arrived, before its connection is closed. */
const unseenTokens = 256;

let rig: LedgerRig;

before(async () => {
  rig = await startLedgerRig();
});
after(() => rig[Symbol.asyncDispose]());

const isAnswering = (seen: Streamed["frames"]) => seen.some(({ event }) => event.type === "delta");
const isReasoning = (seen: Streamed["frames"]) =>
  seen.some(({ event }) => event.type === "status" && event.status === "reasoning");
const isStarted = (seen: Streamed["frames"]) => seen.some(({ event }) => event.type === "start");

/** Each stream starts, sends one piece of the answer or of thinking, and then nothing until the visitor stops. */
const piece = "A piece. ";
const claudeSpeaks = stallAfter(3, anthropicAnswer({ text: [piece, "never"] }));
const azureSpeaks = stallAfter(3, azureAnswer({ text: [piece, "never"] }));
const claudeThinks = stallAfter(3, anthropicAnswer({ thinking: ["Hm. ", "never"] }));
const azureThinks = stallAfter(3, azureAnswer({ reasoning: ["Hm. ", "never"] }));
/** Thinking is hidden: the stream shows only that the message started. */
const claudeHides = stallAfter(1, anthropicAnswer({ text: ["never"] }));
const azureHides = stallAfter(2, azureAnswer({ text: ["never"] }));

async function assertStopped(
  assistant: string,
  scenario: Scenario,
  isDue: (seen: Streamed["frames"]) => boolean,
  paid: number,
): Promise<void> {
  rig.upstream.script(scenario);
  const last = ending(await askAndStop(rig, assistant, isDue));
  assert.equal(last.type === "response" && last.finishReason, "aborted");
  await rig.assertPaid(assistant, paid);
}

const claudeCases = [
  { scenario: claudeSpeaks, isDue: isAnswering },
  { scenario: claudeThinks, isDue: isReasoning },
  { scenario: claudeHides, isDue: isStarted },
];
const azureCases = [
  { scenario: azureSpeaks, isDue: isAnswering },
  { scenario: azureThinks, isDue: isReasoning },
  { scenario: azureHides, isDue: isStarted },
];

for (const [assistant, cases, reservation] of [
  ["claude-thinks", claudeCases, reserved],
  ["azure-thinks", azureCases, reserved + roomToThink],
  ["azure-unknown", azureCases, reserved],
] as const) {
  test(`${assistant}: a turn that is stopped is settled with its whole reservation`, async () => {
    let paid = 0;
    for (const { scenario, isDue } of cases) {
      paid += reservation;
      await assertStopped(assistant, scenario, isDue, paid);
    }
  });
}

test("a model that is not known to reason, but does, is settled with its whole reservation", async () => {
  await assertStopped("azure-surprise", azureThinks, isReasoning, reserved);
  await assertStopped("claude-off", claudeThinks, isReasoning, reserved);
});

test("a model that reports reasoning tokens is settled with its whole reservation", async () => {
  const usage = { prompt_tokens: 12, completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 15 } };
  const reports = azureAnswer({ text: [piece], usage });
  const isReported = (seen: Streamed["frames"]) => seen.some(({ event }) => event.type === "usage");
  await assertStopped("azure-counted", stallAfter(5, reports), isReported, reserved);
});

test("a model that does not reason is settled with the larger of what it reported and what was seen", async () => {
  const seen = piece.length + unseenTokens;
  await assertStopped("claude-plain", claudeSpeaks, isAnswering, seen);
  await assertStopped("claude-asked", claudeSpeaks, isAnswering, seen);
  await assertStopped("claude-off", claudeSpeaks, isAnswering, reserved + seen);
  await assertStopped("azure-plain", azureSpeaks, isAnswering, seen);
  // The counts arrived, but not the end of the answer.
  const isReported = (frames: Streamed["frames"]) =>
    frames.some(({ event }) => event.type === "usage" && event.usage.outputTokens === 700);
  const claudeReports = stallAfter(5, anthropicAnswer({ text: [piece], usage: { output_tokens: 700 } }));
  await assertStopped("claude-plain", claudeReports, isReported, seen + 700);
  const usage = { prompt_tokens: 12, completion_tokens: 700, total_tokens: 712 };
  const azureReports = stallAfter(5, azureAnswer({ text: [piece], usage }));
  await assertStopped("azure-plain", azureReports, isReported, seen + 700);
});
