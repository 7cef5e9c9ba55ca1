import type { TerminalEvent } from "../../protocol/index.ts";
import { TransportError } from "../transport/failure.ts";
import { HeldBackError, readEvents } from "../transport/stream.ts";
import type { NumberedEvent } from "../transport/stream.ts";
import { backoffMs } from "./backoff.ts";
import { onPageHide, pause } from "./page-lifecycle.ts";

/** How to connect to a turn. */
export interface TurnSource {
  /** Opens the stream after the last processed event; undefined if there is nothing to follow. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | undefined>;
  take(numbered: NumberedEvent): void;
  /** Reads the stored conversation instead. Resolves to whether the turn is still running. */
  read(signal: AbortSignal): Promise<boolean>;
  /** The connection was lost and will be opened again. */
  lost(error: TransportError): void;
  /** Whether to retry after this many failed attempts. */
  shouldRetry(error: TransportError, attempt: number): boolean;
}

/** Retry interval while the browser reports that it is offline, in milliseconds. The report may be wrong. */
const offlinePauseMs = 15_000;

/** Poll interval for a turn that cannot be followed, in milliseconds. Each poll is a request. */
const pollMs = 3_000;

/**
 * Follows a turn to its end, and reconnects when the connection breaks.
 * @param signal stops following; the promise then rejects with the signal's reason
 * @returns the terminal event; undefined if it was missed and the stored conversation was read
 * @throws TransportError if the worker refuses, or no retry is left
 */
export async function followTurn(source: TurnSource, signal: AbortSignal): Promise<TerminalEvent | undefined> {
  let attempt = 0;
  for (;;) {
    try {
      return await followOnce(source, signal, () => {
        attempt = 0;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransportError) || !source.shouldRetry(error, attempt)) throw error;
      source.lost(error);
      const isOffline = error.code === "offline";
      await pause(isOffline ? offlinePauseMs : Math.max(backoffMs(attempt), error.retryAfterMs ?? 0), signal);
      attempt = isOffline ? 0 : attempt + 1;
    }
  }
}

/** @param progressed called when an event has arrived */
async function followOnce(
  source: TurnSource,
  signal: AbortSignal,
  progressed: () => void,
): Promise<TerminalEvent | undefined> {
  const connection = new AbortController();
  const broken = () => connection.abort(new TransportError("interrupted"));
  onPageHide(broken, connection.signal);
  signal.addEventListener("abort", broken, { signal: connection.signal });
  try {
    const body = await source.open(connection.signal);
    if (!body) return await readToEnd(source, connection.signal);
    return await readEvents(body, (numbered) => {
      progressed();
      if (!signal.aborted) source.take(numbered);
    });
  } catch (error) {
    if (error instanceof HeldBackError && !connection.signal.aborted) return await readToEnd(source, connection.signal);
    throw connection.signal.aborted ? connection.signal.reason : error;
  } finally {
    connection.abort();
  }
}

async function readToEnd(source: TurnSource, signal: AbortSignal): Promise<undefined> {
  while (await source.read(signal)) await pause(pollMs, signal);
}
