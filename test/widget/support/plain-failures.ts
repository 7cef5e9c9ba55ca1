import { Assertion, AssertionError, util } from "chai";

/**
 * Makes failed assertions store values that cannot be cloned, such as elements and functions, as text. The test runner
 * sends failures as a structured clone. If a value cannot be cloned, the test runner waits for the file's result until
 * its timeout.
 */
export function keepFailuresPlain(): void {
  const { assert } = Assertion.prototype;
  Assertion.prototype.assert = function (...given: Parameters<typeof assert>) {
    try {
      assert.apply(this, given);
    } catch (error) {
      if (error instanceof AssertionError) makePlain(error);
      throw error;
    }
  };
}

function makePlain(error: Error): void {
  for (const name of ["actual", "expected"]) {
    const value: unknown = Reflect.get(error, name);
    if (!isCloneable(value)) Reflect.set(error, name, util.inspect(value));
  }
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
