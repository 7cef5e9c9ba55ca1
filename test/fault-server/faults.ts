import type { Scenario, Step } from "./scenario.ts";

/** The status and headers of a good stream. */
export function streamHead(headers: Record<string, string> = {}): Step {
  return { head: { status: 200, headers: { "content-type": "text/event-stream; charset=utf-8", ...headers } } };
}

const eventStream = streamHead();

/** A response with a complete body. */
export function plainAnswer(status: number, body: string, headers: Record<string, string> = {}): Scenario {
  return { steps: [{ head: { status, headers } }, ...(body === "" ? [] : [{ send: body }])] };
}

/** A response with a JSON body. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Scenario {
  return plainAnswer(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

/** Faults that are the same on every wire. */
export const faults = {
  /** No response at all, however long the client waits. */
  stallBeforeHead: { steps: [{ stall: true }] },
  /** Good headers, then nothing. */
  stallBeforeBody: { steps: [eventStream, { stall: true }] },
  /** The connection breaks before the response. */
  breakBeforeHead: { steps: [{ breakSocket: true }] },
  /** The connection breaks after good headers. */
  breakBeforeBody: { steps: [eventStream, { pauseMs: 20 }, { breakSocket: true }] },
  /** A good status and content type with an empty body. */
  emptyBody: { steps: [eventStream] },
  /** An HTML page instead of a stream, as a captive portal sends it. */
  wrongContentType: plainAnswer(200, "<!doctype html><title>Welcome</title>", { "content-type": "text/html" }),
  /** Bytes that are neither events nor meaningful text. */
  garbage: { steps: [eventStream, { send: "\u0000\u0001}{not an event\n\n:\u{1F4A5}\n\ndata\n\n" }] },
  /** An event that is not JSON. */
  malformedJson: { steps: [eventStream, { send: 'event: message_start\ndata: {"type":"message_start",\n\n' }] },
  /** Only comments: the connection is alive, but the provider sends no events. */
  keepAlivesOnly: {
    paceMs: 20,
    steps: [eventStream, ...Array.from({ length: 200 }, () => ({ send: ": keep-alive\n\n" }))],
  },
} satisfies Record<string, Scenario>;
