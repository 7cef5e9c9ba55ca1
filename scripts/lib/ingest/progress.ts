/** Shows the progress of a run: on a terminal in one line that is updated, elsewhere with one line per step. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;

  /** @param stream usually `process.stderr` */
  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows the current step on a terminal. Elsewhere, a step is printed only when it is done. */
  show(text: string): void {
    if (!this.#stream.isTTY) return;
    const line = Array.from(text)
      .slice(0, Math.max(20, (this.#stream.columns || 80) - 1))
      .join("");
    this.#stream.write(`\r\u001b[2K${line}`);
  }

  /** Prints a step that is done. @param isImportant whether it is printed on a terminal too */
  step(text: string, isImportant: boolean): void {
    this.clear();
    if (isImportant || !this.#stream.isTTY) this.#stream.write(`${text}\n`);
  }

  /** Removes the line of the current step. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[2K");
  }
}
