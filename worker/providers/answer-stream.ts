import { createParser, type EventSourceParser } from "eventsource-parser";
import { bytesOf } from "../bytes.ts";
import { ChatError } from "../../protocol/index.ts";
import { assertEventStream, endedEarly, toProviderError } from "./errors.ts";
import type { AnswerStream, ProviderEvent, ProviderTimeouts, TakeEvent } from "./provider.ts";
import { SilenceWatch } from "./silence-watch.ts";

/** Turns the frames of one provider's wire format into our events. It accumulates data that spans several frames. */
export interface WireReader {
  /** Whether the provider has begun its answer. */
  readonly isAccepted: boolean;
  /** Whether the end marker or an error has arrived. Nothing after it is read. */
  readonly isFinished: boolean;
  /**
   * Whether a finish reason has arrived, even one that means a failure. Nothing of the answer is missing then, and how
   * the body ends does not matter.
   */
  readonly isWhole: boolean;
  /** The marker that ends an answer on this wire, as the provider's documentation names it. */
  readonly endMarker: string;
  /**
   * Reads one server-sent event.
   * @param data never blank
   * @param name its SSE event name, if it has one
   * @returns the resulting events; `accepted` is always first
   * @throws ChatError for an error that the provider reports; SyntaxError if the data is not JSON
   */
  push(data: string, name: string | undefined): readonly ProviderEvent[];
  /**
   * Ends the answer. Called when the answer is finished, or when it is whole and nothing more can be read.
   * @returns the events that `push` held back, and `finish` last
   * @throws ChatError for a failure that the provider reported
   */
  end(): readonly ProviderEvent[];
}

/** A provider's response to a request, as an adapter returns it. */
export interface ProviderAnswer {
  response: Response;
  wire: WireReader;
  /** Emitted after `accepted`: which settings of the assistant were not applied. */
  warnings: readonly ProviderEvent[];
}

/** How long the upstream may take to close the stream after its end marker, in milliseconds. */
const endMs = 100;

/**
 * The longest server-sent event that is read, in UTF-16 units. Most events hold only a piece of an answer, but a
 * provider may send a whole answer in one event. At most 200,000 units of an answer are kept.
 */
const maxEventChars = 8 * 1024 * 1024;

/**
 * The longest body that is read, in bytes, and the most events that are read. A turn takes ten minutes at most. At 150
 * pieces per second and 700 bytes per piece, both of which are a lot, it has 90,000 events and 60 MiB.
 */
const maxBodyBytes = 64 * 1024 * 1024;
const maxEvents = 250_000;

