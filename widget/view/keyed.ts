import { noChange, render } from "lit/html.js";
import { Directive, directive } from "lit/directive.js";
import type { ElementPart } from "lit/directive.js";

/** One entry of a list. */
export interface Entry {
  /** Identifies the entry, whatever its content. */
  key: string;
  /** The values that the entry is rendered from. It is not rendered again while all of them are the same. */
  from: readonly unknown[];
  draw(): unknown;
}

interface Drawn {
  node: HTMLElement;
  from: readonly unknown[];
}

class Keyed extends Directive {
  #drawn = new Map<string, Drawn>();

  render(_entries: readonly Entry[]): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [entries]: [readonly Entry[]]): typeof noChange {
    const before = this.#drawn;
    this.#drawn = new Map();
    let next: Node | null = null; // from the end, where most changes are, so that the fewest nodes move
    for (const { key, from, draw } of entries.toReversed()) {
      const { node, from: last } = before.get(key) ?? { node: document.createElement("li") };
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
 * Keeps the items of a list element in sync with entries, one `li` per entry. An entry that stays keeps its nodes, and with
 * them focus, scroll position and selection.
 * Usage: `<ul ${keyed(entries)}></ul>`.
 */
export const keyed = directive(Keyed);
