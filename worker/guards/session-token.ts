import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";

/** Who is asking, as the worker itself wrote it into a session token. */
export interface Session {
  /** Id of the visitor; anonymous ones are random. */
  visitor: string;
  /** Id of the assistant. */
  assistant: string;
  /** The page's origin. */
  origin: string;
  /** When the first token of this visitor was made, in seconds since the epoch: renewal ends 30 days after. */
  firstIssuedAt: number;
  /** The visitor's generation when the token was made: after a sign-out it is another one, and the token void. */
  generation: number;
  /** When the visitor last solved a challenge, in seconds since the epoch; 0 for never. */
  challengedAt: number;
  /** Where the visitor's object is: `DATA_JURISDICTION` when the token was made, empty for anywhere. */
  jurisdiction: string;
}

/** The secrets that sign tokens: the second one is still accepted, never used for new ones. */
export interface SessionSecrets {
  current: string;
  previous?: string;
}

/** So long a token is good, in milliseconds. */
export const sessionLifetimeMs = 10 * 60_000;

/** So long after the first token a visitor's tokens can be renewed, in seconds. */
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

/** Signs a token that is good for `sessionLifetimeMs`. */
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
 * Reads a token that must still be good.
 * @throws ChatError `unauthorized`
 */
export function verifyToken(token: string, secrets: SessionSecrets): Promise<Session> {
  return read(token, secrets, true);
}

/**
 * Reads a token that may have expired, to renew it.
 * @throws ChatError `unauthorized` where it is not ours, or its visitor's first token is older than 30 days
 */
export async function verifyRenewal(token: string, secrets: SessionSecrets): Promise<Session> {
  const session = await read(token, secrets, false);
  if (session.firstIssuedAt + renewableSeconds < Date.now() / 1000) throw new ChatError("unauthorized");
  return session;
}

async function read(token: string, secrets: SessionSecrets, mustBeFresh: boolean): Promise<Session> {
  const accepted = secrets.previous === undefined ? [secrets.current] : [secrets.current, secrets.previous];
  for (const secret of accepted) {
    const payload = await verifyWith(token, secret, mustBeFresh);
    const result = v.safeParse(claims, payload);
    if (!result.success) continue;
    const { sub, aud, org, fst, gen, chl, jur } = result.output;
    const place = { visitor: sub, assistant: aud, origin: org };
    return { ...place, firstIssuedAt: fst, generation: gen, challengedAt: chl, jurisdiction: jur };
  }
  throw new ChatError("unauthorized");
}

async function verifyWith(token: string, secret: string, exp: boolean): Promise<unknown> {
  try {
    return await verify(token, secret, { alg: "HS256", exp });
  } catch {
    return undefined; // the reason holds the token itself: it is neither logged nor sent
  }
}
