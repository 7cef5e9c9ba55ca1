import { MarkdownRenderer } from "../../../widget/markdown/markdown-renderer.ts";
import type { AnswerOptions } from "../../../widget/markdown/render-options.ts";
import { chat } from "../../../widget/strings/en.ts";

/** Creates a renderer with English strings. */
export function createRenderer(container: Element, options: Partial<AnswerOptions> = {}): MarkdownRenderer {
  return new MarkdownRenderer(container, { strings: chat.answer, ...options });
}
