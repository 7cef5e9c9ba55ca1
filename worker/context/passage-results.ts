import { estimateTokens } from "../prompt/tokens.ts";
import type { ContextLimits, ContextResult } from "./source.ts";

/** A passage of a document, as a database stores it. */
export interface Passage {
  path: string;
  position: number;
  title: string;
  url: string | null;
  headings: readonly string[];
  anchor: string | null;
  content: string;
}

/** Turns a passage into a result, with the headings above it and a link to its place on the page. */
export function passageResult(
  { path, position, title, headings, url, anchor, content }: Passage,
  score: number,
): ContextResult {
  const above = headings[0] === title ? headings.slice(1) : headings;
  return {
    id: `${path}#${position}`,
    title: [title, ...above].join(" › "),
    content,
    ...(url === null ? {} : { url: anchor === null ? url : `${url.split("#")[0]}#${anchor}` }),
    score,
  };
}

/**
 * Takes the first `maxResults` results and leaves out each one that would exceed `maxTokens`. A shorter result after it
 * may still fit.
 */
export function withinLimits(
  results: readonly ContextResult[],
  { maxResults, maxTokens }: ContextLimits,
): ContextResult[] {
  let tokensLeft = maxTokens;
  const fits = ({ content }: ContextResult) => {
    const tokens = estimateTokens(content);
    if (tokens > tokensLeft) return false;
    tokensLeft -= tokens;
    return true;
  };
  return results.slice(0, maxResults).filter(fits);
}
