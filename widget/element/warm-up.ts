import { firstSentence } from "./announce/sentences.ts";
import { MarkdownRenderer } from "./markdown/markdown-renderer.ts";
import { languageFor } from "./strings/strings.ts";

/** What most answers begin with, and what takes longest the first time. */
const samples = ["# a", "b *c* [d](e) `f`", "- g", "```h\ni"];

/**
 * Does for the first time, while nobody waits, what would keep a slow phone 50 ms and more in the first frames of an
 * answer: browsers read a language's rules for sentences and numbers with the first of them, and compile a function when
 * it is called.
 */
export function warmUp(lang: string): void {
  const works = [
    () => firstSentence("", true, lang),
    () => languageFor(lang).spoken.table(1, 1),
    ...samples.map((sample) => () => rehearse(sample)),
  ];
  for (const work of works) globalThis.requestIdleCallback?.(work);
}

function rehearse(sample: string): void {
  new MarkdownRenderer(document.createElement("p"), { isEnriched: false }).update(sample, { isFinal: false });
}
