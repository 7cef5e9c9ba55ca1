import { routes } from "../../protocol/index.ts";
import type { SessionRequest } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";

/** A visitor's token and when it ends, in milliseconds since the epoch. */
export interface StoredSession {
  token: string;
  expiresAt: number;
  /** Whether the site said who it is. */
  isNamed?: boolean;
}

/** Where a token is kept between pages. */
export interface SessionStore {
  read(): StoredSession | undefined;
  write(session: StoredSession): void;
  clear(): void;
}

/** Sends one request and returns a success, or throws a `TransportError`. */
export type Requester = (path: string, init: RequestInit, token?: string) => Promise<Response>;

/** Who the visitor is, as far as the site says. Each is asked again whenever a session begins. */
export interface Identity {
  /** Whether the site can say who it is at all. */
  isKnown(): boolean;
  /** The site's own signed statement of who is logged in; undefined where nobody is. */
  userToken(): Promise<string | undefined>;
  /** Whether what was said before signing in comes along. */
  bringsAlong(): boolean;
  /**
   * What a challenge gives that the visitor, or his browser, solves now.
   * @param isDemanded whether the worker has just refused to go on without; else only where it is sure to
   */
  challengeToken(isDemanded: boolean): Promise<string | undefined>;
  /** Told when the visitor is another one from now on: what he has said so far is not the new one's. */
  changed(): void;
}

/** A token is renewed this long before its end, so that it does not end on the way. */
const renewalMarginMs = 30_000;

/** The visitor's session: opened at the first need, renewed in time, shared by all requests that wait for it. */
export class Session {
  readonly #assistant: string;
  readonly #request: Requester;
  readonly #store: SessionStore;
  readonly #identity: Identity;
  #opening: Promise<string> | undefined;
  /** Whether this page has asked the site who it is. */
  #hasAsked = false;
  /** Counts how often the visitor was forgotten: what was under way then must not bring him back. */
  #generation = 0;

  constructor(assistant: string, request: Requester, store: SessionStore, identity: Identity) {
    this.#assistant = assistant;
    this.#request = request;
    this.#store = store;
    this.#identity = identity;
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
    // who was nobody on the page before may have signed in since
    const mayBeNamed = !stored?.isNamed && !this.#hasAsked && this.#identity.isKnown();
    if (isFresh && !mayBeNamed) return Promise.resolve(stored.token);
    this.#opening ??= this.#open(stored, isFresh === true).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Forgets the visitor in this browser, and tells the worker that his tokens are void. */
  async end(): Promise<void> {
    const stored = this.#store.read();
    this.forget();
    if (!stored) return;
    const isFresh = stored.expiresAt > Date.now();
    const token = isFresh ? stored.token : (await this.#post({ renew: stored.token })).token;
    // signing out mostly leads to another page, and must outlive this one
    await this.#request(routes.sessions, { method: "DELETE", keepalive: true }, token);
  }

  /** Forgets the visitor in this browser. */
  forget(): void {
    this.#generation += 1;
    this.#hasAsked = false;
    this.#opening = undefined;
    this.#store.clear();
  }

  async #open(stored: StoredSession | undefined, isFresh: boolean): Promise<string> {
    const generation = this.#generation;
    const userToken = await this.#askSite();
    const session = await this.#begin(stored, isFresh, userToken);
    if (generation !== this.#generation) throw new TransportError("unauthorized", { cause: "signed out meanwhile" });
    const since = this.#store.read();
    const isOvertaken = since !== undefined && since.token !== stored?.token && !session.isNamed;
    if (isOvertaken) return since.token; // another page of this browser was quicker: both are one visitor
    this.#store.write(session);
    if (stored && !this.#continues(stored, userToken)) this.#identity.changed();
    return session.token;
  }

  async #begin(
    stored: StoredSession | undefined,
    isFresh: boolean,
    userToken: string | undefined,
  ): Promise<StoredSession> {
    if (userToken !== undefined) {
      const bringAlong = stored !== undefined && !stored.isNamed && this.#identity.bringsAlong();
      const body = bringAlong ? { userToken, bringAlong, renew: stored.token } : { userToken };
      return this.#postOrRestart(body, { userToken });
    }
    if (stored && isFresh) return stored;
    return this.#postOrRestart({ renew: stored && this.#continues(stored, userToken) ? stored.token : undefined }, {});
  }

  /** Whether the next session is the same visitor's: somebody who signs in, or is signed out, is another one. */
  #continues({ isNamed = false }: StoredSession, userToken: string | undefined): boolean {
    if (userToken !== undefined) return isNamed || this.#identity.bringsAlong();
    return !isNamed || !this.#identity.isKnown();
  }

  async #askSite(): Promise<string | undefined> {
    if (!this.#identity.isKnown()) return undefined;
    try {
      const userToken = await this.#identity.userToken();
      this.#hasAsked = true;
      return userToken;
    } catch (cause) {
      throw new TransportError("unauthorized", { cause }); // never somebody else's conversations, or nobody's
    }
  }

  /** An earlier token may be past its 30 days, or revoked: then it is left out. */
  async #postOrRestart(body: Partial<SessionRequest>, anew: Partial<SessionRequest>): Promise<StoredSession> {
    try {
      return await this.#post(body);
    } catch (error) {
      const isTooOld = body.renew !== undefined && error instanceof TransportError && error.code === "unauthorized";
      if (!isTooOld) throw error;
      return await this.#post(anew);
    }
  }

  async #post(body: Partial<SessionRequest>): Promise<StoredSession> {
    const isNew = body.renew === undefined && body.userToken === undefined;
    const challengeToken = isNew ? await this.#identity.challengeToken(false) : undefined;
    const request: SessionRequest = { assistant: this.#assistant, ...body, challengeToken };
    try {
      return await this.#send(request);
    } catch (error) {
      // for an earlier visitor it comes again on a clock that only the worker knows
      const isDemanded = error instanceof TransportError && error.code === "challenge_failed" && !challengeToken;
      if (!isDemanded) throw error;
      return await this.#send({ ...request, challengeToken: await this.#identity.challengeToken(true) });
    }
  }

  async #send(request: SessionRequest): Promise<StoredSession> {
    const response = await this.#request(routes.sessions, { method: "POST", body: JSON.stringify(request) });
    return readReply(await response.json(), request.userToken !== undefined);
  }
}

function readReply(reply: unknown, isNamed: boolean): StoredSession {
  const isReply = typeof reply === "object" && reply !== null && "token" in reply && "expiresInMs" in reply;
  if (!isReply || typeof reply.token !== "string" || typeof reply.expiresInMs !== "number") {
    throw new TransportError("unreachable", { cause: "the answer is not a session" });
  }
  return { token: reply.token, expiresAt: Date.now() + reply.expiresInMs, isNamed };
}
