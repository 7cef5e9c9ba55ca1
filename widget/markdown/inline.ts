/** A piece of a leaf's content. */
export type Inline = string | InlineElement;

/** What a piece is that is more than text. */
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

/** Emphasis, a link and so on. */
export interface InlineElement {
  kind: InlineKind;
  children: readonly Inline[];
  /** Of a link or an image: its address as written, unescaped; undefined while it is still being written. */
  destination?: string | undefined;
  /** Of a link or an image. */
  title?: string;
  /** Of an address that became a link by itself, and of an image in a link's text: must not be a link there. */
  isBare?: boolean;
}

/** Where a leaf's content can be cut: nothing before it can change any more, whatever follows. */
export interface Settled {
  /** Position in the source. */
  end: number;
  /** How many pieces lie before it, of which the last one goes on if it is text. */
  pieces: Inline[];
}

/** What a leaf's content was parsed to. */
export interface ParsedInline {
  nodes: Inline[];
  settled: Settled | undefined;
  /** Label keys that have no definition so far. */
  missing: ReadonlySet<string>;
}

/** The text of inline pieces without any marks. */
export function plainText(nodes: readonly Inline[]): string {
  return nodes.map((node) => (typeof node === "string" ? node : plainText(node.children))).join("");
}
