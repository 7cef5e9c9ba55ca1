import { isLoose } from "./block.ts";
import type { Block } from "./block.ts";
import { removeBlock } from "./answer-parts.ts";
import { FormulaView, keyOf, paragraphElement, RuleView, TextView } from "./block-view.ts";
import type { BlockView } from "./block-view.ts";
import { CodeView } from "./code-view.ts";
import type { RenderContext } from "./render-options.ts";
import { TableView } from "./table-view.ts";

const headingTags = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

/** Inserts a container's child. @param index the block's index among the children */
export type InsertChild = (child: Element, block: Block, index: number) => void;

/** Shows a container block. Its finished children are not looked at again. */
export class ContainerView implements BlockView {
  readonly key: string;
  readonly element: Element;
  readonly #insert: InsertChild;
  readonly #context: RenderContext;
  readonly #views: BlockView[] = [];
  #settled = 0;

  /** @param insert inserts a new last child; by default into the element */
  constructor(key: string, element: Element, context: RenderContext, insert?: InsertChild) {
    this.key = key;
    this.element = element;
    this.#context = context;
    this.#insert = insert ?? ((child) => element.append(child));
  }

  update(block: Block): void {
    const { children } = block;
    if (block.kind === "list")
      this.#setSpacing((isLoose(block) ? "loose" : "tight") + (hasLongNumbers(block) ? " long" : ""));
    for (let index = this.#settled; index < children.length; index += 1) {
      const child = children[index];
      if (!child) continue;
      const view = this.#views[index];
      if (view?.key === keyOf(child)) view.update(child);
      else this.#addView(child, index);
      if ((this.#context.room -= 1) < 0) break; // the child may be incomplete
      if (child.isFinal && index === this.#settled) this.#settled += 1;
    }
    this.#removeFrom(children.length);
  }

  /** Setting a class, even to the same value, would recalculate the style of the whole list. */
  #setSpacing(name: string): void {
    if (this.element.className !== name) this.element.className = name;
  }

  /** Content is added before the element is in the page: with `dir="auto"`, browsers read all of it at each change. */
  #addView(child: Block, index: number): void {
    this.#removeFrom(index);
    const view = createView(child, this.#context);
    this.#views.push(view);
    if (view.key.startsWith("p[")) this.element.className = "task";
    view.update(child);
    this.#insert(view.element, child, index);
  }

  #removeFrom(index: number): void {
    for (const view of this.#views.splice(index)) {
      removeBlock(view.element);
      if (view.key.startsWith("p[")) this.element.removeAttribute("class");
    }
  }
}

function createView(block: Block, context: RenderContext): BlockView {
  const key = keyOf(block);
  switch (block.kind) {
    case "paragraph":
      return new TextView(key, paragraphElement(block, context), context);
    case "heading":
      return new TextView(key, document.createElement(headingTags[block.level - 1] ?? "h6"), context);
    case "code":
      return new CodeView(context);
    case "table":
      return new TableView(context);
    case "math":
      return new FormulaView(context);
    case "rule":
      return new RuleView();
    case "note":
      return createNote(key, block, context);
    case "quote":
      return new ContainerView(key, document.createElement("blockquote"), context);
    case "item":
      return new ContainerView(key, document.createElement("li"), context);
    case "list":
      return new ContainerView(key, listElement(block), context);
    case "row":
    case "document":
      throw new Error(`${block.kind} is rendered by its parent`);
  }
}

/** Whether a number of the list has more than two digits, which need more space. */
function hasLongNumbers({ marker, children }: Block): boolean {
  return (marker?.start ?? NaN) + children.length > 100;
}

function listElement(block: Block): HTMLElement {
  const start = block.marker?.start;
  if (start === undefined) return document.createElement("ul");
  const list = document.createElement("ol");
  if (start !== 1) list.start = start;
  return list;
}

function createNote(key: string, { label }: Block, context: RenderContext): BlockView {
  const element = document.createElement("div");
  const text = document.createElement("div");
  const mark = document.createElement("span");
  element.className = "note";
  element.dataset["note"] = label;
  element.tabIndex = -1;
  mark.className = "note-label";
  mark.textContent = label;
  element.append(mark, text);
  return new ContainerView(key, element, context, (child) => text.append(child));
}
