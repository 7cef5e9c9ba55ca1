import { streamRetryMs } from "../../protocol/index.ts";
import { after } from "../timer.ts";
import type { TurnLog } from "./turn-log.ts";

const encoder = new TextEncoder();
const prologue = `retry: ${streamRetryMs}\n: rivulet\n\n`;

/** A heartbeat is one comment, written in two pieces. */
const heartbeat = [encoder.encode(": still here\n"), encoder.encode("\n")] as const;

/**
 * So long after the first piece comes the second one, in milliseconds: only a write can tell that a follower left, and
 * one to a connection that has just been closed goes well. With two for each heartbeat it is known within two of them,
 * even behind a proxy.
 */
const secondPieceMs = 1000;

/** How a follower reads. */
export interface FollowOptions {
  /** It has seen the events up to this number. */
  seq: number;
  /** After so many milliseconds of silence it sends a comment. */
  heartbeatMs: number;
  /** Called once, when the turn has ended or the follower is gone. */
  onLeave: () => void;
}

/**
 * Streams a running turn from its log, right after number `seq`, until its terminal event. A follower keeps no events of
 * its own: it reads on from its place in the log when its reader is ready, so a slow one holds nobody up.
 */
export function followLog(log: TurnLog, { seq, heartbeatMs, onLeave }: FollowOptions): ReadableStream<Uint8Array> {
  let at = seq;
  let isGone = false;
  let isSecond = false;
  const betweenMs = Math.min(secondPieceMs, heartbeatMs / 2);
  const leave = (): void => {
    isGone = true;
    onLeave();
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(prologue)),
    async pull(controller) {
      const waitMs = isSecond ? betweenMs : heartbeatMs - betweenMs;
      const isQuiet = log.lastSeq === at && !log.ended && !(await changesWithin(log, waitMs));
      if (isGone) return;
      const run = log.readAfter(at);
      if (run) {
        at = run.lastSeq;
        isSecond = false; // a comment that was begun is whole without it
        controller.enqueue(encoder.encode(run.frames));
      } else if (isQuiet) {
        controller.enqueue(heartbeat[isSecond ? 1 : 0]);
        isSecond = !isSecond;
      }
      if (log.ended && at === log.lastSeq) {
        controller.close();
        leave();
      }
    },
    cancel: leave,
  });
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

async function changesWithin(log: TurnLog, waitMs: number): Promise<boolean> {
  const silence = Promise.withResolvers<boolean>();
  const cancel = after(waitMs, () => silence.resolve(false));
  try {
    return await Promise.race([log.changed().then(() => true), silence.promise]);
  } finally {
    cancel();
  }
}
