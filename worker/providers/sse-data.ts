import { createParser } from "eventsource-parser";

/**
 * Reads a body as server-sent events.
 * @yields the `data` of all frames that one read of the body completed: one step a read, not one a frame
 * @throws what the body throws
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readEventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  let complete: string[] = [];
  const parser = createParser({ onEvent: (event) => complete.push(event.data) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true }));
    if (complete.length === 0) continue;
    const data = complete;
    complete = [];
    yield data;
  }
}
