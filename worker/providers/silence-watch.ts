import { ChatError } from "../../protocol/index.ts";
import type { Fetch, ProviderTimeouts } from "./provider.ts";

/**
 * Extra time after the deadline, in milliseconds: on a busy machine, the timer can fire before bytes that have already
 * arrived are read.
 */
const lateReadMs = 10;

/**
 * How long to wait for the rest of the body (usage and end marker) after the finish reason, in milliseconds. Providers
 * send both at once, and the visitor already has the whole answer.
 */
const restMs = 2000;

/**
 * Watches one request to a provider and aborts it when the provider falls silent. The clock follows the bytes of the
 * body, not an SDK's events, because an SDK hides keep-alives. There is one timer per request: it is not set again for
 * each piece but compares the clock with the deadline when it fires.
 */
export class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #timeouts: ProviderTimeouts;
  #awaits: "first byte" | "next byte" | "rest" = "first byte";
  #isOverdue = false;
  /** When the silence becomes too long, in milliseconds since the epoch. */
  #deadline = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborts with `provider_timeout`, with the caller's reason, or because the request was closed. */
  readonly signal: AbortSignal;

  /** @param caller ends the request from outside; its reason is passed on */
  constructor(timeouts: ProviderTimeouts, caller: AbortSignal) {
    this.#timeouts = timeouts;
    this.signal = this.#controller.signal;
    const abort = () => this.#controller.abort(caller.reason);
    caller.addEventListener("abort", abort, { signal: this.signal });
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
    if (caller.aborted) abort();
    else this.expectFirstByte();
  }

  /** Call it when a request is sent. The first byte of the response has a time limit of its own. */
  expectFirstByte(): void {
    this.#awaits = "first byte";
    this.#expect(this.#timeouts.firstByteMs);
    this.#arm(this.#timeouts.firstByteMs);
  }

  /** Call it when bytes arrive. The wait for the next ones then starts again, except after the finish reason. */
  received(): void {
    if (this.#awaits === "rest") return;
    this.#expect(this.#timeouts.silenceMs);
    if (this.#awaits === "next byte") return;
    this.#awaits = "next byte";
    this.#arm(this.#timeouts.silenceMs);
  }

  /** Call it when the finish reason arrives. The rest has a short time limit, whatever the provider still sends. */
  expectRest(): void {
    const limitMs = Math.min(restMs, this.#timeouts.silenceMs);
    this.#awaits = "rest";
    this.#expect(limitMs);
    this.#arm(limitMs);
  }

  /** Call it when a piece follows what looked like the finish reason. The answer then continues. */
  expectMore(): void {
    this.#awaits = "next byte";
    this.received();
  }

  /** Stops watching and closes the connection if it is still open. */
  close(): void {
    this.#controller.abort(new DOMException("The request was closed.", "AbortError"));
  }

  #expect(withinMs: number): void {
    this.#deadline = Date.now() + withinMs;
    this.#isOverdue = false;
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.signal.aborted) this.#timer = setTimeout(() => this.#check(), delayMs);
  }

  #check(): void {
    const leftMs = this.#deadline - Date.now();
    if (leftMs > 0) return this.#arm(leftMs);
    if (this.#isOverdue) return this.#controller.abort(new ChatError("provider_timeout", { detail: this.#detail() }));
    this.#isOverdue = true;
    this.#arm(lateReadMs);
  }

  #detail(): string {
    return this.#awaits === "first byte"
      ? "The provider sent nothing within the time limit."
      : "The provider stopped sending data.";
  }
}

/**
 * Wraps a `fetch` so that it rejects with a ChatError if the provider cannot be reached. Redirects are not followed,
 * because they would carry the key to another host.
 * @returns a `fetch` whose promise rejects with `provider_unavailable`, or with the reason of the signal it was given
 */
export function reachProvider(fetch: Fetch): Fetch {
  return async (url, init) => {
    try {
      return await fetch(url, { ...init, redirect: "manual" });
    } catch (error) {
      init?.signal?.throwIfAborted();
      throw new ChatError("provider_unavailable", { detail: "The provider cannot be reached.", cause: error });
    }
  };
}
