import type { Failure, FailureCode } from "../conversation/state.ts";

/** The error that `send()` rejects with. */
export class RivuletError extends Error {
  override readonly name = "RivuletError";
  readonly code: FailureCode;
  readonly requestId: string | undefined;
  /** When to try again at the earliest, in milliseconds since the epoch. */
  readonly retryAt: number | undefined;

  /** @param message a sentence for people, in the chat's language */
  constructor(failure: Failure, message: string) {
    super(message);
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.retryAt = failure.retryAt;
  }
}
