/** Shows how far a run is: in one line that is updated on a terminal, with one line per step elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;

  /** @param stream usually `process.stderr` */
  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows the current step. Elsewhere than on a terminal, a step is printed when it is done. */
  show(text: string): void {
    if (!this.#stream.isTTY) return;
    const line = Array.from(text)
      .slice(0, Math.max(20, (this.#stream.columns || 80) - 1))
      .join("");
    this.#stream.write(`\r\u001b[2K${line}`);
  }

  /** Prints a step that is done. @param isImportant it is printed on a terminal too */
  step(text: string, isImportant: boolean): void {
    this.clear();
    if (isImportant || !this.#stream.isTTY) this.#stream.write(`${text}\n`);
  }

  /** Removes the line of the current step. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[2K");
  }
}
