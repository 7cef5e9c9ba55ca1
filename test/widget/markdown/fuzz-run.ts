import { createRenderer } from "../support/create-renderer.ts";
import { randomDocument, randomFrom, randomSteps } from "./fuzz.ts";
import { oneShot, shape, strangers } from "./stream.ts";

/** The result of a seed. */
export interface FuzzResult {
  steps: number;
  /** What went wrong; undefined if nothing did. */
  failure: string | undefined;
}

function streamedAndCutOff(steps: readonly string[]): string {
  const container = document.createElement("div");
  const renderer = createRenderer(container, { isEnriched: false });
  for (const step of steps) renderer.update(step, { isFinal: false });
  renderer.update(steps.at(-1) ?? "", { isFinal: true, isCutOff: true });
  return shape(container);
}

/** Streams a seed's random document in random chunks, and compares it with the document rendered at once. */
export function fuzz(seed: number): FuzzResult {
  const random = randomFrom(seed);
  const text = randomDocument(random);
  const steps = randomSteps(text, random);
  const container = document.createElement("div");
  const fail = (words: string) => ({ steps: steps.length, failure: `${seed} ${JSON.stringify(text)}: ${words}` });
  try {
    const renderer = createRenderer(container, { isEnriched: false });
    for (const step of steps) {
      renderer.update(step, { isFinal: false });
      const strange = strangers(container);
      if (strange.length > 0) return fail(`not allowed: ${strange.join(", ")}`);
    }
    renderer.update(text, { isFinal: true });
  } catch (error) {
    return fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const [got, wanted] = [shape(container), oneShot(text)];
  if (got !== wanted) return fail(`\n${got}\n${wanted}`);
  const half = steps[steps.length >> 1] ?? "";
  const cutOff = streamedAndCutOff(steps.slice(0, (steps.length >> 1) + 1));
  return cutOff === oneShot(half, true)
    ? { steps: steps.length, failure: undefined }
    : fail(`cut off at ${half.length}`);
}
