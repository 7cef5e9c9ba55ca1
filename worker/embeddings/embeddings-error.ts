import { ContextError } from "../context/source.ts";

/** What is known about a failure besides its message. */
export interface EmbeddingsFailure {
  /** The request was refused before anything was read, so it costs nothing. */
  isFree?: boolean;
  /** The same request can succeed later. */
  isTemporary?: boolean;
  /** How long the server asks to wait, in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** Texts could not be turned into vectors. The message contains no key, no text and nothing from the server. */
export class EmbeddingsError extends ContextError {
  readonly isFree: boolean;
  readonly isTemporary: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { isFree = false, isTemporary = false, retryAfterMs, cause }: EmbeddingsFailure = {}) {
    super(message, { cause });
    this.isFree = isFree;
    this.isTemporary = isTemporary;
    this.retryAfterMs = retryAfterMs;
  }
}
