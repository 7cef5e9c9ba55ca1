import type { TerminalEvent } from "../../protocol/index.ts";
import { TransportError } from "../transport/failure.ts";
import { HeldBackError, readEvents } from "../transport/stream.ts";
import type { NumberedEvent } from "../transport/stream.ts";
import { backoffMs } from "./backoff.ts";
import { onPageHide, pause } from "./page-lifecycle.ts";

/** How a turn is reached. */
export interface TurnSource {
  /** Opens its stream right after the last event that was taken in; undefined where there is nothing to follow. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | undefined>;
  take(numbered: NumberedEvent): void;
  /** Reads what is stored instead; whether the turn still runs. */
  read(signal: AbortSignal): Promise<boolean>;
  /** The connection is gone, and will be made anew. */
  lost(error: TransportError): void;
  /** Whether it is worth another try after so many that failed. */
  shouldRetry(error: TransportError, attempt: number): boolean;
}

/** While the browser says that it is offline, it is not asked more often than this, in milliseconds: it may be wrong. */
const offlinePauseMs = 15_000;

/** How often a turn that cannot be followed is looked at, in milliseconds: gently, as each look is a request. */
const pollMs = 3_000;

/**
 * Follows a turn to its ending, however often the connection breaks on the way.
 * @param signal ends it, with its reason
 * @returns the ending; undefined where it was not seen, and what is stored was read
 * @throws TransportError where the worker refuses, or another try is not worth it
 */
export async function followTurn(line: TurnSource, signal: AbortSignal): Promise<TerminalEvent | undefined> {
  let attempt = 0;
  for (;;) {
    try {
      return await followOnce(line, signal, () => {
        attempt = 0;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransportError) || !line.shouldRetry(error, attempt)) throw error;
      line.lost(error);
      const isOffline = error.code === "offline";
      await pause(isOffline ? offlinePauseMs : Math.max(backoffMs(attempt), error.retryAfterMs ?? 0), signal);
      attempt = isOffline ? 0 : attempt + 1;
    }
  }
}

/** @param progressed called with every event */
async function followOnce(
  line: TurnSource,
  signal: AbortSignal,
  progressed: () => void,
): Promise<TerminalEvent | undefined> {
  const connection = new AbortController();
  const broken = () => connection.abort(new TransportError("interrupted"));
  onPageHide(broken, connection.signal);
  signal.addEventListener("abort", broken, { signal: connection.signal });
  try {
    const body = await line.open(connection.signal);
    if (!body) return await readToEnd(line, connection.signal);
    return await readEvents(body, (numbered) => {
      progressed();
      if (!signal.aborted) line.take(numbered);
    });
  } catch (error) {
    if (error instanceof HeldBackError && !connection.signal.aborted) return await readToEnd(line, connection.signal);
    throw connection.signal.aborted ? connection.signal.reason : error;
  } finally {
    connection.abort();
  }
}

async function readToEnd(line: TurnSource, signal: AbortSignal): Promise<undefined> {
  while (await line.read(signal)) await pause(pollMs, signal);
}
