// The worker's variables: which values are refused, and the sentence that tells the operator so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings, SettingsError } from "../../worker/settings.ts";

/** A secret of 32 characters, the minimum length, and a different one for each name. */
const secretOf = (name: string) => name.toLowerCase().padEnd(32, "0123456789abcdef");
const SESSION_SECRET = secretOf("session");

const wrong: [name: string, variables: Record<string, string>, message: RegExp][] = [
  ["a short session secret", { SESSION_SECRET: "short" }, /^SESSION_SECRET: it has 5 characters\. Set it to 32 /],
  [
    "a short previous one",
    { SESSION_SECRET_PREVIOUS: "x".repeat(31) },
    /^SESSION_SECRET_PREVIOUS: it has 31 characters\. Set it to 32 /,
  ],
  ["a short identity secret", { IDENTITY_SECRET: "secret" }, /^IDENTITY_SECRET: it has 6 characters\. Set it to 32 /],
  ["a short operator's secret", { OPERATOR_SECRET: "secret" }, /^OPERATOR_SECRET: it has 6 characters\. Set it to 32 /],
  [
    "one secret for two purposes",
    { IDENTITY_SECRET: SESSION_SECRET },
    /^IDENTITY_SECRET: it is the same as SESSION_SECRET\. Give it its own value: /,
  ],
  [
    "the previous session secret for the operator",
    { SESSION_SECRET_PREVIOUS: secretOf("old"), OPERATOR_SECRET: secretOf("old") },
    /^OPERATOR_SECRET: it is the same as SESSION_SECRET_PREVIOUS\. Give it its own value: /,
  ],
  ["HSTS with another value", { HSTS: "yes" }, /^HSTS: write true, or leave it out$/],
];

for (const [name, variables, message] of wrong) {
  for (const ENVIRONMENT of ["", "development"]) {
    test(`${name} is refused${ENVIRONMENT && ` in ${ENVIRONMENT}`}, in one sentence without the secret`, () => {
      const isRight = (error: unknown) => {
        assert.ok(error instanceof SettingsError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes(SESSION_SECRET) && !error.message.includes("\n"));
        return true;
      };
      assert.throws(() => readSettings({ SESSION_SECRET, ENVIRONMENT, ...variables }), isRight);
    });
  }
}

test("secrets of 32 characters that differ are accepted, and empty ones count as not set", () => {
  const secrets = {
    SESSION_SECRET,
    SESSION_SECRET_PREVIOUS: secretOf("old"),
    IDENTITY_SECRET: secretOf("identity"),
    OPERATOR_SECRET: secretOf("operator"),
  };
  const settings = readSettings(secrets);
  assert.equal(settings.operatorSecret, secrets.OPERATOR_SECRET);
  assert.equal(settings.isHttpsOnly, false);
  const bare = readSettings({ SESSION_SECRET, SESSION_SECRET_PREVIOUS: "", IDENTITY_SECRET: "", OPERATOR_SECRET: "" });
  assert.deepEqual([bare.previousSessionSecret, bare.identitySecret, bare.operatorSecret], Array(3).fill(undefined));
});
