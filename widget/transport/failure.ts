import { isErrorCode } from "../../protocol/index.ts";
import type { ErrorCode } from "../../protocol/index.ts";
import { isRecord, number, text } from "./json.ts";

/**
 * Why a request failed: an error code of the protocol, a network failure, a missing part of the chat, or a site that no
 * longer says who the visitor is.
 */
export type TransportCode = ErrorCode | "offline" | "unreachable" | "interrupted" | "outdated" | "signed_out";

/** A request that was refused or did not arrive, or whose stream broke. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportCode;
  readonly requestId: string | undefined;
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(code: TransportCode, options: { requestId?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.requestId = options.requestId;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * Reads why the worker refused. A response that is not the worker's, such as a proxy's error page, counts as
 * unreachable.
 * @param response a response that is not the expected one; its body is consumed
 */
export async function readRefusal(response: Response): Promise<TransportError> {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const body: unknown = await response.json().catch(() => undefined);
  const error = isRecord(body) ? body["error"] : undefined;
  if (!isRecord(error) || !("code" in error)) {
    return new TransportError("unreachable", { requestId, cause: response.status });
  }
  return new TransportError(isErrorCode(error["code"]) ? error["code"] : unknownCode(response.status), {
    requestId: text(error["requestId"]) ?? requestId,
    retryAfterMs: number(error["retryAfterMs"]),
  });
}

/** Replaces a code that only a later version knows. The status tells whether a retry can help. */
function unknownCode(status: number): ErrorCode {
  if (status === 429) return "rate_limited";
  return status < 500 ? "invalid_request" : "internal";
}
