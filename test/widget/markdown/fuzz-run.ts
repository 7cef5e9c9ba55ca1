import { createRenderer } from "../support/create-renderer.ts";
import { randomDocument, randomFrom, randomSteps } from "./fuzz.ts";
import { oneShot, shape, strangers } from "./stream.ts";

/** What a seed led to. */
export interface FuzzResult {
  steps: number;
  /** What went wrong, in words; undefined where nothing did. */
  failure: string | undefined;
}

/** Streams the random document of a seed under random cuts, and holds it against the one that comes at once. */
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
  return got === wanted ? { steps: steps.length, failure: undefined } : fail(`\n${got}\n${wanted}`);
}
