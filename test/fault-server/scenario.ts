/**
 * One thing that the server does with an answer. A scenario is plain data, so that it can be sent as JSON to a server
 * in another process.
 */
export type Step =
  /** Sends status and headers. Left out, the first `send` does it with 200 and `text/event-stream`. */
  | { head: { status: number; headers?: Record<string, string> } }
  /** Sends text as UTF-8. */
  | { send: string }
  /** Does nothing for so long. */
  | { pauseMs: number }
  /** Does nothing until the client leaves. */
  | { stall: true }
  /** Does nothing until `release(name)`. */
  | { hold: string }
  /** Destroys the connection. Before a `head` the client gets no answer at all; after it, a broken body. */
  | { breakSocket: true };

/** What the server does with one request: the steps in order, then a clean end. */
export interface Scenario {
  steps: Step[];
  /** Cuts the body's bytes into writes of their own, whatever the steps are: at these offsets, or every so many. */
  cut?: { at: number[] } | { every: number };
  /** Waits so long before each `send` but the first. */
  paceMs?: number;
}

function isSend(step: Step): step is { send: string } {
  return "send" in step;
}

/** The number of `send` steps: one a frame, as the builders make them. */
export function countFrames(scenario: Scenario): number {
  return scenario.steps.filter(isSend).length;
}

/** All bytes of the body, for tests that bring them to the client in another way. */
export function bodyBytes(scenario: Scenario): Uint8Array {
  const text = scenario.steps.filter(isSend).map((step) => step.send);
  return new TextEncoder().encode(text.join(""));
}

/** The scenario up to and with its first `frames` frames: by itself a clean but early end. */
export function endAfter(frames: number, scenario: Scenario): Scenario {
  return { ...scenario, steps: scenario.steps.slice(0, indexAfter(frames, scenario)) };
}

/** Destroys the connection after so many frames. */
export function breakAfter(frames: number, scenario: Scenario): Scenario {
  const early = endAfter(frames, scenario);
  // A moment, so that what was sent is not thrown away with the connection.
  return { ...early, steps: [...early.steps, { pauseMs: 20 }, { breakSocket: true }] };
}

/** Falls silent after so many frames, until the client leaves. */
export function stallAfter(frames: number, scenario: Scenario): Scenario {
  const early = endAfter(frames, scenario);
  return { ...early, steps: [...early.steps, { stall: true }] };
}

/** Puts further steps after so many frames: a pause, a hold, garbage, an error event. */
export function insertAfter(frames: number, inserted: Step[], scenario: Scenario): Scenario {
  return { ...scenario, steps: scenario.steps.toSpliced(indexAfter(frames, scenario), 0, ...inserted) };
}

/** Waits so long before each frame. */
export function slowly(paceMs: number, scenario: Scenario): Scenario {
  return { ...scenario, paceMs };
}

/** Sends the body in pieces of so many bytes, each a write of its own. */
export function cutEvery(bytes: number, scenario: Scenario): Scenario {
  return { ...scenario, cut: { every: bytes } };
}

/** Sends the body in pieces that end at these offsets, in bytes. */
export function cutAt(offsets: number[], scenario: Scenario): Scenario {
  return { ...scenario, cut: { at: offsets } };
}

/** The same frames with another line ending: the event stream format takes `\r\n` and `\r` too. */
export function withLineEnding(ending: "\r\n" | "\r", scenario: Scenario): Scenario {
  const steps = scenario.steps.map((step) => (isSend(step) ? { send: step.send.replaceAll("\n", ending) } : step));
  return { ...scenario, steps };
}

function indexAfter(frames: number, scenario: Scenario): number {
  let seen = 0;
  if (frames === 0)
    return scenario.steps.findIndex(isSend) === -1 ? scenario.steps.length : scenario.steps.findIndex(isSend);
  return scenario.steps.findIndex((step) => isSend(step) && (seen += 1) === frames) + 1;
}
