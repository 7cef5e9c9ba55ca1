import assert from "node:assert/strict";
import { test } from "node:test";
import { checkInternalNames } from "../../../scripts/lib/check/internal-names.ts";
import { internalNames } from "../../../scripts/lib/internal-names.ts";

/** A name of each kind that the build must not shorten, and why. A name with an empty reason may be shortened. */
const outside: Record<string, RegExp> = {
  isNamed: /is stored in the browser \(widget\/transport\/session\.ts\)/,
  undelivered: /is stored in the browser \(widget\/conversation\/tab-state\.ts\)/,
  delivery: /is stored in the browser \(widget\/conversation\/state\.ts\)/,
  offsetPx: /is stored in the browser \(widget\/conversation\/state\.ts\)/,
  maxPromptChars: /is a field of the protocol \(protocol\/request\.ts\)/,
  visitorExport: /is a field of the protocol \(protocol\/routes\.ts\)/,
  retryAfterMs: /is a field of the protocol/,
  copyCode: /is a word of a language/,
  canRetry: /^$/, // a failure is stored with its question, but not read back
  bringAlong: /is a field of the protocol/,
  accentColor: /is part of the element's API/,
  toggle: /is part of the element's API/,
  messageId: /is part of the element's API|is a field of the protocol/,
  requestId: /is part of the element's API/,
};

test("the build shortens no name that is stored, sent, public or a word of a language", async () => {
  assert.deepEqual(await checkInternalNames(), []);
  for (const [name, expected] of Object.entries(outside))
    assert.match((await checkInternalNames([...internalNames, name])).join("\n"), expected, name);
});

test("it says which list has the name, and what to do", async () => {
  assert.deepEqual(await checkInternalNames(["isNamed"]), [
    'scripts/lib/internal-names.ts: "isNamed" is stored in the browser (widget/transport/session.ts), and the build would shorten it. Remove it from the list, or rename it.',
  ]);
});
