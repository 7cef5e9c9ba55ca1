import { shownLines } from "./block.ts";
import type { Block } from "./block.ts";
import type { BlockView } from "./block-view.ts";
import { copyText } from "./copy-text.ts";
import { highlightCode } from "./highlight-loader.ts";
import type { RenderContext } from "./render-options.ts";

/** How long the button shows whether the code was copied, in milliseconds: long enough to read it. */
const resultMs = 3_000;

/** Shows a code block with its language and a copy button. */
export class CodeView implements BlockView {
  readonly key = "code";
  readonly element = document.createElement("div");
  readonly #language = document.createElement("span");
  readonly #code = document.createElement("code");
  readonly #text = new Text();
  readonly #context: RenderContext;
  #wholeLines = 0;
  /** The start of the last line, and the part of it that is shown. */
  #openStart = 0;
  #open = "";

  constructor(context: RenderContext) {
    this.#context = context;
    const head = document.createElement("div");
    const pre = document.createElement("pre");
    this.element.className = "code";
    this.element.part.add("code-block");
    head.className = "code-head";
    this.#language.className = "language";
    head.append(this.#language, this.#copyButton());
    pre.dir = "ltr";
    pre.tabIndex = 0; // a scrolling element must be reachable by keyboard
    this.#code.append(this.#text);
    pre.append(this.#code);
    this.element.append(head, pre);
  }

  update(block: Block): void {
    const language = block.fence?.info.split(/\s+/)[0] ?? "";
    if (this.#language.textContent !== language) this.#language.textContent = language;
    this.#show(block.lines, shownLines(block));
    if (this.#context.isEnriched) highlightCode(this.#text, language, block.isFinal);
  }

  /** All lines but the last are complete: only the last one changes. If there are fewer lines, all are replaced. */
  #show(lines: readonly string[], count: number): void {
    if (count <= this.#wholeLines && this.#wholeLines > 0) this.#clear();
    const open = lines.slice(this.#wholeLines, count).join("\n");
    if (open.startsWith(this.#open)) this.#text.appendData(open.slice(this.#open.length));
    else this.#text.replaceData(this.#openStart, this.#open.length, open);
    const last = lines[count - 1] ?? "";
    this.#wholeLines = Math.max(0, count - 1);
    this.#openStart += open.length - last.length;
    this.#open = last;
  }

  #clear(): void {
    this.#text.data = "";
    this.#wholeLines = 0;
    this.#openStart = 0;
    this.#open = "";
  }

  #copyButton(): HTMLButtonElement {
    const { strings } = this.#context;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.part.add("copy-code");
    button.textContent = strings.copyCode;
    button.addEventListener("click", () => void this.#copy(button));
    return button;
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const { strings } = this.#context;
    const isCopied = await copyText(`${this.#code.textContent}\n`, this.element.getRootNode());
    button.textContent = isCopied ? strings.copied : strings.copyFailed;
    setTimeout(() => (button.textContent = strings.copyCode), resultMs);
  }
}
