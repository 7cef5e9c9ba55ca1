// An answer is complete once its finish reason has arrived. The worker does not wait long for what should follow. If
// that is missing, the turn ends all the same, and the request to the provider is closed.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Conversation } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  azureAnswer,
  azureDone,
  azureFrame,
  countFrames,
  endAfter,
  stallAfter,
  type Scenario,
  type Step,
} from "../../fault-server/index.ts";
import { deltas, ending, TestVisitor } from "../../support/client.ts";
import { startRig, type Rig } from "../support/rig.ts";

/** Shorter than the limit for the provider's silence, so it ends every turn that would wait for that limit. */
const turnTimeoutMs = 60_000;

let rig: Rig;

before(async () => {
  rig = await startRig({
    variables: { TURN_TIMEOUT_MS: String(turnTimeoutMs), PROVIDER_SILENCE_TIMEOUT_MS: "600000" },
  });
  rig.upstream.script(({ text }) => scenarios.find(({ name }) => text.includes(`<<${name}>>`))?.scenario);
});
after(() => rig[Symbol.asyncDispose]());

const text = ["The tide ", "comes in."];
const whole = text.join("");
const claude = anthropicAnswer({ text });
const gpt = azureAnswer({ text });

const keepAlive: Step = { send: ": keep-alive\n\n" };

/** Sends keep-alives after this many frames, for longer than a turn may take. */
function keepAliveAfter(frames: number, scenario: Scenario): Scenario {
  const pauseMs = 500;
  const beats = Array.from({ length: (2 * turnTimeoutMs) / pauseMs }, (): Step[] => [{ pauseMs }, keepAlive]);
  return { ...scenario, steps: [...endAfter(frames, scenario).steps, ...beats.flat()] };
}

/** Stalls before the last `framesAfter` frames, which would follow the finish reason. */
function silent(answer: Scenario, framesAfter: number): Scenario {
  return stallAfter(countFrames(answer) - framesAfter, answer);
}

function piece(content: string): Step {
  return azureFrame({ model: "m", choices: [{ index: 0, delta: { content }, finish_reason: "stop" }] });
}

interface Case {
  name: string;
  assistant: "plain" | "thinking-hidden";
  scenario: Scenario;
  /** The expected finish reason or error code; `stop` by default. */
  ends?: string;
  /** Whether the provider's own counts arrived. */
  isCounted?: boolean;
}

const anthropic = { assistant: "plain" } as const;
const azure = { assistant: "thinking-hidden" } as const;

const scenarios: readonly Case[] = [
  { ...anthropic, name: "Anthropic: the end marker is missing", scenario: silent(claude, 1), isCounted: true },
  {
    ...anthropic,
    name: "Anthropic: keep-alives instead of the end marker",
    scenario: keepAliveAfter(countFrames(claude) - 1, claude),
    isCounted: true,
  },
  {
    ...anthropic,
    name: "Anthropic: an unknown stop reason, and then nothing",
    scenario: silent(anthropicAnswer({ text, stopReason: "future_reason" }), 1),
    ends: "upstream_truncated",
  },
  { ...azure, name: "Azure: the usage and the end marker are missing", scenario: silent(gpt, 2) },
  { ...azure, name: "Azure: the end marker is missing", scenario: silent(gpt, 1), isCounted: true },
  {
    ...azure,
    name: "Azure: keep-alives instead of the usage",
    scenario: keepAliveAfter(countFrames(gpt) - 2, gpt),
  },
  {
    ...azure,
    name: "Azure: a failure as its finish reason, and then nothing",
    scenario: silent(azureAnswer({ text, finishReason: "error" }), 2),
    ends: "provider_unavailable",
  },
  {
    ...azure,
    name: "Azure: an unknown finish reason, and then nothing",
    scenario: silent(azureAnswer({ text, finishReason: "future_reason" }), 2),
    ends: "upstream_truncated",
  },
];

describe("something is missing after the finish reason", { concurrency: true }, () => {
  for (const { name, assistant, ends = "stop", isCounted } of scenarios) {
    test(name, async () => {
      const { last, answer, asked } = await ask(assistant, name);
      assert.equal(last.type === "error" ? last.code : last.finishReason, ends);
      assert.equal(last.content, whole);
      assert.deepEqual([answer.status, answer.content], [ends === "stop" ? "complete" : "failed", whole]);
      if (isCounted !== undefined || ends === "stop") {
        assert.equal(last.usage.source, isCounted === true ? "provider" : "estimated");
      }
      await rig.upstream.waitUntilLeft(asked);
    });
  }
});

test("a finish reason in every piece ends nothing: the answer goes on after a pause", async () => {
  const name = "in every piece";
  const pause: Step = { pauseMs: 4000 };
  const steps = [piece("The tide "), piece("comes "), pause, piece("in."), azureDone];
  rig.upstream.script({ steps });
  const { last } = await ask("thinking-hidden", name);
  assert.deepEqual([last.type === "response" && last.finishReason, last.content], ["stop", whole]);
});

/** Asks, and waits for the end. */
async function ask(assistant: Case["assistant"], name: string) {
  const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
  const conversation = crypto.randomUUID();
  const streamed = await visitor.ask(`<<${name}>> ${conversation}`, { conversation });
  const asked = rig.upstream.requests.find((request) => request.text.includes(conversation));
  assert.ok(asked);
  const [, answer]: Conversation["messages"] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  const last = ending(streamed);
  assert.equal(deltas(streamed), last.content);
  return { last, answer, asked };
}
