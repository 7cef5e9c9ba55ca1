import type { Failure, FailureCode } from "./conversation/state.ts";

/** Why `send()` got no answer. */
export class RivuletError extends Error {
  override readonly name = "RivuletError";
  readonly code: FailureCode;
  readonly requestId: string | undefined;
  /** Not before this time, in milliseconds since the epoch. */
  readonly retryAt: number | undefined;

  /** @param message a sentence for people, in the chat's language */
  constructor(failure: Failure, message: string) {
    super(message);
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.retryAt = failure.retryAt;
  }
}
