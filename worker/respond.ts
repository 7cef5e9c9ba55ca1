/** Responds with a turn's events as they arrive. */
export function streamEvents(events: ReadableStream<Uint8Array>): Response {
  return new Response(events, {
    headers: {
      "content-type": "text/event-stream",
      // no-transform: a proxy that compresses the stream would delay events.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
