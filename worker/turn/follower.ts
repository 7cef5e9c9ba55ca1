import { streamRetryMs } from "../../protocol/index.ts";
import type { TurnLog } from "./turn-log.ts";

const encoder = new TextEncoder();
const prologue = `retry: ${streamRetryMs}\n: rivulet\n\n`;

/** A heartbeat is one comment, sent in two halves, because only a write can show that a follower left. */
const heartbeat = [encoder.encode(": still here\n"), encoder.encode("\n")] as const;

/**
 * How long a stream is silent before a follower gets half of a heartbeat, in milliseconds. That a follower left is noticed
 * at the third half at the latest: behind a proxy, the first write after it left still succeeds, and the second one only
 * ends the connection to the proxy. So three of them, each up to a tick late, must fit a heartbeat, and so must the tick
 * that ends the grace period.
 * @param tickMs how often followers are looked after, in milliseconds
 */
export function beatEvery(heartbeatMs: number, tickMs: number): number {
  return Math.max(0, Math.min(heartbeatMs / 4, (heartbeatMs - 5 * tickMs) / 3));
}

/** How a follower reads. */
export interface FollowOptions {
  /** It has seen the events up to this number. */
  seq: number;
  /** After this many milliseconds of silence it gets the next half of a heartbeat. */
  beatMs: number;
  now: number;
  /** Called once, when the turn has ended or the reader is gone. */
  onLeave: () => void;
}

/**
 * One reader of a running turn. The turn pushes to it; it keeps no events of its own but a place in the log, so a slow
 * reader continues from there when it is ready, holds nobody up and costs one batch of memory at most.
 */
export class Follower {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #log: TurnLog;
  readonly #beatMs: number;
  readonly #onLeave: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #seq: number;
  #sentAt: number;
  #isHeartbeatOpen = false;

  constructor(log: TurnLog, { seq, beatMs, now, onLeave }: FollowOptions) {
    this.#log = log;
    this.#seq = seq;
    this.#sentAt = now;
    this.#beatMs = beatMs;
    this.#onLeave = onLeave;
    this.stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
        // One chunk: each one that crosses from the object to the Worker costs a round trip.
        const batch = this.#log.readAfter(this.#seq);
        this.#seq = batch?.lastSeq ?? this.#seq;
        controller.enqueue(encoder.encode(prologue + (batch?.frames ?? "")));
      },
      pull: () => this.push(Date.now()),
      cancel: () => this.#leave(),
    });
  }

  /**
   * Sends what the log has and the reader has room for; ends the stream after the terminal event. `enqueue` can call
   * `pull`, and with it this method, before it returns.
   */
  push(now: number): void {
    while (this.#seq < this.#log.lastSeq && this.#hasRoom()) {
      const batch = this.#log.readAfter(this.#seq);
      if (batch === undefined) break;
      this.#seq = batch.lastSeq;
      this.#sentAt = now;
      this.#isHeartbeatOpen = false; // a comment that was begun is complete without its second piece
      this.#controller?.enqueue(encoder.encode(batch.frames));
    }
    const controller = this.#controller;
    if (controller === undefined || !this.#log.hasEnded || this.#seq < this.#log.lastSeq) return;
    this.#leave();
    controller.close();
  }

  /** Sends half of a heartbeat if it is time for one. */
  beat(now: number): void {
    if (now - this.#sentAt < this.#beatMs || !this.#hasRoom()) return;
    const piece = heartbeat[this.#isHeartbeatOpen ? 1 : 0];
    this.#isHeartbeatOpen = !this.#isHeartbeatOpen;
    this.#sentAt = now;
    this.#controller?.enqueue(piece);
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

/** Streams frames that are all there already. */
export function replayFrames(frames: string): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(prologue + frames));
      controller.close();
    },
  });
}