/**
 * Sends one request and opens the stream of its answer.
 * @param signal its abort closes the request at once and rejects the promise; the caller checks its signal before
 *   treating that as an error
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
  #bytes = 0;
  #events = 0;
  #isEnded = false;
  /** Whether the watch has aborted. It is kept here, because each `signal.aborted` is a slow call into the runtime. */
  #isAborted: boolean;
  /** Whether the body has ended. The last event may then be incomplete. */
  #isLast = false;

  constructor({ response, wire, warnings }: ProviderAnswer, watch: SilenceWatch) {
    this.#reader = bytesOf(response).getReader();
    this.#wire = wire;
    this.#watch = watch;
    this.#warnings = warnings;
    this.#parser = createParser({
      maxBufferSize: maxEventChars,
      onEvent: ({ data, event }) => this.#push(data, event),
      onError: ({ type }) => {
        if (type === "max-buffer-size-exceeded") this.#endWith(tooMuch("an event that is too long"));
      },
    });
    const abort = () => {
      this.#isAborted = true;
      // A pending read must end even if the upstream's `fetch` does not listen to its signal.
      this.#reader.cancel().catch(() => undefined);
    };
    this.#isAborted = watch.signal.aborted;
    watch.signal.addEventListener("abort", abort, { once: true });
  }

  readToFirstPiece(take: TakeEvent): Promise<void> {
    return this.#read(take, true);
  }

  readToEnd(take: TakeEvent): Promise<void> {
    return this.#read(take, false);
  }

  /** Reads a complete answer's body to its end, so that its connection can be reused; closes it if it stays open. */
  async close(): Promise<void> {
    if (this.#isEnded) {
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
      while (!this.#isEnded && !(stopsAtPiece && this.#hasPiece)) {
        try {
          read = await this.#reader.read();
        } catch (error) {
          this.#endWith(brokenStream(error));
          break;
        }
        if (this.#isAborted) this.#endWith(this.#watch.signal.reason);
        else if (read.done) this.#endBody();
        else this.#feed(read.value);
      }
    } catch (error) {
      this.#watch.close();
      throw error;
    }
  }

  #feed(bytes: Uint8Array): void {
    this.#watch.received();
    this.#bytes += bytes.byteLength;
    if (this.#bytes > maxBodyBytes) return this.#endWith(tooMuch("a body that is too long"));
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
    if (this.#wire.isFinished && !this.#isEnded) this.#end();
  }

  /** The last event counts even if the blank line that should follow it is missing. */
  #endBody(): void {
    this.#isLast = true;
    this.#parser.feed(`${this.#decoder.decode()}\n\n`);
    if (!this.#isEnded) this.#endWith(endedEarly(this.#wire.endMarker));
  }

  /**
   * Handles a body that has ended or cannot be read any further. This matters only if a part of the answer is missing.
   */
  #endWith(error: unknown): void {
    if (this.#wire.isFinished || this.#wire.isWhole) this.#end();
    else this.#fail(error);
  }

  #end(): void {
    this.#isEnded = true;
    let events: readonly ProviderEvent[];
    try {
      events = this.#wire.end();
    } catch (error) {
      // What the provider reported counts, even if it then fell silent.
      throw toProviderError(error, this.#wire.isAccepted);
    }
    this.#emit(events);
  }

  #push(data: string, name: string | undefined): void {
    if (this.#isEnded || this.#wire.isFinished) return;
    this.#events += 1;
    if (this.#events > maxEvents) return this.#endWith(tooMuch("too many events"));
    if (data.trim() === "") return; // a keep-alive
    const wasWhole = this.#wire.isWhole;
    const events = this.#parse(data, name);
    if (!wasWhole && this.#wire.isWhole) this.#watch.expectRest();
    if (wasWhole && events.some(isPiece)) this.#watch.expectMore(); // some servers name a finish reason in every piece
    this.#emit(events);
  }

  #emit(events: readonly ProviderEvent[]): void {
    for (const event of events) {
      if (isPiece(event)) this.#hasPiece = true;
      this.#take(event);
      if (event.type === "accepted") for (const warning of this.#warnings) this.#take(warning);
    }
  }

  #parse(data: string, name: string | undefined): readonly ProviderEvent[] {
    try {
      return this.#wire.push(data, name);
    } catch (error) {
      // What cannot be read does not matter after a whole answer, and the last event may have been cut off.
      if (error instanceof SyntaxError && (this.#wire.isWhole || this.#isLast)) return [];
      return this.#fail(error);
    }
  }

  /** Throws the provider's failure as a ChatError. An error that `take` throws is a bug and is not converted. */
  #fail(error: unknown): never {
    const cause: unknown = this.#isAborted ? this.#watch.signal.reason : error;
    throw toProviderError(cause, this.#wire.isAccepted);
  }
}

/** Whether an event is a piece of the answer. After the first one, another attempt would repeat what was shown. */
function isPiece(event: ProviderEvent): boolean {
  const { type } = event;
  if (type === "reasoning") return event.content !== "";
  return type === "delta" || type === "citation" || type === "finish";
}

function tooMuch(what: string): ChatError {
  return new ChatError("upstream_truncated", { detail: `The provider sent ${what}.` });
}

function brokenStream(cause: unknown): ChatError {
  return new ChatError("upstream_truncated", { detail: "The provider's stream broke before its end.", cause });
}
