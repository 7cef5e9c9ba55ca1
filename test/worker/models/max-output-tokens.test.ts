import assert from "node:assert/strict";
import { test } from "node:test";
import { maxOutputTokensOf } from "../../../worker/models/max-output-tokens.ts";

test("the most output tokens are the request's maximum, and as much again where reasoning is counted beside it", () => {
  const most = (baseModel: string) => maxOutputTokensOf({ baseModel, maxCompletionTokens: 1000 });
  assert.deepEqual(["gpt-5", "xai/grok-4", "grok-4-1-fast-non-reasoning"].map(most), [1000, 2000, 1000]);
  assert.equal(maxOutputTokensOf({ baseModel: "gpt-5" }), 1_000_000);
});
