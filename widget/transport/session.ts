import { routes } from "../../protocol/index.ts";
import type { SessionRequest } from "../../protocol/index.ts";
import { TransportError } from "./failure.ts";
import { isRecord, text } from "./json.ts";

/** A visitor's token and its expiry, in milliseconds since the epoch. */
export interface StoredSession {
  token: string;
  expiresAt: number;
  /** Whether the site has identified the visitor. */
  isNamed?: boolean;
  /** The worker's opaque reference to the visitor; missing in a session that an earlier version stored. */
  visitor?: string;
  /** Who the visitor was before they signed in: the anonymous visitor whose conversations they brought along. */
  before?: string;
}

/** Stores the token between pages. */
export interface SessionStore {
  read(): StoredSession | undefined;
  write(session: StoredSession): void;
  clear(): void;
}

/** Sends one request. Returns a successful response, or throws a `TransportError`. */
export type Requester = (path: string, init: RequestInit, token?: string) => Promise<Response>;

/** Who the visitor is, according to the site. The site is asked whenever a session is opened or renewed. */
export interface Identity {
  /** Whether the site can identify the visitor at all. */
  isKnown(): boolean;
  /** Returns the site's signed statement of who is signed in; undefined if nobody is. */
  userToken(): Promise<string | undefined>;
  /** Whether conversations from before signing in are kept. */
  bringsAlong(): boolean;
  /**
   * Solves a challenge.
   * @param isRequired whether the worker has just refused to continue without a challenge; if false, one is solved only
   * if the assistant is known to require it
   */
  challengeToken(isRequired: boolean): Promise<string | undefined>;
  /**
   * Called when an anonymous visitor becomes a different visitor, usually because they have signed in: the conversation
   * so far is not the new visitor's, but the text that they are writing is.
   */
  changed(): void;
  /** Called when the visitor is now somebody else, or nobody: what this page shows is not theirs. */
  replaced(): void;
  /** Called when the site no longer says who the visitor is. Their session has been forgotten. */
  signedOut(): void;
}

/** A token is renewed this long before it expires, so that it does not expire in transit. */
const renewalMarginMs = 30_000;

/**
 * Manages the visitor's session. The session is opened at first use and renewed before it expires. Requests that wait
 * for it at the same time share it.
 */
export class Session {
  readonly #assistant: string;
  readonly #request: Requester;
  readonly #store: SessionStore;
  readonly #identity: Identity;
  #opening: Promise<string> | undefined;
  /**
   * The worker's reference to the visitor that this page works for. Everything that the page shows and keeps belongs to
   * them. Undefined before there is a session.
   */
  #visitor: string | undefined;
  /** Whether this page has asked the site who the visitor is. */
  #hasAsked = false;
  /**
   * Counts the visitors that this page has worked for. A request of an earlier visitor must neither restore their
   * session nor be sent as the next visitor.
   */
  #generation = 0;

  constructor(assistant: string, request: Requester, store: SessionStore, identity: Identity) {
    this.#assistant = assistant;
    this.#request = request;
    this.#store = store;
    this.#identity = identity;
  }

  /** Changes when the visitor signs out, or somebody else signs in. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether a session is stored. Reading this does not create one. */
  get isOpen(): boolean {
    return this.#store.read() !== undefined;
  }

  /** The worker's reference to the visitor that this page works for; undefined before there is a session. */
  get visitor(): string | undefined {
    return this.#visitor;
  }

