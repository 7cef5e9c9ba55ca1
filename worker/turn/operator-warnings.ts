import type { WarningEvent } from "../../protocol/index.ts";
import { log } from "../log.ts";

/** Warnings that concern only the operator: they go to the log and, in development only, to the browser. */
export class OperatorWarnings {
  readonly #assistant: string;
  readonly #emit: ((warning: WarningEvent) => void) | undefined;
  readonly #given = new Set<string>();

  /**
   * @param assistant the assistant's id
   * @param emit sends a warning to the browser; undefined outside of development
   */
  constructor(assistant: string, emit: ((warning: WarningEvent) => void) | undefined) {
    this.#assistant = assistant;
    this.#emit = emit;
  }

  /** @param detail one sentence of our own, never a provider's text */
  warn(code: string, detail: string): void {
    log("warning", code, { assistant: this.#assistant, detail });
    this.#emit?.({ type: "warning", code, detail });
  }

  /** Warns about each code only once: for problems that every piece of an answer can have. */
  warnOnce(code: string, detail: string): void {
    if (this.#given.has(code)) return;
    this.#given.add(code);
    this.warn(code, detail);
  }
}
