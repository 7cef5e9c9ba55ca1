// Pieces of an answer that arrive together are sent to the browser together, even if the provider reports usage with
// each of them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  anthropicAnswer,
  anthropicFrame,
  azureFrame,
  startFaultServer,
  type FaultServer,
  type Scenario,
  type Step,
} from "../../fault-server/index.ts";
import { streamHead } from "../../fault-server/faults.ts";
import { deltas, ending, TestVisitor, type Streamed } from "../../support/client.ts";
import { startTestWorker, type TestWorker } from "../../support/worker.ts";

const count = 1000;
const pieces = Array.from({ length: count }, (_, at) => `${at} `);

/** How long pieces are gathered before they are sent together, in milliseconds. */
const gatherMs = 60;

/** Events besides the pieces: start, statuses, the end. */
const otherEvents = 6;

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  const azure = { AZURE_AI_API_KEY: "k", MODELS_ENDPOINT: `${upstream.url}/models` };
  worker = await startTestWorker({
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url, ...azure },
  });
});
after(async () => {
  await worker.stop();
  await upstream.close();
});

/** Adds cumulative usage after each piece. */
function withUsage({ steps }: Scenario): Scenario {
  let tokens = 0;
  const isPiece = (step: Step) => "send" in step && step.send.includes('_delta","');
  const usage = () => anthropicFrame({ type: "message_delta", delta: {}, usage: { output_tokens: (tokens += 1) } });
  return { steps: steps.flatMap((step) => (isPiece(step) ? [step, usage()] : [step])) };
}

/** Chat completions with usage in each frame, as some vendors send it. */
function chatAnswer(field: string): Scenario {
  const frame = (delta: Record<string, unknown>, finish_reason: string | null, at: number) =>
    azureFrame({
      id: "c",
      model: "m",
      choices: [{ index: 0, delta, finish_reason }],
      usage: { prompt_tokens: 12, completion_tokens: at + 1, total_tokens: at + 13 },
    });
  const steps = pieces.map((piece, at) => frame({ [field]: piece }, null, at));
  const text = field === "content" ? [] : [frame({ content: "So." }, null, count)];
  return { steps: [streamHead(), ...steps, ...text, frame({}, "stop", count), { send: "data: [DONE]\n\n" }] };
}

/** The same answer in one write, so that its pieces arrive as quickly as they can be read. */
function atOnce({ steps }: Scenario): Scenario {
  const body = steps.map((step) => ("send" in step ? step.send : "")).join("");
  return { steps: [streamHead(), { send: body }] };
}

async function ask(assistant: string, scenario: Scenario): Promise<Streamed & { tookMs: number }> {
  upstream.script(atOnce(scenario));
  const visitor = await TestVisitor.arrive(worker.url, assistant);
  const askedAt = performance.now();
  const streamed = await visitor.ask("Hi");
  return { ...streamed, tookMs: performance.now() - askedAt };
}

function assertGathered({ frames, tookMs }: Streamed & { tookMs: number }): void {
  const most = otherEvents + 2 + tookMs / gatherMs;
  assert.ok(frames.length <= most, `${frames.length} events in ${Math.round(tookMs)} ms`);
}

const wires = {
  anthropic: {
    text: anthropicAnswer({ text: pieces }),
    textWithUsage: withUsage(anthropicAnswer({ text: pieces })),
    reasoningWithUsage: withUsage(anthropicAnswer({ thinking: pieces, text: "So." })),
  },
  azure: {
    text: chatAnswer("content"),
    textWithUsage: chatAnswer("content"),
    reasoningWithUsage: chatAnswer("reasoning_content"),
  },
};

for (const [assistant, wire] of Object.entries(wires)) {
  describe(assistant, () => {
    test("1,000 pieces with usage in every frame are about as many events as without", async (t) => {
      const streamed = await ask(assistant, wire.textWithUsage);
      t.diagnostic(`${streamed.frames.length} events, ${streamed.raw.length} bytes`);
      assert.equal(deltas(streamed), pieces.join(""));
      assertGathered(streamed);
      const last = ending(streamed);
      assert.equal(last.usage.source, "provider");
      assert.ok(last.usage.outputTokens >= count || assistant === "anthropic", JSON.stringify(last.usage));
      assert.ok(streamed.frames.some(({ event }) => event.type === "delta" && event.usage !== undefined));
    });

    test("1,000 pieces of reasoning are gathered like those of the answer", async (t) => {
      const streamed = await ask(`${assistant}-thinking`, wire.reasoningWithUsage);
      t.diagnostic(`${streamed.frames.length} events, ${streamed.raw.length} bytes`);
      const reasoning = streamed.frames.map(({ event }) => (event.type === "reasoning" ? event.content : ""));
      assert.equal(reasoning.join(""), pieces.join(""));
      assert.equal(deltas(streamed), "So.");
      assertGathered(streamed);
      const types = streamed.frames.map(({ event }) => event.type);
      assert.ok(types.lastIndexOf("reasoning") < types.indexOf("delta"), "the order changed");
    });
  });
}
