import { noChange } from "lit/html.js";
import { Directive, directive, PartType } from "lit/directive.js";
import type { ElementPart, PartInfo } from "lit/directive.js";
import type { AnswerRenderer } from "../markdown/answer-renderer.ts";
import { MarkdownRenderer } from "../markdown/markdown-renderer.ts";
import type { AnswerStrings } from "../markdown/render-options.ts";

interface AnswerEnd {
  isFinal: boolean;
  isCutOff: boolean;
}

class AnswerText extends Directive {
  #renderer: AnswerRenderer | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("answerText() must be used in an element's tag");
  }

  render(_text: string, _end: AnswerEnd, _strings: AnswerStrings): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [text, end, strings]: [string, AnswerEnd, AnswerStrings]): typeof noChange {
    this.#renderer ??= new MarkdownRenderer(part.element, { strings });
    this.#renderer.update(text, end);
    return noChange;
  }
}

/** Renders an answer's text into an element: `<div part="answer" ${answerText(text, end, strings)}></div>`. */
export const answerText = directive(AnswerText);
