import { estimateTokens } from "../prompt/tokens.ts";
import { Shingles } from "./shingles.ts";
import type { ContextLimits, ContextResult } from "./source.ts";

/** The longest id, title or place that is kept, in UTF-16 units. Longer ones are cut. */
const maxNameChars = 300;

/**
 * Merges the results of several sources into one list. The sources take turns, best results first, so each of them gets
 * its part of the budget and leaves what it does not need to the others. A passage is left out if it does not fit the
 * budget, if it contains nearly all of an earlier passage, or if an earlier passage contains nearly all of it.
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

/** How much of the budget a passage uses, in estimated tokens. Everything that the prompt contains of it counts. */
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

/**
 * Cleans a result. It comes from outside, so it can contain, for example, half of a surrogate pair, which cannot be
 * written as UTF-8.
 */
function clean({ id, title, content, url, place, score }: ContextResult): ContextResult {
  return {
    id: shorten(id),
    title: shorten(title),
    content: content.toWellFormed().trim(),
    // A long URL is left out, because a part of it would lead to another page.
    ...(url === undefined || url.length > maxUrlChars ? {} : { url: url.toWellFormed() }),
    ...(place === undefined ? {} : { place: shorten(place) }),
    ...(score === undefined ? {} : { score }),
  };
}

/** The longest URL that is kept, in UTF-16 units. Longer ones are left out, because many servers do not accept them. */
const maxUrlChars = 2000;

function shorten(name: string): string {
  return name.slice(0, maxNameChars).toWellFormed().replaceAll(/\s+/g, " ").trim();
}
