import { estimateTokens } from "../prompt/tokens.ts";
import { Shingles } from "./shingles.ts";
import type { ContextLimits, ContextResult } from "./source.ts";

/** The longest title, URL or place that is kept, in UTF-16 units. */
const maxNameChars = 300;

/**
 * Makes one list of what several sources found. The sources take turns, best results first, so each of them gets its part
 * of the budget and leaves what it does not need to the others. A passage that another one almost repeats is left out, and
 * so is one that does not fit.
 * @param found one list per source, most relevant first
 */
export function mergeResults(
  found: readonly (readonly ContextResult[])[],
  { maxResults, maxTokens }: ContextLimits,
): ContextResult[] {
  const merged: ContextResult[] = [];
  const seen: Shingles[] = [];
  let tokensLeft = maxTokens;
  for (const result of inTurns(found)) {
    if (merged.length === maxResults) break;
    const cleaned = clean(result);
    const tokens = tokensOf(cleaned);
    if (cleaned.content === "" || tokens > tokensLeft) continue;
    const shingles = new Shingles(cleaned.content);
    if (seen.some((other) => other.isNearlySame(shingles))) continue;
    tokensLeft -= tokens;
    seen.push(shingles);
    merged.push(cleaned);
  }
  return merged;
}

/** What a passage takes of the budget: everything of it that the prompt holds, in estimated tokens. */
function tokensOf({ title, content, url, place }: ContextResult): number {
  return estimateTokens(title) + estimateTokens(content) + estimateTokens(url ?? "") + estimateTokens(place ?? "");
}

/** The first result of each source, then the second of each, and so on. */
function* inTurns(found: readonly (readonly ContextResult[])[]): Generator<ContextResult> {
  const longest = Math.max(0, ...found.map(({ length }) => length));
  for (let at = 0; at < longest; at += 1) {
    for (const results of found) {
      const result = results[at];
      if (result !== undefined) yield result;
    }
  }
}

/** Outside data: half of a character, for example, has no form as bytes. */
function clean({ id, title, content, url, place, score }: ContextResult): ContextResult {
  return {
    id: shorten(id),
    title: shorten(title),
    content: content.toWellFormed().trim(),
    // Half of a URL leads to another page.
    ...(url === undefined || url.length > maxUrlChars ? {} : { url: url.toWellFormed() }),
    ...(place === undefined ? {} : { place: shorten(place) }),
    ...(score === undefined ? {} : { score }),
  };
}

/** Longer URLs are left out. Browsers and servers rarely take more. */
const maxUrlChars = 2000;

function shorten(name: string): string {
  return name.slice(0, maxNameChars).toWellFormed().replaceAll(/\s+/g, " ").trim();
}
