import type { Target } from "./scan-link.ts";
import type { InlineView } from "./inline-view.ts";

/** Words of the interface that stand in an answer. */
export interface AnswerStrings {
  copyCode: string;
  copied: string;
  taskDone: string;
  taskOpen: string;
  footnotes: string;
}

/** What a site and the chat around it can set. */
export interface AnswerOptions {
  strings: AnswerStrings;
  /** Hosts that images may be loaded from: names, or `*.example.com`; none by default. */
  imageHosts?: readonly string[];
  /** Whether code is coloured and formulas are set, by parts that are loaded when the first one is met. */
  isEnriched?: boolean;
}

/** What all parts of one answer share. */
export interface RenderContext {
  readonly strings: AnswerStrings;
  readonly imageHosts: readonly string[];
  readonly isEnriched: boolean;
  readonly definitions: ReadonlyMap<string, Target>;
  /** The line that is being read: what begins there is still growing. */
  readonly lineNumber: number;
  /** Texts that hold a label without a definition, by its key. */
  readonly waiting: Map<string, Set<InlineView>>;
}
