/** Responds with a turn's events as they arrive. */
export function streamEvents(events: ReadableStream<Uint8Array>): Response {
  return new Response(events, {
    headers: {
      "content-type": "text/event-stream",
      "x-accel-buffering": "no",
    },
  });
}
