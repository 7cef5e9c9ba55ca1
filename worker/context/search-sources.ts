import { PartialResults } from "./partial-results.ts";
import { readResults } from "./read-results.ts";
import {
  ContextError,
  type ContextLimits,
  type ContextQuery,
  type ContextResult,
  type ContextSource,
} from "./source.ts";

/** What one search of all sources returned. */
export interface SearchOutcome {
  /** One list per source that was searched completely or partly, in the order of the sources. */
  found: readonly (readonly ContextResult[])[];
  /** Why sources could not be searched, or were searched only partly. */
  failures: readonly SourceFailure[];
}

/** A source that could not be searched completely, and why. For the operator's log only. */
export interface SourceFailure {
  source: string;
  error: unknown;
}

/** What limits a search. */
export interface SearchBounds {
  limits: ContextLimits;
  timeLimitMs: number;
  /** When aborted, ends the search at once. */
  signal: AbortSignal;
}

/**
 * Searches all sources at the same time. The promise settles within the time limit, whatever a source does, and never
 * rejects. A source that is late, or that returns anything but passages, counts as failed.
 */
export async function searchSources(
  sources: readonly ContextSource[],
  query: ContextQuery,
  { limits, timeLimitMs, signal }: SearchBounds,
): Promise<SearchOutcome> {
  const ended = new AbortController();
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined); // nobody waits for it any longer once all sources have answered
  const end = (error: ContextError) => {
    late.reject(error);
    ended.abort(error);
  };
  const timer = setTimeout(() => end(new ContextError(`It took longer than ${timeLimitMs} ms.`)), timeLimitMs);
  const leave = () => end(new ContextError("The turn has ended."));
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
  try {
    const searches = sources.map(async (source) =>
      readResults(await Promise.race([source.search(query, limits, ended.signal), late.promise]), limits),
    );
    const settled = await Promise.allSettled(searches);
    return {
      found: settled.flatMap((result) => {
        if (result.status === "fulfilled") return [result.value];
        return result.reason instanceof PartialResults ? [result.reason.results] : [];
      }),
      failures: settled.flatMap((result, at) => {
        const error: unknown = result.status === "rejected" ? result.reason : undefined;
        return result.status === "rejected" ? [{ source: sources[at]?.name ?? "", error }] : [];
      }),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}
