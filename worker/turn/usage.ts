import type { ProviderUsage } from "../providers/provider.ts";

/** The most tokens that a request can have used. */
export interface UsageBounds {
  /** Bytes of everything that the provider reads: no token is shorter than a byte. */
  inputTokens: number;
  /** Reasoning included. */
  outputTokens: number;
}

/**
 * Limits the counts that a provider reported to what the request can have used. Values that are not counts of 0 or more
 * are left out. So a broken report can neither use up a budget nor reach the page.
 */
export function boundUsage(reported: ProviderUsage, bounds: UsageBounds): ProviderUsage {
  const inputTokens = bound(reported.inputTokens, bounds.inputTokens);
  const outputTokens = bound(reported.outputTokens, bounds.outputTokens);
  const cachedInputTokens = bound(reported.cachedInputTokens, inputTokens ?? bounds.inputTokens);
  const freshTokens = (inputTokens ?? bounds.inputTokens) - (cachedInputTokens ?? 0);
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    cacheWriteInputTokens: bound(reported.cacheWriteInputTokens, freshTokens),
    reasoningTokens: bound(reported.reasoningTokens, outputTokens ?? bounds.outputTokens),
  };
}

function bound(count: number | undefined, most: number): number | undefined {
  return count !== undefined && count >= 0 ? Math.min(Math.ceil(count), most) : undefined; // NaN is not >= 0
}

/**
 * Combines two reports on the same request. Reports are cumulative, so a later count replaces an earlier one. A count
 * that is missing or zero replaces nothing, because some servers end with an empty report.
 */
export function mergeUsage(earlier: ProviderUsage, later: ProviderUsage): ProviderUsage {
  return combine(earlier, later, (before, after) => (after > 0 ? after : before));
}

/** Adds the usage of two requests. */
export function sumUsage(one: ProviderUsage, other: ProviderUsage): ProviderUsage {
  return combine(one, other, (a, b) => a + b);
}

function combine(one: ProviderUsage, other: ProviderUsage, join: (a: number, b: number) => number): ProviderUsage {
  const of = (field: keyof ProviderUsage) => {
    const [a, b] = [one[field], other[field]];
    return a === undefined || b === undefined ? (a ?? b) : join(a, b);
  };
  return {
    inputTokens: of("inputTokens"),
    outputTokens: of("outputTokens"),
    cachedInputTokens: of("cachedInputTokens"),
    cacheWriteInputTokens: of("cacheWriteInputTokens"),
    reasoningTokens: of("reasoningTokens"),
  };
}
