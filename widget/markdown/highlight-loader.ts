import type { colour } from "./code-queue.ts";

let loaded: { colour: typeof colour } | undefined;
let isLoading = false;
/** What came before the part that colours it. */
const early = new Map<Text, readonly [language: string, isFinal: boolean]>();

/**
 * Colours code; the part that can do so is loaded with the first block that says its language.
 * @param text the code
 * @param language as it stands behind the fence
 * @param isFinal the code is whole
 */
export function colourCode(text: Text, language: string, isFinal: boolean): void {
  if (language === "") return;
  if (loaded) return loaded.colour(text, language, isFinal);
  early.set(text, [language, isFinal]);
  if (isLoading) return;
  isLoading = true;
  setTimeout(() => void load()); // outside of the frame that has the first block to draw
}

async function load(): Promise<void> {
  try {
    loaded = await import("./code-queue.ts");
    for (const [code, known] of early) loaded.colour(code, ...known);
    early.clear();
  } catch {
    isLoading = false; // offline: code without colours; the next block asks again
  }
}
