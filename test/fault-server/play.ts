import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Scenario } from "./scenario.ts";

/** The named gates at which scenarios wait. */
export class Gates {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** How many requests wait at a gate; without a name, at all gates. */
  count(name?: string): number {
    if (name !== undefined) return this.#waiting.get(name)?.size ?? 0;
    return this.#waiting.values().reduce((sum, set) => sum + set.size, 0);
  }

  /** Releases all requests that wait now at a gate; without a name, at all gates. */
  release(name?: string): void {
    for (const [gate, resolvers] of this.#waiting) {
      if (name !== undefined && gate !== name) continue;
      this.#waiting.delete(gate);
      for (const resolve of resolvers) resolve();
    }
  }

  /** Resolves on release, or when the signal aborts. */
  wait(name: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const resolvers = this.#waiting.get(name) ?? new Set();
      this.#waiting.set(name, resolvers.add(resolve));
      signal.addEventListener("abort", () => {
        resolvers.delete(resolve);
        resolve();
      });
    });
  }
}

/**
 * Plays a scenario on a response.
 * @param signal aborts when the client leaves; the rest is then not played
 */
export async function play(
  scenario: Scenario,
  response: ServerResponse,
  gates: Gates,
  signal: AbortSignal,
): Promise<void> {
  const cutter = new Cutter(scenario.cut);
  let isFirst = true;
  for (const step of scenario.steps) {
    if (signal.aborted) return;
    if ("head" in step) {
      response.writeHead(step.head.status, step.head.headers);
      response.flushHeaders();
    } else if ("send" in step) {
      if (!isFirst && scenario.paceMs !== undefined) await pause(scenario.paceMs, signal);
      isFirst = false;
      await send(cutter.cut(Buffer.from(step.send)), response, signal);
    } else if ("pauseMs" in step) await pause(step.pauseMs, signal);
    else if ("hold" in step) await gates.wait(step.hold, signal);
    else if ("stall" in step) await gates.wait("stall, never released", signal);
    else return void response.socket?.destroy();
  }
  if (!signal.aborted) response.end();
}

async function send(parts: Buffer[], response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  for (const [index, part] of parts.entries()) {
    if (signal.aborted) return;
    if (index > 0) await new Promise(setImmediate); // so that each part is a separate write
    if (response.write(part)) continue;
    await new Promise<void>((resolve) => {
      response.once("drain", resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await wait(delayMs, undefined, { signal }).catch(() => undefined); // rejects if the client left; `play` checks that
}

/** Cuts each sent text into parts. Offsets count through the whole body; `every` starts again with each text. */
class Cutter {
  readonly #cut: Scenario["cut"];
  #offset = 0;

  constructor(cut: Scenario["cut"]) {
    this.#cut = cut;
  }

  cut(bytes: Buffer): Buffer[] {
    const parts: Buffer[] = [];
    let start = 0;
    for (const end of this.#ends(bytes.length)) {
      parts.push(bytes.subarray(start, end));
      start = end;
    }
    this.#offset += bytes.length;
    return parts;
  }

  #ends(length: number): number[] {
    const ends = new Set<number>();
    if (this.#cut !== undefined && "at" in this.#cut) {
      for (const at of this.#cut.at) if (at > this.#offset && at < this.#offset + length) ends.add(at - this.#offset);
    } else if (this.#cut !== undefined) {
      for (let at = this.#cut.every; at < length; at += this.#cut.every) ends.add(at);
    }
    return [...ends.add(length)].sort((a, b) => a - b);
  }
}
