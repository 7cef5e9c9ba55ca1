// The usage that a provider reports is believed only up to what the request could have used.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Usage } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicErrorFrame,
  azureAnswer,
  azureDone,
  azureError,
  azureErrorFrame,
  azureFrame,
  breakAfter,
  insertAfter,
  streamHead,
} from "../../fault-server/index.ts";
import { ending, endingCode } from "../../support/client.ts";
import { askOnce, startLedgerRig, type LedgerRig } from "../support/ledger-rig.ts";

/** A turn's reservation, in output tokens. Input costs nothing here. */
const reserved = 1000;

/** More than any request of these tests sends, in bytes. */
const sentBytes = 500;

let rig: LedgerRig;
const paid: Record<string, number> = {};

before(async () => {
  rig = await startLedgerRig();
});
after(() => rig[Symbol.asyncDispose]());

/**
 * Runs one more turn of the assistant.
 * @param costs what the turn must cost, in output tokens
 * @returns its usage, once the ledger shows that cost
 */
async function turn(assistant: string, costs: number): Promise<Usage> {
  const { usage } = ending(await askOnce(rig.worker, assistant));
  paid[assistant] = (paid[assistant] ?? 0) + costs;
  await rig.assertPaid(assistant, paid[assistant]);
  return usage;
}

function assertBelievable(usage: Usage): void {
  const { source: _source, ...counts } = usage;
  for (const [name, count] of Object.entries(counts)) {
    assert.ok(Number.isInteger(count) && count >= 0, `${name} is ${String(count)}`);
  }
  assert.ok(usage.inputTokens > 0 && usage.inputTokens <= sentBytes, `${usage.inputTokens} input tokens`);
  assert.ok(usage.outputTokens <= reserved, `${usage.outputTokens} output tokens`);
  assert.ok((usage.cachedInputTokens ?? 0) + (usage.cacheWriteInputTokens ?? 0) <= usage.inputTokens);
  assert.ok((usage.reasoningTokens ?? 0) <= usage.outputTokens);
}

for (const [count, costs] of [
  [9e15, reserved],
  [1e308, reserved],
  [Number.MAX_VALUE, reserved],
  [1001, reserved],
  [999.5, reserved],
] as const) {
  test(`counts of ${count} are cut to what the request could have used`, async () => {
    const details = { input_tokens: count, cache_read_input_tokens: count, cache_creation_input_tokens: count };
    const startUsage = { ...details, output_tokens: count };
    rig.upstream.script(anthropicAnswer({ startUsage, usage: { output_tokens: count } }));
    assertBelievable(await turn("claude-usage", costs));
    const usage = {
      prompt_tokens: count,
      completion_tokens: count,
      total_tokens: count,
      prompt_tokens_details: { cached_tokens: count },
      completion_tokens_details: { reasoning_tokens: count },
    };
    rig.upstream.script(azureAnswer({ usage }));
    assertBelievable(await turn("azure-usage", costs));
  });
}

for (const count of [-5, "700", null, [700], {}]) {
  test(`a count of ${JSON.stringify(count)} is no count: what was seen is settled`, async () => {
    const seen = "Hello.".length + 256;
    rig.upstream.script(
      anthropicAnswer({ startUsage: { input_tokens: count, output_tokens: count }, usage: { output_tokens: count } }),
    );
    assertBelievable(await turn("claude-usage", seen));
    rig.upstream.script(azureAnswer({ usage: { prompt_tokens: count, completion_tokens: count } }));
    assertBelievable(await turn("azure-usage", seen));
  });
}

