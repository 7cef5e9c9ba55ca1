import { bytesOf } from "../bytes.ts";
import { ChatError } from "../../protocol/index.ts";
import type { Fetch, ProviderTimeouts } from "./provider.ts";

/**
 * Wraps a `fetch` so that it fails when its provider falls silent. The clock hangs on the bytes of the body, not on an
 * SDK's events: an SDK hides keep-alives. It only runs while somebody waits for bytes, so a slow reader is no timeout.
 * Redirects are not followed: they would carry the key to another host.
 * @param timeouts from the request to the first byte of the body, and from one byte to the next
 * @returns a `fetch` whose promise and whose body reject with ChatError: `provider_timeout` in silence,
 *   `provider_unavailable` where the provider cannot be reached, `upstream_truncated` where the body breaks off. An
 *   abort by the caller's signal rejects with that signal's reason. Whatever ends it, the upstream is closed at once.
 */
export function watchFetch(fetch: Fetch, timeouts: ProviderTimeouts): Fetch {
  return async (url, init) => {
    const watch = new SilenceWatch(timeouts, init?.signal ?? undefined);
    try {
      const response = await fetch(url, { ...init, signal: watch.signal, redirect: "manual" });
      return watchBody(response, watch);
    } catch (error) {
      watch.end();
      watch.signal.throwIfAborted();
      throw new ChatError("provider_unavailable", { detail: "The provider cannot be reached.", cause: error });
    }
  };
}

function watchBody(response: Response, watch: SilenceWatch): Response {
  if (response.body === null) {
    watch.end();
    return response;
  }
  const reader = bytesOf(response).getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Not left to the upstream's own rejection: a `fetch` that ignores its signal must not hold the reader.
        watch.signal.addEventListener("abort", () => controller.error(watch.signal.reason), { once: true });
      },
      async pull(controller) {
        watch.wait();
        const { done, value } = await readOrThrow(reader, watch);
        if (watch.signal.aborted) return;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        watch.end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 }, // read only when asked: see "a slow reader is no timeout"
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

async function readOrThrow(reader: ReadableStreamDefaultReader<Uint8Array>, watch: SilenceWatch) {
  try {
    const result = await reader.read();
    if (result.done) watch.end();
    else watch.received();
    return result;
  } catch (error) {
    watch.end();
    watch.signal.throwIfAborted();
    throw new ChatError("upstream_truncated", { detail: "The provider's stream broke off.", cause: error });
  }
}

/** On a busy machine the timer may fire before bytes that are there already are read: they get this long, in milliseconds. */
const lateReadMs = 10;

/** One timer a request: it is not set anew for each piece, but looks at the clock when it fires. */
class SilenceWatch {
  readonly #controller = new AbortController();
  readonly #silenceMs: number;
  #waitsForFirst = true;
  #isOverdue = false;
  /** When the silence is too long, in milliseconds since the epoch; undefined while nobody waits. */
  #deadline: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Aborts with a `provider_timeout`, or with the caller's own reason. */
  readonly signal: AbortSignal;

  constructor(timeouts: ProviderTimeouts, signal: AbortSignal | undefined) {
    this.#silenceMs = timeouts.silenceMs;
    this.signal = signal === undefined ? this.#controller.signal : AbortSignal.any([signal, this.#controller.signal]);
    this.signal.addEventListener("abort", () => this.end(), { once: true });
    this.#deadline = Date.now() + timeouts.firstByteMs;
    this.#arm(timeouts.firstByteMs);
  }

  wait(): void {
    if (!this.#waitsForFirst) this.#deadline = Date.now() + this.#silenceMs;
  }

  received(): void {
    this.#deadline = undefined;
    if (!this.#waitsForFirst) return;
    this.#waitsForFirst = false;
    this.#arm(this.#silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), delayMs);
  }

  #check(): void {
    const leftMs = this.#deadline === undefined ? this.#silenceMs : this.#deadline - Date.now();
    if (leftMs > 0) this.#arm(leftMs);
    else if (!this.#isOverdue) this.#arm(lateReadMs);
    else this.#controller.abort(new ChatError("provider_timeout", { detail: this.#detail() }));
    this.#isOverdue = leftMs <= 0;
  }

  #detail(): string {
    return this.#waitsForFirst ? "The provider sent no first byte in time." : "The provider fell silent.";
  }
}
