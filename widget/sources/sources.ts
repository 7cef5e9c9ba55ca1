import type { SourceViews } from "../view/context.ts";
import { chips } from "./chips.ts";
import { sourcesView } from "./source-cards.ts";
import { sourcesWords } from "./source-words.ts";
import { sourcesStyles } from "./sources-styles.ts";

/** Chips, cards and previews. They load with the first answer that has sources. */
export function partOf(): SourceViews & { styles: string } {
  return { chips, sourcesView, sourcesWords, styles: sourcesStyles };
}
