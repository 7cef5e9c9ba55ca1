import { taskOf } from "./block.ts";
import type { Block } from "./block.ts";
import type { TextEnd } from "./inline.ts";
import { InlineView } from "./inline-view.ts";
import { showFormula } from "./math-loader.ts";
import type { RenderContext } from "./render-options.ts";

/** Shows one block. */
export interface BlockView {
  /** Blocks with the same key can reuse a view. */
  readonly key: string;
  readonly element: Element;
  /** Shows the block's current state. */
  update(block: Block): void;
}

/** The key of a block: its kind, and the properties that cannot change without a new element. */
export function keyOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `h${block.level}`;
    case "list":
      return block.marker?.start === undefined ? "ul" : "ol";
    case "paragraph":
      return `p${taskOf(block) ?? ""}`;
    case "note":
      return `note ${block.label}`;
    default:
      return block.kind;
  }
}

/** Whether a block's text can still grow, is complete, or was cut off. */
export function endOf(block: Block, { currentLine, cutOff }: RenderContext): TextEnd {
  if (block === cutOff) return "cut-off";
  return !block.isFinal && (block.isOpen || block.startLine === currentLine) ? "open" : "complete";
}

/** Creates a paragraph's element, with a checkbox if the paragraph is a task. */
export function paragraphElement(block: Block, { strings }: RenderContext): HTMLElement {
  const element = document.createElement("p");
  const box = taskOf(block);
  if (box === undefined) return element;
  const input = document.createElement("input");
  input.type = "checkbox";
  input.disabled = true;
  input.toggleAttribute("checked", box !== "[ ]");
  input.setAttribute("aria-label", box === "[ ]" ? strings.taskOpen : strings.taskDone);
  element.append(input);
  return element;
}

/** Shows a paragraph or a heading. */
export class TextView implements BlockView {
  readonly key: string;
  readonly element: HTMLElement;
  readonly #inline: InlineView;
  readonly #context: RenderContext;
  readonly #isTask: boolean;

  constructor(key: string, element: HTMLElement, context: RenderContext) {
    this.key = key;
    this.element = element;
    this.#context = context;
    this.#isTask = element.firstChild !== null;
    this.#inline = new InlineView(element, context);
  }

  update(block: Block): void {
    this.#inline.update(this.#isTask ? block.text.slice(3) : block.text, endOf(block, this.#context));
  }
}

/** Shows a thematic break. */
export class RuleView implements BlockView {
  readonly key = "rule";
  readonly element = document.createElement("hr");
  update(): void {}
}

/** Shows a display formula once it is complete. */
export class FormulaView implements BlockView {
  readonly key = "math";
  readonly element = document.createElement("div");
  readonly #context: RenderContext;

  constructor(context: RenderContext) {
    this.#context = context;
    this.element.className = "math";
    this.element.dataset["math"] = "display";
  }

  update(block: Block): void {
    showFormula(this.element, block.isOpen ? "" : block.text.trim(), this.#context.isEnriched);
  }
}
