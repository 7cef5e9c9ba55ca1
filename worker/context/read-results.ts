import * as v from "valibot";
import { ContextError, type ContextLimits, type ContextResult } from "./source.ts";

/** JSON of other services often has `null` for what is missing. */
const optional = { url: v.nullish(v.string()), place: v.nullish(v.string()), score: v.nullish(v.number()) };
const passage = v.object({ id: v.string(), title: v.string(), content: v.string(), ...optional });

/**
 * How many results are read for each one that `maxResults` allows: some are left out later, because they repeat others
 * or do not fit. The limit keeps a long list from slowing down the turn.
 */
const readPerUsed = 10;

/**
 * Checks what a source has returned. A source can be the operator's own code and pass on what other services return.
 * @throws ContextError that says what is wrong
 */
export function readResults(returned: unknown, { maxResults }: ContextLimits): ContextResult[] {
  if (!Array.isArray(returned))
    throw new ContextError("It did not return a list: return a list of passages, or an empty list.");
  return returned.slice(0, readPerUsed * maxResults).map(readResult);
}

function readResult(returned: unknown): ContextResult {
  const read = v.safeParse(passage, returned);
  if (!read.success) {
    const [issue] = read.issues;
    const field = v.getDotPath(issue);
    const what = field === null ? "A passage" : `The ${field} of a passage`;
    const isMissing = field !== null && issue.received === "undefined";
    const problem = isMissing ? "is missing" : `is of the wrong type: expected ${issue.expected ?? "another type"}`;
    throw new ContextError(`${what} ${problem}.`);
  }
  const { url, place, score, ...required } = read.output;
  return {
    ...required,
    ...(typeof url === "string" ? { url } : {}),
    ...(typeof place === "string" ? { place } : {}),
    ...(typeof score === "number" ? { score } : {}),
  };
}
