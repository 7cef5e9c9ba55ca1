import { plainText } from "./inline.ts";
import type { Inline, InlineElement } from "./inline.ts";

/** An entry in the linked list of inline content, from which emphasis and links are built. */
export interface Piece {
  content: Inline;
  previous: Piece | undefined;
  next: Piece | undefined;
}

/** Maximum nesting of elements: a hostile text could exhaust the stack. Deeper content is shown as its text. */
const maxDepth = 40;

const depths = new WeakMap<InlineElement, number>();

/** A doubly linked list, so that a run of pieces can be wrapped without moving the others. */
export class PieceList {
  readonly head: Piece = { content: "", previous: undefined, next: undefined };
  #tail = this.head;

  get last(): Piece {
    return this.#tail;
  }

  push(content: Inline): Piece {
    const piece: Piece = { content, previous: this.#tail, next: undefined };
    this.#tail.next = piece;
    this.#tail = piece;
    return piece;
  }

  remove(piece: Piece): void {
    const { previous, next } = piece;
    if (previous) previous.next = next;
    if (next) next.previous = previous;
    else if (previous) this.#tail = previous;
  }

  /** Replaces the pieces after `before`, up to `after` or to the end, with an element that contains them. */
  wrap(before: Piece, after: Piece | undefined, make: (children: Inline[]) => InlineElement): void {
    const children = toNodes(before.next, after);
    const depth = 1 + Math.max(0, ...children.map(depthOf));
    // always one piece: otherwise, the next element around it would go through all the children again
    const content = depth > maxDepth ? plainText(children) : make(children);
    if (typeof content !== "string") depths.set(content, depth);
    const piece = { content, previous: before, next: after };
    before.next = piece;
    if (after) after.previous = piece;
    else this.#tail = piece;
  }
}

/** Converts a run of pieces to nodes, and joins adjacent text. */
export function toNodes(first: Piece | undefined, end?: Piece): Inline[] {
  const nodes: Inline[] = [];
  for (let piece = first; piece && piece !== end; piece = piece.next) {
    const { content } = piece;
    const last = nodes.at(-1);
    if (content === "") continue;
    if (typeof content === "string" && typeof last === "string") nodes[nodes.length - 1] = last + content;
    else nodes.push(content);
  }
  return nodes;
}

function depthOf(node: Inline): number {
  return typeof node === "string" ? 0 : (depths.get(node) ?? 0);
}
