import { DeltaParser, eventFrame } from "./frames.ts";

/** What a writer does in addition to writing events. */
export interface WriterOptions {
  /** Pieces that arrive within this time after the last event are sent together; 0 for one event per piece. */
  gatherMs: number;
  /** The storage for the events, one row per second. */
  sql?: SqlStorage;
}

/** The time between two rows of the log, in milliseconds. */
const rowMs = 1000;

/** Reads a provider's stream and writes this project's events. The next read or one coarse timer sends due pieces. */
export class EventWriter {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #options: WriterOptions;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();
  readonly #parser = new DeltaParser();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #content = "";
  #waiting = "";
  #sentAt = 0;
  #seq = 0;
  #row = "";
  #rowAt = Date.now();

  constructor(controller: ReadableStreamDefaultController<Uint8Array>, options: WriterOptions) {
    this.#controller = controller;
    this.#options = options;
    if (options.gatherMs > 0) this.#timer = setInterval(() => this.#sendDue(), options.gatherMs);
    options.sql?.exec("CREATE TABLE log (seq INTEGER PRIMARY KEY, frames TEXT)");
  }

  feed(bytes: Uint8Array): void {
    for (const delta of this.#parser.feed(this.#decoder.decode(bytes, { stream: true }))) {
      this.#waiting += delta;
      this.#sendDue();
    }
  }

  end(): void {
    clearInterval(this.#timer);
    this.#send();
    this.#write({ type: "response", content: this.#content });
    this.#keep();
  }

  #sendDue(): void {
    if (Date.now() - this.#sentAt >= this.#options.gatherMs) this.#send();
  }

  #send(): void {
    if (this.#waiting === "") return;
    this.#content += this.#waiting;
    this.#write({ type: "delta", content: this.#waiting });
    this.#waiting = "";
    this.#sentAt = Date.now();
    if (this.#sentAt - this.#rowAt >= rowMs) this.#keep();
  }

  #write(event: { type: string; content: string }): void {
    this.#seq += 1;
    const frame = eventFrame(this.#seq, event);
    this.#controller.enqueue(this.#encoder.encode(frame));
    if (this.#options.sql) this.#row += frame;
  }

  #keep(): void {
    this.#rowAt = Date.now();
    this.#options.sql?.exec("INSERT INTO log VALUES (?, ?)", this.#seq, this.#row);
    this.#row = "";
  }
}
