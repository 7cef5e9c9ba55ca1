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
import type { SessionStore } from "./session.ts";

/** What a client of one assistant needs to know. */
export interface ChatApiOptions {
  /** The worker's address, with a path where it has one. */
  endpoint: string;
  assistant: string;
  store: SessionStore;
  /** The site's own signed statement of who is logged in. */
  getUserToken?: () => Promise<string | undefined>;
}

type Body = ReadableStream<Uint8Array>;

/** The worker's routes as calls. Each throws a `TransportError` where it is refused or not reached. */
export class ChatApi {
  readonly endpoint: string;
  readonly assistant: string;
  readonly #session: Session;

  constructor({ endpoint, assistant, store, getUserToken }: ChatApiOptions) {
    this.endpoint = endpoint.replace(/\/+$/, "");
    this.assistant = assistant;
    const userToken = getUserToken ?? (() => Promise.resolve(undefined));
    this.#session = new Session(assistant, (path, init) => this.#request(path, init), store, userToken);
  }

  /** All that the browser may know of the assistant. */
  async profile(): Promise<AssistantProfile> {
    const response = await this.#request(routes.assistant(this.assistant), {});
    const profile = readProfile(await response.json().catch(() => undefined));
    if (!profile) throw new TransportError("unreachable", { cause: "the answer is not a profile" });
    return profile;
  }

  /** Asks. The same id again attaches to the same turn. */
  message(request: MessageRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.messages, { method: "POST", body: JSON.stringify(request), signal });
  }

  /** Answers the last question anew. */
  regenerate(request: RegenerateRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.regenerate, { method: "POST", body: JSON.stringify(request), signal });
  }

  /**
   * Follows the conversation's turn.
   * @param after continues right after this event
   * @returns undefined where there is nothing to follow
   */
  async follow(conversation: string, after: EventId, signal: AbortSignal): Promise<Body | undefined> {
    const headers = { "last-event-id": formatEventId(after) };
    const response = await this.#authorized(routes.stream(conversation), { headers, signal });
    return response.status === 204 ? undefined : bodyOf(response);
  }

  /** Ends a running answer; its ending comes through the stream. */
  async stop(request: StopRequest): Promise<void> {
    await this.#authorized(routes.stop, { method: "POST", body: JSON.stringify(request) });
  }

  /** Forgets this visitor here, and revokes the tokens where the worker can be reached. */
  async endSession(): Promise<void> {
    if (!this.#session.isOpen) return;
    try {
      const token = await this.#session.token();
      this.#session.forget();
      await this.#request(routes.sessions, { method: "DELETE" }, token);
    } finally {
      this.#session.forget();
    }
  }

  async #stream(path: string, init: RequestInit): Promise<Body> {
    return bodyOf(await this.#authorized(path, init));
  }

  /** A token may have been revoked or its secret changed: one refusal is answered with a new one. */
  async #authorized(path: string, init: RequestInit): Promise<Response> {
    const token = await this.#session.token();
    try {
      return await this.#request(path, init, token);
    } catch (error) {
      if (!(error instanceof TransportError) || error.code !== "unauthorized") throw error;
      return await this.#request(path, init, await this.#session.token(token));
    }
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

function bodyOf(response: Response): Body {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!response.body || !isStream) throw new TransportError("unreachable", { cause: "the answer is not a stream" });
  return response.body;
}
