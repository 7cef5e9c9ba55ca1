import { heartbeatMs, isTerminal, parseChatEvent, parseEventId } from "../../protocol/index.ts";
import type { ChatEvent, EventId, TerminalEvent } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";
import { createFrameReader } from "./frames.ts";

/** An event and its position in its turn. */
export interface NumberedEvent {
  id: EventId;
  event: ChatEvent;
}

/** Timeouts of a silent stream, in milliseconds. */
export interface Patience {
  /** Until the first byte. The worker sends a comment just after the headers, so only a proxy can delay it. */
  firstByteMs: number;
  /** Between two bytes. The worker sends a comment at regular intervals. */
  silenceMs: number;
}

const slackMs = 10_000;
const patience: Patience = { firstByteMs: slackMs, silenceMs: heartbeatMs + slackMs };

/** Thrown if nothing arrives after the headers. A proxy then buffers the answer, so following the stream is useless. */
export class HeldBackError extends TransportError {
  constructor() {
    super("interrupted");
  }
}

/**
 * Reads a turn's server-sent events up to the terminal event. Unknown events are ignored. The type of an event is read
 * from its data. Its `event:` name is ignored, because assistants can change the names.
 * @param body the response's bytes, in chunks of any size
 * @param onEvent called for each event in order, including the terminal event
 * @returns the terminal event
 * @throws TransportError `interrupted` if the stream ends, breaks or falls silent before the terminal event; a
 * `HeldBackError` if it falls silent before its first byte
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (numbered: NumberedEvent) => void,
  { firstByteMs, silenceMs }: Patience = patience,
): Promise<TerminalEvent> {
  let ending: TerminalEvent | undefined;
  const read = createFrameReader((id, data) => {
    const eventId = parseEventId(id);
    const event = parseChatEvent(data);
    if (!eventId || !event || ending) return;
    if (isTerminal(event)) ending = event;
    onEvent({ id: eventId, event });
  });
  const decoder = new TextDecoder();
  const reader = body.getReader(); // not every engine supports async iteration of streams
  for (let isFirst = true; ; isFirst = false) {
    const bytes = await readBytes(reader, isFirst ? firstByteMs : silenceMs);
    if (bytes === "silence") throw isFirst ? new HeldBackError() : new TransportError("interrupted");
    if (!bytes) throw new TransportError("interrupted");
    read(decoder.decode(bytes, { stream: true }));
    if (ending) {
      void reader.cancel();
      return ending;
    }
  }
}

/** @returns the next bytes, undefined at the end, or "silence" after a timeout, which cancels the stream */
async function readBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  withinMs: number,
): Promise<Uint8Array | "silence" | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<"silence">((resolve) => {
    timer = setTimeout(() => resolve("silence"), withinMs);
  });
  try {
    const read = await Promise.race([reader.read(), silence]);
    if (read !== "silence") return read.value;
    void reader.cancel();
    return read;
  } catch (cause) {
    throw new TransportError("interrupted", { cause });
  } finally {
    clearTimeout(timer);
  }
}
