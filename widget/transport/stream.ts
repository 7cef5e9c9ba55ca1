import { createParser } from "eventsource-parser";
import { isTerminal, parseChatEvent, parseEventId } from "../../protocol/index.ts";
import type { ChatEvent, EventId, TerminalEvent } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";

/** One event and its place in its turn. */
export interface NumberedEvent {
  id: EventId;
  event: ChatEvent;
}

/**
 * Reads a turn's stream of server-sent events up to its ending. What is not ours, or of a later version, is passed
 * over: the kind of an event is its `data.type`, whatever name the assistant gave it on the wire.
 * @param body the response's bytes, cut anywhere
 * @param onEvent called for each event, in order, the ending included
 * @returns the ending
 * @throws TransportError `interrupted` where the bytes end or break before it
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (numbered: NumberedEvent) => void,
): Promise<TerminalEvent> {
  let ending: TerminalEvent | undefined;
  const parser = createParser({
    onEvent({ id, data }) {
      const place = parseEventId(id ?? "");
      const event = parseChatEvent(data);
      if (!place || !event || ending) return;
      if (isTerminal(event)) ending = event;
      onEvent({ id: place, event });
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader(); // not every engine can iterate a stream
  for (;;) {
    const bytes = await readBytes(reader);
    if (!bytes) throw new TransportError("interrupted");
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (ending) {
      void reader.cancel();
      return ending;
    }
  }
}

async function readBytes(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (cause) {
    throw new TransportError("interrupted", { cause });
  }
}