test("a report of nothing, or of far less than was seen, is no report: what was seen is settled", async () => {
  const text = "A word. ".repeat(50);
  const seen = text.length + 256;
  for (const usage of [
    { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    { prompt_tokens: 12, completion_tokens: 1, total_tokens: 13 },
  ]) {
    rig.upstream.script(azureAnswer({ text, usage }));
    const reported = await turn("azure-usage", seen);
    assertBelievable(reported);
    assert.deepEqual([reported.source, reported.outputTokens], ["estimated", text.length / 4]);
  }
  // Only the first event has counts, and the provider sent it before the answer.
  rig.upstream.script(anthropicAnswer({ text, usage: null }));
  assert.equal((await turn("claude-usage", seen)).outputTokens, text.length / 4);
});

test("a later report that is empty or zero does not wipe a good one", async () => {
  const good = { prompt_tokens: 12, completion_tokens: 700, total_tokens: 712 };
  for (const later of [{}, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, { prompt_tokens: null }]) {
    const frame = azureFrame({ model: "m", choices: [], usage: later });
    rig.upstream.script(insertAfter(5, [frame], azureAnswer({ usage: good })));
    const { inputTokens, outputTokens } = await turn("azure-usage", 700);
    assert.deepEqual({ inputTokens, outputTokens }, { inputTokens: 12, outputTokens: 700 });
  }
  const usage = { input_tokens: 0, output_tokens: 0 };
  rig.upstream.script(anthropicAnswer({ startUsage: { input_tokens: 12, output_tokens: 700 }, usage }));
  const { inputTokens, outputTokens } = await turn("claude-usage", 700);
  assert.deepEqual({ inputTokens, outputTokens }, { inputTokens: 12, outputTokens: 700 });
});

test("a failed turn ends with the usage that was reported", async () => {
  const usage = { prompt_tokens: 12, completion_tokens: 700, total_tokens: 712 };
  const report = azureFrame({ choices: [], usage });
  for (const script of [
    insertAfter(3, [report, azureErrorFrame({ code: "server_error" })], azureAnswer()),
    breakAfter(4, insertAfter(3, [report], azureAnswer())),
  ]) {
    rig.upstream.script(script);
    const { inputTokens, outputTokens } = await turn("azure-usage", reserved);
    assert.deepEqual({ inputTokens, outputTokens }, { inputTokens: 12, outputTokens: 700 });
  }
  const counts = { input_tokens: 12, output_tokens: 700 };
  rig.upstream.script(insertAfter(3, [anthropicErrorFrame("api_error")], anthropicAnswer({ startUsage: counts })));
  assert.equal((await turn("claude-usage", reserved)).outputTokens, 700);
});

test("an attempt that failed counts: in the usage of the turn, and with its own reservation", async () => {
  const failing = breakAfter(1, anthropicAnswer({ startUsage: { input_tokens: 10, output_tokens: 3 } }));
  const answering = anthropicAnswer({
    startUsage: { input_tokens: 12, output_tokens: 1 },
    usage: { output_tokens: 5 },
  });
  rig.upstream.script([failing, answering]);
  const usage = await turn("claude-usage", reserved + 5);
  assert.deepEqual(usage, { inputTokens: 22, outputTokens: 8, source: "provider" });
});

test("usage beside an error that comes before the answer counts: the provider has begun", async () => {
  const usage = { prompt_tokens: 12, completion_tokens: 700, total_tokens: 712 };
  for (const code of ["content_filter", "rate_limit_exceeded"]) {
    // The second error is not retried, so it ends the turn. Otherwise, another attempt could answer it.
    rig.upstream.script([
      { steps: [streamHead(), azureFrame({ error: { code }, usage })] },
      azureError(400, { code: "content_filter" }),
    ]);
    paid["azure-usage"] = (paid["azure-usage"] ?? 0) + reserved;
    assert.equal(endingCode(await askOnce(rig.worker, "azure-usage")), "content_filtered");
    await rig.assertPaid("azure-usage", paid["azure-usage"]);
  }
});

test("zeros among later counts take nothing back from what was read from and written to the cache", async () => {
  const startUsage = { input_tokens: 10, cache_read_input_tokens: 20, cache_creation_input_tokens: 30 };
  const zeros = { cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  for (const input_tokens of [10, 0]) {
    rig.upstream.script(anthropicAnswer({ startUsage, usage: { input_tokens, ...zeros, output_tokens: 700 } }));
    assert.deepEqual(await turn("claude-usage", 700), {
      inputTokens: 60,
      outputTokens: 700,
      cachedInputTokens: 20,
      cacheWriteInputTokens: 30,
      source: "provider",
    });
  }
});

test("an empty usage in one place of a frame does not hide the real one in another", async () => {
  const usage = { prompt_tokens: 12, completion_tokens: 700, total_tokens: 712 };
  const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  const choice = { index: 0, delta: { content: "Hello." }, finish_reason: "stop" };
  for (const frame of [
    { usage: {}, choices: [{ ...choice, usage }] },
    { usage: zeros, x_groq: { usage }, choices: [choice] },
  ]) {
    rig.upstream.script({ steps: [streamHead(), azureFrame({ model: "m", ...frame }), azureDone] });
    assert.equal((await turn("azure-usage", 700)).source, "provider");
  }
});
