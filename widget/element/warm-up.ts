import { firstSentence } from "../announce/sentences.ts";
import { MarkdownRenderer } from "../markdown/markdown-renderer.ts";
import type { Strings } from "../strings/languages.ts";
import { plural } from "../strings/plural.ts";

/** The syntax that most answers begin with, which takes longest the first time. */
const samples = ["# a", "b *c* [d](e) `f`", "- g", "```h\ni"];

/**
 * While the browser is idle, runs code that is slow the first time. Otherwise it would cost a slow phone 50 ms or more
 * in the first frames of an answer: browsers load a language's rules for sentences and numbers at first use, and
 * compile a function at its first call.
 */
export function warmUp({ lang, answer, announcements }: Strings): void {
  const tasks = [
    () => firstSentence("", true, lang),
    () => plural(lang, announcements.rows, 1),
    ...samples.map((sample) => () => {
      const options = { strings: answer, isEnriched: false };
      new MarkdownRenderer(document.createElement("p"), options).update(sample, { isFinal: false });
    }),
  ];
  for (const task of tasks) globalThis.requestIdleCallback?.(task);
}
