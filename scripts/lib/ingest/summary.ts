import { printTable } from "../table.ts";
import type { LeftOut, Outcome } from "./outcome.ts";

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
  printPages(outcomes);
  const failed = outcomes.filter(({ state }) => state === "failed");
  if (failed.length > 0) console.error(`\n${failed.map(describeOutcome).join("\n")}`);
}

const reasons: Readonly<Record<LeftOut, string>> = {
  redirects: "they lead to another page",
  duplicates: "they are copies of another page",
  noindex: "they say noindex",
  robots: "robots.txt does not allow them",
  outside: "they lead outside the named address",
  other: "they are not documents",
};

/** Prints how many pages of sites were left out, by reason, and what the limits left out. */
function printPages(outcomes: readonly Outcome[]): void {
  const leftOut = outcomes.filter((outcome) => outcome.state === "left out");
  for (const [reason, words] of Object.entries(reasons)) {
    const count = leftOut.filter((outcome) => outcome.reason === reason).length;
    if (count > 0) console.log(`\nPages left out, because ${words}: ${count}.`);
  }
  for (const outcome of outcomes) {
    if (outcome.state !== "limited") continue;
    const { path, limit, value, count } = outcome;
    const shown = value.toLocaleString("en");
    const where =
      limit === "max-pages" ? `after ${shown} pages` : `${shown} ${value === 1 ? "link" : "links"} from the start`;
    const more = `${count.toLocaleString("en")} more ${count === 1 ? "address was" : "addresses were"} found`;
    console.log(`\nThe limit was reached ${where} of ${path}: ${more}. --${limit} raises it.`);
  }
}
