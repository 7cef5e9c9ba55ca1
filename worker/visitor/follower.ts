import { streamRetryMs } from "../../protocol/index.ts";
import { after } from "../timer.ts";
import type { TurnLog } from "./turn-log.ts";

const encoder = new TextEncoder();
const prologue = `retry: ${streamRetryMs}\n: rivulet\n\n`;
const heartbeat = encoder.encode(": still here\n\n");

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
  const leave = (): void => {
    isGone = true;
    onLeave();
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(prologue)),
    async pull(controller) {
      const isQuiet = log.lastSeq === at && !log.ended && !(await changesWithin(log, heartbeatMs));
      if (isGone) return;
      const run = log.readAfter(at);
      if (run) {
        at = run.lastSeq;
        controller.enqueue(encoder.encode(run.frames));
      } else if (isQuiet) {
        // Also how a follower that left is noticed: only a write can fail.
        controller.enqueue(heartbeat);
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