  /**
   * Whether data kept for `visitor` belongs to the current visitor.
   * @param visitor undefined if the data was kept before there was a session
   */
  isOwn(visitor: string | undefined): boolean {
    return isOwnedBy(this.#store.read(), visitor);
  }

  /**
   * Finds out whether this page still works for the current visitor: another page of this browser may have signed them
   * out, or signed somebody else in. If it does not, `replaced` is called before this returns.
   */
  check(): boolean {
    const stored = this.#store.read();
    const isSame = isOwnedBy(stored, this.#visitor);
    if (isSame) this.#visitor = stored?.visitor ?? this.#visitor;
    else this.#replace(stored?.visitor);
    return isSame;
  }

  /**
   * Returns a valid token.
   * @param refused a token that the worker has just refused: another one is fetched
   * @throws TransportError
   */
  token(refused?: string): Promise<string> {
    if (!this.check()) return Promise.reject(replacedError());
    const stored = this.#store.read(); // read each time: another tab may have renewed it
    const isFresh = stored && stored.token !== refused && stored.expiresAt - renewalMarginMs > Date.now();
    // the visitor may have signed in since the previous page
    const mayBeNamed = !stored?.isNamed && !this.#hasAsked && this.#identity.isKnown();
    if (isFresh && !mayBeNamed) return Promise.resolve(stored.token);
    this.#opening ??= this.#open(stored, isFresh === true).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Forgets the visitor in this browser, and revokes their tokens at the worker. */
  async end(): Promise<void> {
    const stored = this.#store.read();
    this.forget();
    if (!stored) return;
    const isFresh = stored.expiresAt > Date.now();
    if (!isFresh && stored.isNamed) return; // an expired token must be renewed first, which takes the site's statement
    const token = isFresh ? stored.token : (await this.#post({ renew: stored.token })).token;
    // signing out usually navigates, and the request must outlive the page
    await this.#request(routes.sessions, { method: "DELETE", keepalive: true }, token);
  }

  /** Forgets the visitor in this browser. */
  forget(): void {
    this.#workFor(undefined);
    this.#store.clear();
  }

  #replace(visitor: string | undefined): void {
    this.#workFor(visitor);
    this.#identity.replaced();
  }

  /** Works for another visitor from now on. */
  #workFor(visitor: string | undefined): void {
    this.#generation += 1;
    this.#hasAsked = false;
    this.#opening = undefined;
    this.#visitor = visitor;
  }

  async #open(stored: StoredSession | undefined, isFresh: boolean): Promise<string> {
    const generation = this.#generation;
    const userToken = await this.#askSite();
    if (stored?.isNamed && userToken === undefined) {
      if (generation === this.#generation) {
        this.forget();
        this.#identity.signedOut();
      }
      throw new TransportError("signed_out"); // so that what they have typed is not sent as somebody else
    }
    const session = await this.#fetch(stored, isFresh, userToken);
    if (generation !== this.#generation) throw replacedError();
    const since = this.#store.read();
    const isOvertaken = since !== undefined && since.token !== stored?.token && !session.isNamed;
    // another page of this browser opened a session first, so this page uses that one
    if (isOvertaken && this.check()) return since.token;
    if (isOvertaken) throw replacedError();
    this.#store.write(session);
    if (stored?.isNamed && !this.check()) throw replacedError(); // so that what they typed is not sent as somebody else
    const isSame = isOwnedBy(session, this.#visitor);
    this.#visitor = session.visitor;
    if (!isSame) this.#identity.changed();
    return session.token;
  }

  async #fetch(
    stored: StoredSession | undefined,
    isFresh: boolean,
    userToken: string | undefined,
  ): Promise<StoredSession> {
    if (userToken === undefined) {
      return stored && isFresh ? stored : this.#postOrRestart({ renew: stored?.token }, {});
    }
    if (!stored || stored.isNamed || !this.#identity.bringsAlong()) {
      const session = await this.#post({ userToken });
      return session.visitor === stored?.visitor ? { ...session, before: stored?.before } : session;
    }
    const body = { userToken, bringAlong: true, renew: stored.token };
    return this.#postOrRestart(body, { userToken }, stored.visitor);
  }

  async #askSite(): Promise<string | undefined> {
    if (!this.#identity.isKnown()) return undefined;
    try {
      const userToken = await this.#identity.userToken();
      this.#hasAsked = true;
      return userToken;
    } catch (cause) {
      throw new TransportError("unauthorized", { cause }); // so that nobody sees another person's conversations
    }
  }

  /**
   * Posts `body`. If its token was revoked or can no longer be renewed (after 30 days), posts `fresh` to start over.
   * @param before the anonymous visitor that `body` brings along; dropped if the session starts over
   */
  async #postOrRestart(
    body: Partial<SessionRequest>,
    fresh: Partial<SessionRequest>,
    before?: string,
  ): Promise<StoredSession> {
    try {
      return { ...(await this.#post(body)), before };
    } catch (error) {
      const isTooOld = body.renew !== undefined && error instanceof TransportError && error.code === "unauthorized";
      if (!isTooOld) throw error;
      return await this.#post(fresh);
    }
  }

  async #post(body: Partial<SessionRequest>): Promise<StoredSession> {
    const isNew = body.renew === undefined && body.userToken === undefined;
    const challengeToken = isNew ? await this.#identity.challengeToken(false) : undefined;
    const request: SessionRequest = { assistant: this.#assistant, ...body, challengeToken };
    try {
      return await this.#send(request);
    } catch (error) {
      // a known visitor must solve another challenge from time to time, and only the worker knows when
      const isRequired = error instanceof TransportError && error.code === "challenge_failed" && !challengeToken;
      if (!isRequired) throw error;
      return await this.#send({ ...request, challengeToken: await this.#identity.challengeToken(true) });
    }
  }

  async #send(request: SessionRequest): Promise<StoredSession> {
    const response = await this.#request(routes.sessions, { method: "POST", body: JSON.stringify(request) });
    return readReply(await response.json(), request.userToken !== undefined);
  }
}

function readReply(reply: unknown, isNamed: boolean): StoredSession {
  const { token, expiresInMs, visitor } = isRecord(reply) ? reply : {};
  if (typeof token !== "string" || typeof expiresInMs !== "number") {
    throw new TransportError("unreachable", { cause: "the response is not a session" });
  }
  return { token, expiresAt: Date.now() + expiresInMs, isNamed, visitor: text(visitor) };
}

/** @param visitor the visitor whom data was kept for; undefined if it was kept before there was a session */
function isOwnedBy(session: StoredSession | undefined, visitor: string | undefined): boolean {
  if (visitor === undefined) return true;
  if (!session) return false;
  return session.visitor === undefined || visitor === session.visitor || visitor === session.before;
}

/** The failure of a request for an earlier visitor. */
export function replacedError(): TransportError {
  return new TransportError("unauthorized", { cause: "the visitor has signed out, or somebody else has signed in" });
}
