import type { ChatEvent } from "../../protocol/index.ts";
import type { EventLog } from "./follower.ts";
import { writeFrame, type FrameBatch } from "./frames.ts";

/**
 * Approximate maximum size of a batch, in UTF-16 units. It limits what a slow follower holds in memory, and keeps
 * a written row below the 2 MB that SQLite in an object allows.
 */
const batchChars = 64 * 1024;

/** The events of one running turn, numbered from 1 without a gap. They live in memory; `TurnWriter` stores them. */
export class TurnLog implements EventLog {
  readonly answer: string;
  readonly #frames: string[] = [];
  #hasEnded = false;

  constructor(answer: string) {
    this.answer = answer;
  }

  /** Number of the newest event; 0 before the first one. */
  get lastSeq(): number {
    return this.#frames.length;
  }

  /** Whether the terminal event has been appended. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Numbers an event. `name` is its SSE event name. */
  append(name: string, event: ChatEvent): void {
    this.#frames.push(writeFrame(this.answer, this.#frames.length + 1, name, event));
  }

  /** Marks the log as complete. */
  end(): void {
    this.#hasEnded = true;
  }

  /** The frames right after number `seq`, at most one batch; undefined if there are none yet. */
  readAfter(seq: number): FrameBatch | undefined {
    if (seq >= this.#frames.length) return undefined;
    let frames = "";
    let at = seq;
    do frames += this.#frames[at++] ?? "";
    while (at < this.#frames.length && frames.length < batchChars);
    return { firstSeq: seq + 1, lastSeq: at, frames };
  }
}
