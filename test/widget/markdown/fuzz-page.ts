import { fuzz } from "./fuzz-run.ts";

declare global {
  interface Window {
    /** Runs the documents of a range of seeds. */
    fuzz(first: number, last: number): { steps: number; failures: string[] };
  }
}

window.fuzz = (first, last) => {
  const results = Array.from({ length: last - first + 1 }, (_, index) => fuzz(first + index));
  return {
    steps: results.reduce((sum, { steps }) => sum + steps, 0),
    failures: results.flatMap(({ failure }) => failure ?? []).slice(0, 3),
  };
};
