/** Answers with a turn's events, as they come. */
export function streamEvents(events: ReadableStream<Uint8Array>): Response {
  return new Response(events, {
    headers: {
      "content-type": "text/event-stream",
      // no-transform: a proxy that compresses would hold pieces back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
