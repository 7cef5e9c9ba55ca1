import { formatEventId, routes } from "../../protocol/index.ts";
import type { ChatProfile, EventId, MessageRequest, RegenerateRequest, StopRequest } from "../../protocol/index.ts";
import { TransportError, readRefusal } from "./failure.ts";
import { isRecord } from "./json.ts";
import { readProfile } from "./profile.ts";
import { replacedError, Session } from "./session.ts";
import type { Identity, SessionStore } from "./session.ts";

/** Options for a client of one assistant. */
export interface ChatApiOptions {
  /** The worker's address, including its path if it has one. */
  endpoint: string;
  assistant: string;
  store: SessionStore;
  identity: Identity;
  /** BCP 47 tag of the page's language; empty if it is unknown. */
  lang(): string;
}

type Body = ReadableStream<Uint8Array>;

/** The worker's routes as methods. Each throws a `TransportError` if the request is refused or does not arrive. */
export class ChatApi {
  readonly endpoint: string;
  readonly assistant: string;
  readonly #session: Session;
  readonly #lang: () => string;

  constructor({ endpoint, assistant, store, identity, lang }: ChatApiOptions) {
    this.#lang = lang;
    this.endpoint = endpoint.replace(/\/+$/, "");
    this.assistant = assistant;
    this.#session = new Session(assistant, (path, init, token) => this.#request(path, init, token), store, identity);
  }

  /** Whether a session is stored, so that conversations may exist. Reading this does not create one. */
  get hasSession(): boolean {
    return this.#session.isOpen;
  }

  /** The worker's reference to the visitor that this page works for; undefined before there is a session. */
  get visitor(): string | undefined {
    return this.#session.visitor;
  }

  /**
   * Whether data kept for `visitor` belongs to the current visitor.
   * @param visitor undefined if the data was kept before there was a session
   */
  isOwn(visitor: string | undefined): boolean {
    return this.#session.isOwn(visitor);
  }

  /** Whether this page still works for the current visitor. If not, what it shows is cleared before this returns. */
  checkVisitor(): boolean {
    return this.#session.check();
  }

  /** Fetches the assistant's public profile, in the page's language. */
  async profile(): Promise<ChatProfile> {
    const lang = this.#lang();
    const query = lang && `?lang=${encodeURIComponent(lang)}`;
    // the profile is the same for every visitor, and may be cached
    const response = await this.#request(routes.assistant(this.assistant) + query, { cache: "default" });
    if (lang !== this.#lang()) return this.profile();
    const profile = readProfile(await readJson(response));
    if (!profile) throw new TransportError("unreachable", { cause: "the response is not a profile" });
    return profile;
  }

  /** Resolves if the worker is reachable, even if it reports the status 503 because no assistant can answer. */
  async reach(): Promise<void> {
    const response = await this.#fetch(routes.health);
    if (!isHealth(await readJson(response.clone()))) throw await readRefusal(response);
  }

  /** Sends a question. Sending the same id again attaches to the same turn. */
  message(request: MessageRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.messages, request, signal);
  }

  /** Requests another answer to the last question. */
  regenerate(request: RegenerateRequest, signal: AbortSignal): Promise<Body> {
    return this.#stream(routes.regenerate, request, signal);
  }

  /**
   * Follows the conversation's turn.
   * @param after the last event that has arrived: the stream resumes just after it
   * @returns the stream; undefined if there is nothing to follow
   */
  async follow(conversation: string, after: EventId, signal: AbortSignal): Promise<Body | undefined> {
    const headers = { "last-event-id": formatEventId(after) };
    const response = await this.send(routes.stream(conversation), { headers, signal });
    return response.status === 204 ? undefined : bodyOf(response);
  }

  /**
   * Fetches JSON from a route.
   * @returns the parsed body; undefined if it is not JSON, or was cut off
   * @throws TransportError also if the visitor has changed in the meantime: the response belongs to the earlier one
   */
  async get(path: string): Promise<unknown> {
    const { generation } = this.#session;
    const body = await readJson(await this.send(path));
    if (generation !== this.#session.generation) throw replacedError();
    return body;
  }

  /** Stops a running answer. The terminal event arrives through the stream. */
  async stop(request: StopRequest): Promise<void> {
    await this.send(routes.stop, { method: "POST", body: JSON.stringify(request) });
  }

  /** Forgets this visitor here at once, and revokes the tokens if the worker is reachable. */
  endSession(): Promise<void> {
    return this.#session.end();
  }

  /** Forgets this visitor here, without revoking the tokens. */
  forgetSession(): void {
    this.#session.forget();
  }

  /**
   * Sends a request as this visitor. If the token is refused, the request is sent once more with a new one: the token
   * may have been revoked, or the secret that signs it may have changed. The request is not sent again if the visitor
   * has signed out or changed since then: a new session would bring back what the page has forgotten.
   */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const { generation } = this.#session;
    const token = await orAborted(this.#session.token(), init.signal);
    try {
      return await this.#request(path, init, token);
    } catch (error) {
      const isRefused = error instanceof TransportError && error.code === "unauthorized";
      if (!isRefused || generation !== this.#session.generation) throw error;
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
    const response = await this.#fetch(path, { ...init, headers });
    if (!response.ok) throw await readRefusal(response);
    return response;
  }

  /** @throws TransportError if there is no response */
  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    try {
      return await fetch(this.endpoint + path, { cache: "no-store", ...init, credentials: "omit" });
    } catch (cause) {
      if (init?.signal?.aborted) throw cause;
      throw new TransportError(navigator.onLine ? "unreachable" : "offline", { cause });
    }
  }
}

/** Whether a body is the worker's health report. A proxy or a network's sign-in page can answer with any status. */
function isHealth(body: unknown): boolean {
  return isRecord(body) && "notConfigured" in body;
}

/** Rejects when the signal aborts. Opening a session can take as long as the visitor needs for a challenge. */
function orAborted<T>(promise: Promise<T>, signal?: AbortSignal | null): Promise<T> {
  if (!signal) return promise;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([promise, aborted]);
}

function bodyOf(response: Response): Body {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!response.body || !isStream) throw new TransportError("unreachable", { cause: "the response is not a stream" });
  return response.body;
}

/** @returns undefined if the body is not JSON, or was cut off */
async function readJson(response: Response): Promise<unknown> {
  const value: unknown = await response.json().catch(() => undefined);
  return value;
}
