import { noChange } from "lit";
import { Directive, directive, PartType } from "lit/directive.js";
import type { ElementPart, PartInfo } from "lit/directive.js";
import type { AnswerRenderer } from "../markdown/answer-renderer.ts";
import { MarkdownRenderer } from "../markdown/markdown-renderer.ts";

class AnswerText extends Directive {
  #renderer: AnswerRenderer | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("answerText() belongs in an element's tag");
  }

  render(_text: string, _isFinal: boolean): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [text, isFinal]: [string, boolean]): typeof noChange {
    this.#renderer ??= new MarkdownRenderer(part.element);
    this.#renderer.update(text, { isFinal });
    return noChange;
  }
}

/** Keeps an element's children equal to an answer's text: `<div part="answer" ${answerText(text, isFinal)}></div>`. */
export const answerText = directive(AnswerText);
