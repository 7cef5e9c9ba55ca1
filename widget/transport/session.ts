import { routes } from "../../protocol/index.ts";
import type { SessionRequest } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";

/** A visitor's token and when it ends, in milliseconds since the epoch. */
export interface StoredSession {
  token: string;
  expiresAt: number;
}

/** Where a token is kept between pages. */
export interface SessionStore {
  read(): StoredSession | undefined;
  write(session: StoredSession): void;
  clear(): void;
}

/** Sends one request and returns a success, or throws a `TransportError`. */
export type Requester = (path: string, init: RequestInit) => Promise<Response>;

/** A token is renewed this long before its end, so that it does not end on the way. */
const renewalMarginMs = 30_000;

/** The visitor's session: opened at the first need, renewed in time, shared by all requests that wait for it. */
export class Session {
  readonly #assistant: string;
  readonly #request: Requester;
  readonly #store: SessionStore;
  readonly #getUserToken: () => Promise<string | undefined>;
  #opening: Promise<string> | undefined;

  constructor(
    assistant: string,
    request: Requester,
    store: SessionStore,
    getUserToken: () => Promise<string | undefined>,
  ) {
    this.#assistant = assistant;
    this.#request = request;
    this.#store = store;
    this.#getUserToken = getUserToken;
  }

  /** Whether there is a visitor yet; asking does not make one. */
  get isOpen(): boolean {
    return this.#store.read() !== undefined;
  }

  /**
   * A token that is good now.
   * @param refused a token that the worker has just refused: another one is fetched
   * @throws TransportError
   */
  token(refused?: string): Promise<string> {
    const stored = this.#store.read(); // read each time: another tab may have renewed it
    const isFresh = stored && stored.token !== refused && stored.expiresAt - renewalMarginMs > Date.now();
    if (isFresh) return Promise.resolve(stored.token);
    this.#opening ??= this.#open(stored?.token).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Forgets the visitor in this browser. */
  forget(): void {
    this.#store.clear();
  }

  async #open(renew: string | undefined): Promise<string> {
    try {
      return await this.#post(renew);
    } catch (error) {
      const isTooOld = renew !== undefined && error instanceof TransportError && error.code === "unauthorized";
      if (!isTooOld) throw error;
      return await this.#post(undefined); // past its 30 days, or revoked: a new visitor
    }
  }

  async #post(renew: string | undefined): Promise<string> {
    const body: SessionRequest = { assistant: this.#assistant, renew, userToken: await this.#getUserToken() };
    const response = await this.#request(routes.sessions, { method: "POST", body: JSON.stringify(body) });
    const reply: unknown = await response.json();
    const session = readReply(reply);
    this.#store.write(session);
    return session.token;
  }
}

function readReply(reply: unknown): StoredSession {
  const isReply = typeof reply === "object" && reply !== null && "token" in reply && "expiresInMs" in reply;
  if (!isReply || typeof reply.token !== "string" || typeof reply.expiresInMs !== "number") {
    throw new TransportError("unreachable", { cause: "the answer is not a session" });
  }
  return { token: reply.token, expiresAt: Date.now() + reply.expiresInMs };
}
