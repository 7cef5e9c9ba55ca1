import { noChange, render } from "lit";
import { Directive, directive } from "lit/directive.js";
import type { ElementPart } from "lit/directive.js";

/** One of the things that are shown. */
export interface Entry {
  /** Tells it from the others, whatever becomes of it. */
  key: string;
  /** What it is drawn from: while all of this is the same, it is not drawn again. */
  from: readonly unknown[];
  draw(): unknown;
}

interface Drawn {
  node: HTMLElement;
  from: readonly unknown[];
}

class Keyed extends Directive {
  #drawn = new Map<string, Drawn>();

  render(_entries: readonly Entry[], _tag?: string): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [entries, tag = "div"]: [readonly Entry[], string?]): typeof noChange {
    const before = this.#drawn;
    this.#drawn = new Map();
    let next: Node | null = null; // from the end, where most changes are: the fewest nodes move
    for (const { key, from, draw } of entries.toReversed()) {
      const { node, from: last } = before.get(key) ?? { node: document.createElement(tag) };
      before.delete(key);
      if (!last || from.some((value, at) => value !== last[at])) render(draw(), node);
      if (node.parentNode !== element || node.nextSibling !== next) element.insertBefore(node, next);
      this.#drawn.set(key, { node, from });
      next = node;
    }
    for (const { node } of before.values()) node.remove();
    return noChange;
  }
}

/**
 * Keeps an element's children, one an entry: what stays keeps its nodes, and with them focus, scroll and selection.
 * `<ul ${keyed(entries, "li")}></ul>`; by default each child is a `div`.
 */
export const keyed = directive(Keyed);
