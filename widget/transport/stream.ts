import { heartbeatMs, isTerminal, parseChatEvent, parseEventId } from "../../protocol/index.ts";
import type { ChatEvent, EventId, TerminalEvent } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";
import { createFrameReader } from "./frames.ts";

/** One event and its place in its turn. */
export interface NumberedEvent {
  id: EventId;
  event: ChatEvent;
}

/** How long a stream may say nothing, in milliseconds. */
export interface Patience {
  /** Until the first byte: the worker sends a comment right after the headers, so only a proxy can hold it back. */
  firstByteMs: number;
  /** Between two bytes: the worker breaks every silence with a comment. */
  silenceMs: number;
}

const slackMs = 10_000;
const patience: Patience = { firstByteMs: slackMs, silenceMs: heartbeatMs + slackMs };

/** The headers came, and then nothing: something on the way gathers the answer, and following it is of no use. */
export class HeldBackError extends TransportError {
  constructor() {
    super("interrupted");
  }
}

/**
 * Reads a turn's stream of server-sent events up to its ending. What is not ours, or of a later version, is passed
 * over: the kind of an event is its `data.type`, whatever name the assistant gave it on the wire.
 * @param body the response's bytes, cut anywhere
 * @param onEvent called for each event, in order, the ending included
 * @returns the ending
 * @throws TransportError `interrupted` where the bytes end, break or stay away before it; the last as `HeldBackError`
 * where there was not a single one
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
  const reader = body.getReader(); // not every engine can iterate a stream
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

/** @returns the next bytes, undefined at the end, or that none came in time; the stream is then let go */
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
