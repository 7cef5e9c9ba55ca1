import { Follower, type EventLog } from "../turn/follower.ts";
import { framesAfter, type FrameBatch } from "../turn/frames.ts";
import type { OpenStreams } from "../turn/open-streams.ts";
import type { VisitorStore } from "./store.ts";

/**
 * Streams the stored log of an ended turn after number `seq`, one row at a time, each when the reader is ready for it.
 */
export function followStored(
  store: VisitorStore,
  { id, lastSeq }: { id: string; lastSeq: number },
  seq: number,
  streams: OpenStreams,
): ReadableStream<Uint8Array> {
  const readAfter = (after: number): FrameBatch | undefined => {
    const batch = store.batchAfter(id, after);
    return batch && { ...batch, frames: framesAfter([batch], after) };
  };
  return replay({ lastSeq, hasEnded: true, readAfter }, seq, streams);
}

/**
 * Streams only the terminal event of a turn whose log is no longer stored.
 * @param frames the frame of that event
 */
export function followEnding(frames: string, streams: OpenStreams): ReadableStream<Uint8Array> {
  const batch = { firstSeq: 1, lastSeq: 1, frames };
  return replay({ lastSeq: 1, hasEnded: true, readAfter: () => batch }, 0, streams);
}

function replay(log: EventLog, seq: number, streams: OpenStreams): ReadableStream<Uint8Array> {
  const onLeave = () => remove();
  const follower = new Follower(log, { seq, beatMs: Infinity, now: Date.now(), onLeave });
  const remove = streams.add(() => follower.drop());
  return follower.stream;
}
