import { formatEventId, type ChatEvent } from "../../protocol/index.ts";

/** Writes one event as an SSE frame. JSON has no line breaks, so `data` is always one line. */
export function writeFrame(answer: string, seq: number, name: string, event: ChatEvent): string {
  return `id: ${formatEventId({ answer, seq })}\nevent: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Consecutive frames, such as those in one stored row of a log. */
export interface FrameBatch {
  firstSeq: number;
  lastSeq: number;
  frames: string;
}

/** The frames after number `seq`, concatenated. `batches` are consecutive. */
export function framesAfter(batches: readonly FrameBatch[], seq: number): string {
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

/** Splits concatenated frames; returns the `data` of each, in order. */
export function frameData(frames: string): string[] {
  const start = "\ndata: ";
  return frames
    .split("\n\n")
    .filter((frame) => frame !== "")
    .map((frame) => frame.slice(frame.indexOf(start) + start.length));
}
