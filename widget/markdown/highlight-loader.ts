import type { highlight } from "./code-queue.ts";

let loaded: { highlight: typeof highlight } | undefined;
let isLoading = false;
/** Code that arrived before the highlighter was loaded. */
const early = new Map<Text, readonly [language: string, isFinal: boolean]>();

/**
 * Highlights code. The highlighter loads with the first block that has a language.
 * @param text the code
 * @param language the first word after the fence
 * @param isFinal whether the code is complete
 */
export function highlightCode(text: Text, language: string, isFinal: boolean): void {
  if (language === "") return;
  if (loaded) return loaded.highlight(text, language, isFinal);
  early.set(text, [language, isFinal]);
  if (isLoading) return;
  isLoading = true;
  setTimeout(() => void load()); // not in the frame that draws the first block
}

async function load(): Promise<void> {
  try {
    loaded = await import("./code-queue.ts");
    for (const [code, known] of early) loaded.highlight(code, ...known);
    early.clear();
  } catch {
    isLoading = false; // offline: the code stays plain; the next block tries again
  }
}
