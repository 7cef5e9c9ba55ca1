import { formatEventId, routes } from "../../protocol/index.ts";
import type {
  AssistantProfile,
  EventId,
  MessageRequest,
  RegenerateRequest,
  StopRequest,
} from "../../protocol/index.ts";
import { TransportError, readRefusal } from "./failure.ts";
import { readProfile } from "./profile.ts";
import { Session } from "./session.ts";
import type { Identity, SessionStore } from "./session.ts";

/** What a client of one assistant needs to know. */
export interface ChatApiOptions {
  /** The worker's address, with a path where it has one. */
  endpoint: string;
  assistant: string;
  store: SessionStore;
  identity: Identity;
}

type Body = ReadableStream<Uint8Array>;

/** The worker's routes as calls. Each throws a `TransportError` where it is refused or not reached. */
export class ChatApi {
  readonly endpoint: string;
  readonly assistant: string;
  readonly #session: Session;

  constructor({ endpoint, assistant, store, identity }: ChatApiOptions) {
    this.endpoint = endpoint.replace(/\/+$/, "");
    this.assistant = assistant;
    this.#session = new Session(assistant, (path, init, token) => this.#request(path, init, token), store, identity);
  }

  /** Whether there is a visitor yet, so that there can be conversations. */
  get hasSession(): boolean {
    return this.#session.isOpen;
  }

  /** All that the browser may know of the assistant. */
  async profile(): Promise<AssistantProfile> {
    const response = await this.#request(routes.assistant(this.assistant), {});
    const profile = readProfile(await readJson(response));
    if (!profile) throw new TransportError("unreachable", { cause: "the answer is not a profile" });
    return profile;
  }

  /** Resolves where the worker answers. */
  async reach(): Promise<void> {
    await this.#request(routes.health, {});
  }

  /** Asks. The same id again attaches to the same turn. */
  message(request: MessageRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.messages, request, signal);
  }

  /** Answers the last question anew. */
  regenerate(request: RegenerateRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.regenerate, request, signal);
  }

  /**
   * Follows the conversation's turn.
   * @param after continues right after this event
   * @returns undefined where there is nothing to follow
   */
  async follow(conversation: string, after: EventId, signal: AbortSignal): Promise<Body | undefined> {
    const headers = { "last-event-id": formatEventId(after) };
    const response = await this.send(routes.stream(conversation), { headers, signal });
    return response.status === 204 ? undefined : bodyOf(response);
  }

  /**
   * Fetches what a route answers.
   * @returns it as it came; undefined where it is not JSON, or broke off
   */
  async get(path: string): Promise<unknown> {
    return readJson(await this.send(path));
  }

  /** Ends a running answer; its ending comes through the stream. */
  async stop(request: StopRequest): Promise<void> {
    await this.send(routes.stop, { method: "POST", body: JSON.stringify(request) });
  }

  /** Forgets this visitor here, at once, and revokes the tokens where the worker can be reached. */
  endSession(): Promise<void> {
    return this.#session.end();
  }

  /** Forgets this visitor here: another tab does the rest. */
  forgetSession(): void {
    this.#session.forget();
  }

  /**
   * Sends a request as this visitor. A token may have been revoked or its secret changed: one refusal is answered
   * with a new one.
   */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const token = await orAborted(this.#session.token(), init.signal);
    try {
      return await this.#request(path, init, token);
    } catch (error) {
      if (!(error instanceof TransportError) || error.code !== "unauthorized") throw error;
      return await this.#request(path, init, await this.#session.token(token));
    }
  }

  async #stream(path: string, request: object, signal: AbortSignal): Promise<Body> {
    return bodyOf(await this.send(path, { method: "POST", body: JSON.stringify(request), signal }));
  }

  async #request(path: string, init: RequestInit, token?: string): Promise<Response> {
    const headers = new Headers(init.headers);
    if (init.body) headers.set("content-type", "application/json");
    if (token) headers.set("authorization", `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(this.endpoint + path, { ...init, headers, credentials: "omit" });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new TransportError(navigator.onLine ? "unreachable" : "offline", { cause });
    }
    if (!response.ok) throw await readRefusal(response);
    return response;
  }
}

/** A session may take as long as a visitor takes for a challenge: who has left does not wait for it. */
function orAborted<T>(promise: Promise<T>, signal?: AbortSignal | null): Promise<T> {
  if (!signal) return promise;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([promise, aborted]);
}

function bodyOf(response: Response): Body {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!response.body || !isStream) throw new TransportError("unreachable", { cause: "the answer is not a stream" });
  return response.body;
}

/** @returns undefined where the body is not JSON, or broke off */
async function readJson(response: Response): Promise<unknown> {
  const value: unknown = await response.json().catch(() => undefined);
  return value;
}
