import { createParser, type EventSourceParser } from "eventsource-parser";
import { bytesOf } from "../bytes.ts";
import { ChatError } from "../../protocol/index.ts";
import { assertEventStream, endedEarly, toProviderError } from "./errors.ts";
import type { AnswerStream, ProviderEvent, ProviderTimeouts, TakeEvent } from "./provider.ts";
import { SilenceWatch } from "./silence-watch.ts";

/** Turns the frames of one provider's wire into our events. It keeps what the wire reports in several frames. */
export interface WireReader {
  /** Whether the provider has begun its answer. */
  readonly isAccepted: boolean;
  /** Whether the answer is complete. */
  readonly isFinished: boolean;
  /** What ends an answer on this wire, in the words of the provider's documentation. */
  readonly endMarker: string;
  /**
   * Reads the `data` of one server-sent event.
   * @returns the events that it stands for; `accepted` is the first one of all
   * @throws ChatError for an error that the provider reports; SyntaxError if the data is not JSON
   */
  push(data: string): readonly ProviderEvent[];
}

/** What an adapter returns once its provider has answered a request. */
export interface ProviderAnswer {
  response: Response;
  wire: WireReader;
  /** Emitted after `accepted`: which settings of the assistant were not applied. */
  warnings: readonly ProviderEvent[];
}

/** How long the upstream may take to close the stream after its end marker, in milliseconds. */
const endMs = 100;

/**
 * Sends one request and opens the stream of its answer.
 * @param signal closes the request at once; the promise then rejects, and the caller checks its own signal first
 * @param send sends the request with the watch's signal
 * @throws ChatError by status, or `provider_unavailable` if there is no event stream
 */
export async function requestAnswer(
  timeouts: ProviderTimeouts,
  signal: AbortSignal,
  send: (watch: SilenceWatch) => Promise<ProviderAnswer>,
): Promise<AnswerStream> {
  const watch = new SilenceWatch(timeouts, signal);
  try {
    watch.signal.throwIfAborted();
    const answer = await send(watch);
    assertEventStream(answer.response);
    return new WireStream(answer, watch);
  } catch (error) {
    const cause: unknown = watch.signal.aborted ? watch.signal.reason : error;
    watch.close();
    throw toProviderError(cause, false);
  }
}

/**
 * The body of one answer and the only loop that reads it: bytes become server-sent events, which are passed on
 * synchronously. Each read costs one promise, the one of the read itself.
 */
class WireStream implements AnswerStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #wire: WireReader;
  readonly #watch: SilenceWatch;
  readonly #warnings: readonly ProviderEvent[];
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;
  #take: TakeEvent = () => undefined;
  #hasPiece = false;

  constructor({ response, wire, warnings }: ProviderAnswer, watch: SilenceWatch) {
    this.#reader = bytesOf(response).getReader();
    this.#wire = wire;
    this.#watch = watch;
    this.#warnings = warnings;
    this.#parser = createParser({ onEvent: ({ data }) => this.#push(data) });
    // A pending read must end even if the upstream's `fetch` does not listen to its signal.
    const cancel = () => void this.#reader.cancel().catch(() => undefined);
    watch.signal.addEventListener("abort", cancel, { once: true });
  }

  readToFirstPiece(take: TakeEvent): Promise<void> {
    return this.#read(take, true);
  }

  readToEnd(take: TakeEvent): Promise<void> {
    return this.#read(take, false);
  }

  /** Reads to the end of the body, so that the connection can serve the next request; closes it if it stays open. */
  async close(): Promise<void> {
    if (this.#wire.isFinished) {
      const timer = setTimeout(() => this.#watch.close(), endMs);
      try {
        while (!(await this.#reader.read()).done);
      } catch {
        // The answer is complete: it does not matter how its connection ends.
      } finally {
        clearTimeout(timer);
      }
    }
    this.#watch.close();
  }

  async #read(take: TakeEvent, stopsAtPiece: boolean): Promise<void> {
    this.#take = take;
    let read: ReadableStreamReadResult<Uint8Array>;
    try {
      while (!this.#wire.isFinished && !(stopsAtPiece && this.#hasPiece)) {
        try {
          read = await this.#reader.read();
        } catch (error) {
          this.#fail(brokenStream(error));
        }
        if (this.#watch.signal.aborted) this.#fail(this.#watch.signal.reason);
        if (read.done) this.#fail(endedEarly(this.#wire.endMarker));
        this.#watch.received();
        this.#parser.feed(this.#decoder.decode(read.value, { stream: true }));
      }
    } catch (error) {
      this.#watch.close();
      throw error;
    }
  }

  #push(data: string): void {
    if (this.#wire.isFinished) return;
    for (const event of this.#parse(data)) {
      if (isPiece(event)) this.#hasPiece = true;
      this.#take(event);
      if (event.type === "accepted") for (const warning of this.#warnings) this.#take(warning);
    }
  }

  #parse(data: string): readonly ProviderEvent[] {
    try {
      return this.#wire.push(data);
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** Throws the provider's failure as a ChatError. An error that `take` throws is a bug and is not converted. */
  #fail(error: unknown): never {
    const cause: unknown = this.#watch.signal.aborted ? this.#watch.signal.reason : error;
    throw toProviderError(cause, this.#wire.isAccepted);
  }
}

/** Whether an event is a piece of the answer. After the first one, another attempt would repeat what was shown. */
function isPiece(event: ProviderEvent): boolean {
  const { type } = event;
  if (type === "reasoning") return event.content !== "";
  return type === "delta" || type === "citation" || type === "finish";
}

function brokenStream(cause: unknown): ChatError {
  return new ChatError("upstream_truncated", { detail: "The provider's stream broke before its end.", cause });
}
