import type { OpenStreams } from "../turn/open-streams.ts";

/**
 * About how many UTF-16 units one piece has. Larger pieces would cost memory per reader; smaller ones would cost more
 * round trips.
 */
const pieceChars = 64 * 1024;

/**
 * Streams text that is generated while it is read, so that a stream of any length needs memory for only one piece.
 * @param texts generated one by one, each when the reader is ready for it
 * @param streams the visitor's open streams, to which this one is added. Omitted if another Durable Object reads the
 *   stream, because such a reader does not leave it open without reading it
 */
export function streamText(texts: Iterator<string, void>, streams?: OpenStreams): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let remove: (() => void) | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      remove = streams?.add(() => {
        remove?.();
        controller.error(new Error("The stream was ended."));
      });
    },
    pull(controller) {
      const { piece, isLast } = nextPiece(texts);
      if (piece !== "") controller.enqueue(encoder.encode(piece));
      if (!isLast) return;
      remove?.();
      controller.close();
    },
    cancel: () => remove?.(),
  });
}

function nextPiece(texts: Iterator<string, void>): { piece: string; isLast: boolean } {
  let piece = "";
  while (piece.length < pieceChars) {
    const { value, done } = texts.next();
    if (done) return { piece, isLast: true };
    piece += value;
  }
  return { piece, isLast: false };
}
