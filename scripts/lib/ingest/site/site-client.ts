import packageJson from "../../../../package.json" with { type: "json" };
import type { Validators } from "../../../../worker/context/ingestion-store.ts";
import type { Answer } from "./answer.ts";
import type { Pace } from "./pace.ts";
import { readBody } from "./read-body.ts";

/** The name of this program in `robots.txt` and in server logs. */
export const productToken = "Rivulet-Chat";

const userAgent = `${productToken}/${packageJson.version} (documents for an assistant)`;

/** How long one request may take, including its body, in milliseconds. */
const defaultTimeoutMs = 30_000;

/** How many times a request is sent at most, if the server is busy or the connection breaks. */
const maxAttempts = 3;

/**
 * The longest wait that a server may ask for, in milliseconds. If it asks for more, it gets no further requests in this
 * run.
 */
const maxWaitMs = 60_000;

/** How a site is read. */
export interface ClientOptions {
  pace: Pace;
  /** Ends every request. */
  signal: AbortSignal;
  /** How long one request may take, including its body, in milliseconds. Default: 30 s. */
  timeoutMs?: number;
}

/** Makes the requests to one site, at its pace. */
export class SiteClient {
  readonly #pace: Pace;
  readonly #signal: AbortSignal;
  readonly #timeoutMs: number;

  constructor({ pace, signal, timeoutMs = defaultTimeoutMs }: ClientOptions) {
    this.#pace = pace;
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Requests an address. Redirects are not followed. A server that is busy is asked again.
   * @param validators of the known version, so that the server can answer that the page has not changed
   */
  async get(address: string, validators?: Validators): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#pace.next(this.#signal);
      const { answer, retryAfterMs } = await this.#request(address, validators);
      if (retryAfterMs === undefined) return answer;
      if (retryAfterMs > maxWaitMs) {
        const minutes = Math.ceil(retryAfterMs / 60_000);
        const reason = `the server asks clients to wait ${minutes} minutes: run the command again after that.`;
        return { kind: "unavailable", reason, isFinal: true };
      }
      if (attempt === maxAttempts) return answer;
      this.#pace.pause(retryAfterMs || 1000 * 2 ** (attempt - 1));
    }
  }

  /** @returns the answer, and `retryAfterMs` if the request can be sent again: 0 if the server does not say when */
  async #request(
    address: string,
    { etag, lastModified }: Validators = {},
  ): Promise<{ answer: Answer; retryAfterMs?: number }> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const headers = {
      "user-agent": userAgent,
      accept: "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5",
      ...(etag !== undefined && { "if-none-match": etag }),
      ...(lastModified !== undefined && { "if-modified-since": lastModified }),
    };
    try {
      const signal = AbortSignal.any([this.#signal, timeout]);
      const response = await fetch(address, { headers, redirect: "manual", signal });
      const answer = await readAnswer(response);
      // https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
      const isBusy = response.status === 429 || response.status === 503;
      return isBusy ? { answer, retryAfterMs: retryAfter(response.headers) } : { answer };
    } catch (error) {
      this.#signal.throwIfAborted();
      if (timeout.aborted) {
        const reason = `there was no answer within ${this.#timeoutMs / 1000} seconds: run the command again later.`;
        return { answer: { kind: "unavailable", reason, isFinal: false } };
      }
      const reason = `it cannot be reached (${codeOf(error)}): run the command again later.`;
      return { answer: { kind: "unavailable", reason, isFinal: false }, retryAfterMs: 0 };
    }
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  if (status === 200) return readBody(response);
  await response.body?.cancel();
  if (status === 304) return { kind: "unchanged" };
  const location = headers.get("location");
  if ([301, 302, 303, 307, 308].includes(status) && location !== null) return { kind: "redirect", location };
  if (status < 500 && status !== 429) return { kind: "status", status };
  const reason = `the server answers with the status ${status}: run the command again later.`;
  return { kind: "unavailable", reason, isFinal: false };
}

/** How long the server asks to wait, in milliseconds; 0 if it does not say. */
function retryAfter(headers: Headers): number {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return Math.max(0, Date.parse(value) - Date.now()) || 0;
}

/** The error code of Node or of its HTTP client, e.g. `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  const cause: unknown = Reflect.get(Object(error), "cause");
  return String(Reflect.get(Object(cause), "code") ?? Reflect.get(Object(error), "code") ?? "the connection broke");
}
