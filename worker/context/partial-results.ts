import { ContextError, type ContextResult } from "./source.ts";

/**
 * Thrown when a part of a source failed and the rest was searched. The results of the rest are used, and the failure is
 * reported like any other.
 */
export class PartialResults extends ContextError {
  readonly results: readonly ContextResult[];

  constructor(message: string, results: readonly ContextResult[], cause: unknown) {
    super(message, { cause });
    this.results = results;
  }
}
