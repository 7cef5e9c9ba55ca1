/**
 * One thing that the server does with a response. A scenario is plain data, so that it can be sent as JSON to a server
 * in another process.
 */
export type Step =
  /** Sends status and headers. Without this step, the first `send` sends 200 and `text/event-stream`. */
  | { head: { status: number; headers?: Record<string, string> } }
  /** Sends text as UTF-8. */
  | { send: string }
  /** Waits this many milliseconds. */
  | { pauseMs: number }
  /** Waits until the client leaves. */
  | { stall: true }
  /** Waits until `release(name)`. */
  | { hold: string }
  /** Destroys the connection. Before a `head` the client gets no response at all; after it, a broken body. */
  | { breakSocket: true };

/** What the server does with one request: the steps in order, then a clean end. */
export interface Scenario {
  steps: Step[];
  /** Cuts each `send` into separate writes: at these offsets in the whole body, or after every n bytes of the step. */
  cut?: { at: number[] } | { every: number };
  /** Waits this many milliseconds before each `send` except the first. */
  paceMs?: number;
}

function isSend(step: Step): step is { send: string } {
  return "send" in step;
}

/** The number of `send` steps. The builders make one per frame. */
export function countFrames(scenario: Scenario): number {
  return scenario.steps.filter(isSend).length;
}

/** All bytes of the body, for tests that deliver them to the client in another way. */
export function bodyBytes(scenario: Scenario): Uint8Array {
  const text = scenario.steps.filter(isSend).map((step) => step.send);
  return new TextEncoder().encode(text.join(""));
}

/** The scenario up to and including its first `frames` frames, followed by a clean but early end. */
export function endAfter(frames: number, scenario: Scenario): Scenario {
  return { ...scenario, steps: scenario.steps.slice(0, indexAfter(frames, scenario)) };
}

/** Destroys the connection after this many frames. */
export function breakAfter(frames: number, scenario: Scenario): Scenario {
  const early = endAfter(frames, scenario);
  // A short pause, so that the sent frames are not discarded together with the connection.
  return { ...early, steps: [...early.steps, { pauseMs: 20 }, { breakSocket: true }] };
}

/** Sends nothing more after this many frames, until the client leaves. */
export function stallAfter(frames: number, scenario: Scenario): Scenario {
  const early = endAfter(frames, scenario);
  return { ...early, steps: [...early.steps, { stall: true }] };
}

/** Inserts steps after this many frames: a pause, a hold, garbage, an error event. */
export function insertAfter(frames: number, inserted: Step[], scenario: Scenario): Scenario {
  return { ...scenario, steps: scenario.steps.toSpliced(indexAfter(frames, scenario), 0, ...inserted) };
}

/** Waits `paceMs` milliseconds before each frame except the first. */
export function slowly(paceMs: number, scenario: Scenario): Scenario {
  return { ...scenario, paceMs };
}

/** Sends each frame in pieces of at most this many bytes, each a separate write. */
export function cutEvery(bytes: number, scenario: Scenario): Scenario {
  return { ...scenario, cut: { every: bytes } };
}

/** Cuts the body into separate writes at these offsets, in bytes, and at the ends of frames. */
export function cutAt(offsets: number[], scenario: Scenario): Scenario {
  return { ...scenario, cut: { at: offsets } };
}

/** The same frames with another line ending: the event stream format also allows `\r\n` and `\r`. */
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
