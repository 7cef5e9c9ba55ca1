import { beatEvery, Follower, type EventLog } from "./follower.ts";
import type { OpenStreams } from "./open-streams.ts";

/** How often a heartbeat is due, and how often the turn checks whether it is. Both in milliseconds. */
export interface Heartbeat {
  heartbeatMs: number;
  tickMs: number;
}

/** Who follows a running turn: streams of its events, and requests that wait for its beginning. */
export class Followers {
  readonly #log: EventLog;
  readonly #beatMs: number;
  readonly #streams = new Set<Follower>();
  /** Number of followers, and of requests that wait for the turn to begin. */
  #attached = 0;
  /** When the last follower left, in milliseconds since the epoch. */
  #unfollowedSince = Infinity;

  constructor(log: EventLog, { heartbeatMs, tickMs }: Heartbeat) {
    this.#log = log;
    this.#beatMs = beatEvery(heartbeatMs, tickMs);
  }

  /** When the last follower or waiting request left, in milliseconds since the epoch; `Infinity` while there is one. */
  get unfollowedSince(): number {
    return this.#unfollowedSince;
  }

  /**
   * Streams the log's events after number `seq`, as they are written.
   * @param streams the visitor's open streams, to which this one is added
   */
  follow(seq: number, streams: OpenStreams): ReadableStream<Uint8Array> {
    const detach = this.attach();
    const onLeave = () => {
      this.#streams.delete(follower);
      remove();
      detach();
    };
    const follower = new Follower(this.#log, { seq, beatMs: this.#beatMs, now: Date.now(), onLeave });
    this.#streams.add(follower);
    const remove = streams.add(() => follower.drop());
    return follower.stream;
  }

  /**
   * Registers a follower or a waiting request. Returns a function that unregisters it; when none is left, the grace
   * period starts.
   */
  attach(): () => void {
    this.#attached += 1;
    this.#unfollowedSince = Infinity;
    let isAttached = true;
    return () => {
      if (!isAttached) return;
      isAttached = false;
      this.#attached -= 1;
      if (this.#attached === 0) this.#unfollowedSince = Date.now();
    };
  }

  /** Pushes new events of the log to all streams. */
  push(now: number): void {
    for (const follower of this.#streams) follower.push(now);
  }

  beat(now: number): void {
    for (const follower of this.#streams) follower.beat(now);
  }
}
