import { Assertion, AssertionError, util } from "chai";

/**
 * Has failed assertions keep values as text that cannot be cloned, such as elements and functions. The test runner sends
 * them as a structured clone, and would otherwise wait for the result of the file until its timeout.
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
