import type { Block } from "./block.ts";
import type { Target } from "./scan-link.ts";
import type { InlineView } from "./inline-view.ts";

/** Labels inside an answer. */
export interface AnswerStrings {
  copyCode: string;
  copied: string;
  /** Shown where the page may not write to the clipboard. */
  copyFailed: string;
  taskDone: string;
  taskOpen: string;
  footnotes: string;
}

/** Options of a renderer. */
export interface AnswerOptions {
  strings: AnswerStrings;
  /** Whether code is highlighted and formulas are rendered, by code that loads at first use. True by default. */
  isEnriched?: boolean;
}

/** What all views of an answer share. */
export interface RenderContext {
  readonly strings: AnswerStrings;
  readonly isEnriched: boolean;
  readonly definitions: ReadonlyMap<string, Target>;
  /** The number of the line that is being read. Blocks that start on it are still growing. */
  readonly currentLine: number;
  /** The leaf that was being written when the answer was cut off. */
  cutOff: Block | undefined;
  /** How many blocks and cells may still be shown in this task. Below 0, the rest waits for the next task. */
  room: number;
  /** The views of texts that contain an undefined label, by the label's key. */
  readonly waiting: Map<string, Set<InlineView>>;
}
