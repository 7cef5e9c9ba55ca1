/** A part of a leaf's content. */
export type Inline = string | InlineElement;

/** The kind of inline content that is more than text. */
export type InlineKind =
  | "emphasis"
  | "strong"
  | "deleted"
  | "code"
  | "link"
  | "image"
  | "break"
  | "math"
  | "display-math"
  | "note";

/** Emphasis, a link, and so on. */
export interface InlineElement {
  kind: InlineKind;
  children: readonly Inline[];
  /** Address of a link or an image, unescaped; undefined while it is being written. */
  destination?: string | undefined;
  /** Set for a bare address, and for an image in a link's text: within a link, neither becomes a link. */
  isBare?: boolean;
}

/** A position in a leaf's content. Nothing before it can change any more. */
export interface Settled {
  /** Position in the source. */
  end: number;
  /** The content before it. If the last piece is text, later text may continue it. */
  pieces: Inline[];
}

/** The parsed content of a leaf. */
export interface ParsedInline {
  nodes: Inline[];
  settled: Settled | undefined;
  /** Label keys without a definition so far. */
  missing: ReadonlySet<string>;
  /** Functions that load what may be needed to understand the content. */
  awaited: ReadonlySet<() => Promise<void>>;
}

/** The text of inline content, without markup. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : plainText(node.children))).join("");
}

/** Whether more of a text follows, it is complete, or its rest is missing because the answer was cut off. */
export type TextEnd = "open" | "complete" | "cut-off";
