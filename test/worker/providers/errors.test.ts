import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatError } from "../../../protocol/index.ts";
import { readRetryAfterMs, toProviderError } from "../../../worker/providers/errors.ts";

const now = Date.parse("Sun, 06 Nov 1994 08:49:37 GMT");

for (const [headers, expected] of [
  [{ "retry-after": "Sun, 06 Nov 1994 08:49:47 GMT" }, 10_000],
  [{ "retry-after": "Sun, 06 Nov 1994 08:49:27 GMT" }, undefined],
  [{ "retry-after": "Mon, 07 Nov 1994 08:49:37 GMT" }, 60_000],
  [{ "retry-after": " 2 " }, 2000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "1e9" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{ "retry-after-ms": "99999999" }, 60_000],
] as const) {
  test(`${JSON.stringify(headers)} asks for ${expected} ms`, () => {
    assert.equal(readRetryAfterMs(new Headers(headers), now), expected);
  });
}

test("our own error is found inside the errors that an SDK wraps around it", () => {
  const own = new ChatError("provider_timeout");
  const wrapped = new Error("outer", { cause: new Error("inner", { cause: own }) });
  assert.equal(toProviderError(wrapped, false), own);
  const circle = new Error("circle");
  circle.cause = circle;
  assert.equal(toProviderError(circle, true).code, "upstream_truncated");
});

test("the text of a foreign error is never repeated", () => {
  const { message, detail } = toProviderError(new Error("canary"), true);
  assert.doesNotMatch(`${message} ${detail}`, /canary/);
});
