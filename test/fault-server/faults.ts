import type { Scenario, Step } from "./scenario.ts";

/** The head of a stream that begins well. */
export function streamHead(headers: Record<string, string> = {}): Step {
  return { head: { status: 200, headers: { "content-type": "text/event-stream; charset=utf-8", ...headers } } };
}

const eventStream = streamHead();

/** Any answer with a whole body. */
export function plainAnswer(status: number, body: string, headers: Record<string, string> = {}): Scenario {
  return { steps: [{ head: { status, headers } }, ...(body === "" ? [] : [{ send: body }])] };
}

/** An answer whose body is JSON. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Scenario {
  return plainAnswer(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

/** Faults that look the same on every wire. */
export const faults = {
  /** No answer at all, for as long as the client waits. */
  stallBeforeHead: { steps: [{ stall: true }] },
  /** Good headers, then nothing. */
  stallBeforeBody: { steps: [eventStream, { stall: true }] },
  /** The connection is gone before an answer. */
  breakBeforeHead: { steps: [{ breakSocket: true }] },
  /** The connection is gone after good headers. */
  breakBeforeBody: { steps: [eventStream, { pauseMs: 20 }, { breakSocket: true }] },
  /** A good status and stream type with nothing in it. */
  emptyBody: { steps: [eventStream] },
  /** A page in place of a stream, as a captive proxy gives it. */
  wrongContentType: plainAnswer(200, "<!doctype html><title>Welcome</title>", { "content-type": "text/html" }),
  /** Bytes that are neither events nor UTF-8 text that means anything. */
  garbage: { steps: [eventStream, { send: "\u0000\u0001}{not an event\n\n:\u{1F4A5}\n\ndata\n\n" }] },
  /** An event that is no JSON. */
  malformedJson: { steps: [eventStream, { send: 'event: message_start\ndata: {"type":"message_start",\n\n' }] },
  /** Comments alone: a connection that lives, and a provider that says nothing. */
  keepAlivesOnly: {
    paceMs: 20,
    steps: [eventStream, ...Array.from({ length: 200 }, () => ({ send: ": keep-alive\n\n" }))],
  },
} satisfies Record<string, Scenario>;
