import { printTable } from "../table.ts";
import type { Outcome } from "./ingest-documents.ts";

const states = ["new", "changed", "unchanged", "removed", "failed"] as const;

/** Writes one outcome as one line. */
export function describeOutcome(outcome: Outcome): string {
  const { state, path } = outcome;
  if (state === "failed") return `${path}: ${outcome.reason}`;
  const passages =
    "passages" in outcome ? ` (${outcome.passages} ${outcome.passages === 1 ? "passage" : "passages"})` : "";
  return `${state.padEnd("unchanged".length)}  ${path}${passages}`;
}

/** Prints how many documents are in each state, and why some failed. */
export function printSummary(outcomes: readonly Outcome[]): void {
  const counts = states.map((state) => String(outcomes.filter((outcome) => outcome.state === state).length));
  printTable(states, [counts]);
  const drafts = outcomes.filter(({ state }) => state === "draft").length;
  if (drafts > 0) console.log(`\nLeft out, because they are drafts or redirects: ${drafts}.`);
  const failed = outcomes.filter(({ state }) => state === "failed");
  if (failed.length > 0) console.error(`\n${failed.map(describeOutcome).join("\n")}`);
}
