import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";

/** The content of a session token, which the worker itself issued. */
export interface Session {
  /** Id of the visitor; random if the visitor is anonymous. */
  visitor: string;
  /** Id of the assistant. */
  assistant: string;
  /** The page's origin. */
  origin: string;
  /** When the visitor's first token was issued, in seconds since the epoch. Renewal ends 30 days later. */
  firstIssuedAt: number;
  /**
   * The token's generation. Signing out and deleting all data begin a new generation for the visitor, which invalidates
   * all earlier tokens.
   */
  generation: number;
  /** When the visitor last solved a challenge, in seconds since the epoch; 0 for never. */
  challengedAt: number;
  /** `DATA_JURISDICTION` when the token was issued, or empty if it was not set. The visitor's object is there. */
  jurisdiction: string;
}

/** The secrets of session tokens: `current` signs them; tokens that `previous` signed are still accepted. */
export interface SessionSecrets {
  current: string;
  previous?: string;
}

/**
 * Lifetime of a token, in milliseconds. It is short, because only the site knows how long a person stays signed in:
 * without a sign-out, a named visitor's session ends this long after its last renewal with a `userToken`.
 */
export const sessionLifetimeMs = 10 * 60_000;

/** How long a visitor's tokens can be renewed after the first one, in seconds. */
const renewableSeconds = 30 * 24 * 60 * 60;

const claims = v.object({
  sub: v.string(),
  aud: v.string(),
  org: v.string(),
  fst: v.number(),
  gen: v.number(),
  chl: v.optional(v.number(), 0),
  jur: v.optional(v.string(), ""),
  exp: v.number(),
});

/** Signs a token that is valid for `sessionLifetimeMs`. */
export function issueToken(session: Session, secrets: SessionSecrets): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    sub: session.visitor,
    aud: session.assistant,
    org: session.origin,
    fst: session.firstIssuedAt,
    gen: session.generation,
    chl: session.challengedAt,
    jur: session.jurisdiction,
    iat: now,
    exp: now + sessionLifetimeMs / 1000,
  };
  return sign(payload, secrets.current, "HS256");
}

/**
 * Reads a token that must not have expired.
 * @throws ChatError `unauthorized`
 */
export function verifyToken(token: string, secrets: SessionSecrets): Promise<Session> {
  return read(token, secrets, true);
}

/**
 * Reads a token that is to be renewed, and may have expired.
 * @throws ChatError `unauthorized` if it is not ours, or if the visitor's first token is older than 30 days
 */
export async function verifyRenewal(token: string, secrets: SessionSecrets): Promise<Session> {
  const session = await read(token, secrets, false);
  if (session.firstIssuedAt + renewableSeconds < Date.now() / 1000) throw new ChatError("unauthorized");
  return session;
}

async function read(token: string, secrets: SessionSecrets, mustNotBeExpired: boolean): Promise<Session> {
  const accepted = secrets.previous === undefined ? [secrets.current] : [secrets.current, secrets.previous];
  for (const secret of accepted) {
    const payload = await verifyWith(token, secret, mustNotBeExpired);
    const result = v.safeParse(claims, payload);
    if (!result.success) continue;
    const { sub, aud, org, fst, gen, chl, jur } = result.output;
    const owner = { visitor: sub, assistant: aud, origin: org };
    return { ...owner, firstIssuedAt: fst, generation: gen, challengedAt: chl, jurisdiction: jur };
  }
  throw new ChatError("unauthorized");
}

async function verifyWith(token: string, secret: string, exp: boolean): Promise<unknown> {
  try {
    return await verify(token, secret, { alg: "HS256", exp });
  } catch {
    return undefined; // the error contains the token, so it is neither logged nor sent
  }
}
