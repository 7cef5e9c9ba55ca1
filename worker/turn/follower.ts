import { streamRetryMs } from "../../protocol/index.ts";
import type { FrameBatch } from "./frames.ts";

/** The numbered events of a running or a stored turn, which can be read from any position. */
export interface EventLog {
  /** Number of the newest event. */
  readonly lastSeq: number;
  /** Whether the newest event is the terminal event. */
  readonly hasEnded: boolean;
  /** The next batch of frames after number `seq`; undefined if there are none. */
  readAfter(seq: number): FrameBatch | undefined;
}

const encoder = new TextEncoder();
const prologue = `retry: ${streamRetryMs}\n: rivulet\n\n`;

/** A heartbeat is one comment, sent in two halves: only writes can reveal that a follower has left. */
const heartbeat = [encoder.encode(": still here\n"), encoder.encode("\n")] as const;

/**
 * How long a stream is silent before a follower is sent half of a heartbeat, in milliseconds. A departure is noticed at
 * the third half at the latest: behind a proxy, the first write after the departure still succeeds, and the second one
 * only ends the connection to the proxy. So three halves, each up to a tick late, must fit into one heartbeat interval,
 * together with the tick that ends the grace period.
 * @param heartbeatMs the heartbeat interval, in milliseconds
 * @param tickMs how often the turn checks its followers, in milliseconds
 */
export function beatEvery(heartbeatMs: number, tickMs: number): number {
  return Math.max(0, Math.min(heartbeatMs / 4, (heartbeatMs - 5 * tickMs) / 3));
}

/** Options of a follower. */
export interface FollowOptions {
  /** Number of the last event that the reader has received. */
  seq: number;
  /** After this many milliseconds of silence, the reader is sent the next half of a heartbeat. */
  beatMs: number;
  now: number;
  /** Called once, when the turn has ended or the reader is gone. */
  onLeave: () => void;
}

/**
 * One reader of a turn's log. A running turn pushes to it. It stores only its position in the log, so a slow reader
 * delays nobody, continues from that position when it is ready, and costs at most one batch of memory.
 */
export class Follower {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #log: EventLog;
  readonly #beatMs: number;
  readonly #onLeave: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #seq: number;
  #sentAt: number;
  #isHeartbeatOpen = false;

  constructor(log: EventLog, { seq, beatMs, now, onLeave }: FollowOptions) {
    this.#log = log;
    this.#seq = seq;
    this.#sentAt = now;
    this.#beatMs = beatMs;
    this.#onLeave = onLeave;
    this.stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
        // In one chunk, because each chunk that crosses from the object to the Worker costs a round trip.
        const batch = this.#log.readAfter(this.#seq);
        this.#seq = batch?.lastSeq ?? this.#seq;
        controller.enqueue(encoder.encode(prologue + (batch?.frames ?? "")));
      },
      pull: () => this.push(Date.now()),
      cancel: () => this.#leave(),
    });
  }

  /**
   * Sends the frames that the log has and the reader has room for; ends the stream after the terminal event. `enqueue`
   * can call `pull` before it returns, and `pull` calls this method.
   */
  push(now: number): void {
    while (this.#seq < this.#log.lastSeq && this.#hasRoom()) {
      const batch = this.#log.readAfter(this.#seq);
      if (batch === undefined) return this.drop(); // the log was deleted while it was read
      this.#seq = batch.lastSeq;
      this.#sentAt = now;
      this.#isHeartbeatOpen = false; // a heartbeat that was begun is complete without its second half
      this.#controller?.enqueue(encoder.encode(batch.frames));
    }
    const controller = this.#controller;
    if (controller === undefined || !this.#log.hasEnded || this.#seq < this.#log.lastSeq) return;
    this.#leave();
    controller.close();
  }

  /** Sends half of a heartbeat if it is due and the reader has room. */
  beat(now: number): void {
    if (now - this.#sentAt < this.#beatMs || !this.#hasRoom()) return;
    const piece = heartbeat[this.#isHeartbeatOpen ? 1 : 0];
    this.#isHeartbeatOpen = !this.#isHeartbeatOpen;
    this.#sentAt = now;
    this.#controller?.enqueue(piece);
  }

  /** Ends the stream as if the connection had broken, and frees what the reader has not taken. */
  drop(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#leave();
    controller.error(new Error("The stream was ended."));
  }

  /** Whether the reader is there and has taken what it was sent. */
  #hasRoom(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0;
  }

  #leave(): void {
    this.#controller = undefined;
    this.#onLeave();
  }
}
