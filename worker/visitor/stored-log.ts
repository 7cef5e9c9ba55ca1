import { Follower, type EventLog } from "../turn/follower.ts";
import { framesAfter, type FrameBatch } from "../turn/frames.ts";
import type { OpenStreams } from "../turn/open-streams.ts";
import type { VisitorStore } from "./store.ts";

/** Streams the stored log of a turn that has ended, one row at a time, when its reader is ready for it. */
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

/** Streams one event that ended a turn, when nothing else of its log is stored. */
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
