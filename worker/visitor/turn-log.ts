import { formatEventId, type ChatEvent } from "../../protocol/index.ts";

/** Where a turn's log is kept beyond this process. Each call is one write that is whole or not at all. */
export interface LogStorage {
  /** Promises that no number up to and including `seq` is given out again. */
  reserve(answer: string, seq: number): void;
  /** Keeps the frames `first` to `last`, one after the other, which follow those that are kept already. */
  append(answer: string, first: number, last: number, frames: string): void;
}

/** Frames that follow each other: `frames` is ready to be sent, `lastSeq` the number of the last one in it. */
export interface FrameRun {
  frames: string;
  lastSeq: number;
}

/**
 * So many numbers are reserved at a time: a write for every few hundred events. The first ones are reserved by whatever
 * is written when a turn begins.
 */
export const reserveStep = 512;

/**
 * About how many UTF-16 units one follower is handed at once, and one write holds: it bounds what a slow follower keeps
 * in memory, and stays below the 2 MB that SQLite in an object takes in a row.
 */
const runChars = 64 * 1024;

/**
 * The events of one turn, numbered from 1 without a gap. They are in memory first and go to storage in batches when
 * `flush` is called; the numbers are reserved in storage before an event can be seen, so that after a crash no number
 * can mean a second thing.
 */
export class TurnLog {
  readonly answer: string;
  readonly #storage: LogStorage;
  readonly #frames: string[] = [];
  #reserved = reserveStep;
  #flushed = 0;
  #ended = false;
  #wake = Promise.withResolvers<void>();

  constructor(answer: string, storage: LogStorage) {
    this.answer = answer;
    this.#storage = storage;
  }

  /** Number of the newest event; 0 before the first. */
  get lastSeq(): number {
    return this.#frames.length;
  }

  /** Whether the terminal event is in. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Numbers an event and shows it to every follower. `name` is its SSE event name. */
  append(name: string, event: ChatEvent): void {
    const seq = this.#frames.length + 1;
    if (seq > this.#reserved) {
      this.#reserved += reserveStep;
      this.#storage.reserve(this.answer, this.#reserved);
    }
    this.#frames.push(writeFrame(this.answer, seq, name, event));
    this.#notify();
  }

  /** Keeps what is not in storage yet: in one write, or in several where it would be too much for one row. */
  flush(): void {
    for (let run = this.readAfter(this.#flushed); run; run = this.readAfter(this.#flushed)) {
      this.#storage.append(this.answer, this.#flushed + 1, run.lastSeq, run.frames);
      this.#flushed = run.lastSeq;
    }
  }

  /** Says that the last event was the terminal one. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** The frames right after number `seq`, as many as go out at once; undefined where there are none yet. */
  readAfter(seq: number): FrameRun | undefined {
    if (seq >= this.#frames.length) return undefined;
    let frames = "";
    let at = seq;
    do frames += this.#frames[at++] ?? "";
    while (at < this.#frames.length && frames.length < runChars);
    return { frames, lastSeq: at };
  }

  /** Resolves at the next event, or at the end. */
  changed(): Promise<void> {
    return this.#wake.promise;
  }

  #notify(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}

/** Writes one event as an SSE frame. JSON has no line breaks, so `data` is always one line. */
export function writeFrame(answer: string, seq: number, name: string, event: ChatEvent): string {
  return `id: ${formatEventId({ answer, seq })}\nevent: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** One row of a stored log. */
export interface StoredBatch {
  firstSeq: number;
  lastSeq: number;
  frames: string;
}

/** The frames of stored batches that come right after number `seq`. */
export function framesAfter(batches: readonly StoredBatch[], seq: number): string {
  return batches
    .filter((batch) => batch.lastSeq > seq)
    .map((batch) => (batch.firstSeq > seq ? batch.frames : skipFrames(batch.frames, seq - batch.firstSeq + 1)))
    .join("");
}

function skipFrames(frames: string, count: number): string {
  let at = 0;
  for (let skipped = 0; skipped < count; skipped++) at = frames.indexOf("\n\n", at) + 2;
  return frames.slice(at);
}

/** The `data` of every frame in a run of frames, in order. */
export function frameData(frames: string): string[] {
  const start = "\ndata: ";
  return frames
    .split("\n\n")
    .filter((frame) => frame !== "")
    .map((frame) => frame.slice(frame.indexOf(start) + start.length));
}
