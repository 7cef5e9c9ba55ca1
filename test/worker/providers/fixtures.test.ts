/** Replays recorded streams. They are not part of the repository: without them, the tests are skipped. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ask, connect, cutBytes, fetchPieces, finishOf, textOf, usageOf } from "./helpers.ts";
import type { Outcome } from "./helpers.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures");
const options = existsSync(folder) ? {} : { skip: "there are no recordings" };

/** The recording as bytes of the wire. It has one JSON object per line, and each becomes one frame. */
async function recording(file: string): Promise<Uint8Array> {
  const lines = (await readFile(join(folder, file), "utf8")).trim().split("\n");
  const frames = lines.map((line) => {
    const { type } = JSON.parse(line);
    return file.startsWith("azure/") ? `data: ${line}\n\n` : `event: ${type}\ndata: ${line}\n\n`;
  });
  if (file.startsWith("azure/")) frames.push("data: [DONE]\n\n");
  return new TextEncoder().encode(frames.join(""));
}

function replay(file: string, pieces: Uint8Array[]): Promise<Outcome> {
  const fetch = fetchPieces(pieces);
  if (file.startsWith("anthropic/")) return ask(connect("anthropic", { apiKey: "key" }, { fetch }));
  return ask(connect("azure", { apiKey: "key", endpoint: "https://upstream.invalid/openai/v1" }, { fetch }));
}

const expectations: Record<string, (outcome: Outcome) => void> = {
  "anthropic/anthropic-text.chunks.txt"(outcome) {
    const expected =
      "Hello! I'm doing well, thank you for asking. How are you doing today? Is there anything I can help you with?";
    assert.equal(textOf(outcome), expected);
    assert.equal(finishOf(outcome), "stop");
    const usage = {
      inputTokens: 12,
      outputTokens: 30,
      cachedInputTokens: 0,
      cacheWriteInputTokens: 0,
      reasoningTokens: undefined,
    };
    assert.deepEqual(usageOf(outcome), usage);
    const [accepted] = outcome.events;
    assert.equal(accepted?.type === "accepted" && accepted.model, "claude-sonnet-4-5-20250929");
  },
  "anthropic/anthropic-refusal.chunks.txt"(outcome) {
    assert.equal(textOf(outcome), "");
    assert.equal(finishOf(outcome), "refusal");
    assert.equal(usageOf(outcome)?.outputTokens, 5);
    const finish = outcome.events.at(-1);
    assert.equal(finish?.type === "finish" && Object(finish.providerData?.stop_details).category, "cyber");
  },
  "anthropic/anthropic-message-delta-input-tokens.chunks.txt"(outcome) {
    assert.equal(textOf(outcome), "pong");
    assert.equal(usageOf(outcome)?.inputTokens, 61);
    assert.equal(usageOf(outcome)?.outputTokens, 2);
  },
  "azure/azure-model-router.chunks.txt"(outcome) {
    assert.equal(textOf(outcome), "Capital of Denmark.");
    assert.equal(finishOf(outcome), "stop");
    const usage = { inputTokens: 15, outputTokens: 78, cachedInputTokens: 0, reasoningTokens: 64 };
    assert.deepEqual(usageOf(outcome), usage);
    const [accepted] = outcome.events;
    assert.equal(accepted?.type === "accepted" && accepted.model, "gpt-5-nano-2025-08-07");
  },
};

describe("recorded streams", options, () => {
  for (const [file, check] of Object.entries(expectations)) {
    test(`${file}, whole and cut at every byte`, async () => {
      const bytes = await recording(file);
      const whole = await replay(file, [bytes]);
      assert.equal(whole.error, undefined);
      check(whole);
      for (let at = 1; at < bytes.length; at += 1) {
        assert.deepEqual(await replay(file, cutBytes(bytes, at)), whole, `cut at byte ${at}`);
      }
    });
  }
});
