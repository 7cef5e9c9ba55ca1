import { verify } from "hono/jwt";
import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";

/** The longest lifetime of a `userToken`, in seconds. */
const maxLifetimeSeconds = 60 * 60;

/** How far a site's clock may be from ours, in seconds. It applies to `iat`, `nbf` and `exp`. */
const maxClockSkewSeconds = 60;

/** Prefix of the ids of named visitors. The id of an anonymous visitor is a UUID. */
const namedPrefix = "user-";

const claims = v.object({
  sub: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024)),
  aud: v.union([v.string(), v.array(v.string())]),
  iat: v.number(),
  exp: v.number(),
  nbf: v.optional(v.number()),
});

/** What the site states in a `userToken`. */
export interface Identity {
  /** Id of the visitor. */
  visitor: string;
  /** When the site issued the token, in seconds since the epoch. */
  issuedAt: number;
}

/**
 * Reads a `userToken`, in which the site states who is logged in.
 * @param userToken a JWT, signed with HS256, whose `aud` is the assistant
 * @param secret `IDENTITY_SECRET`; undefined if the operator accepts no such tokens
 * @throws ChatError `unauthorized`
 */
export async function identify(userToken: string, assistant: string, secret: string | undefined): Promise<Identity> {
  if (secret === undefined) throw new ChatError("unauthorized", { detail: "userToken: IDENTITY_SECRET is not set" });
  const result = v.safeParse(claims, await readClaims(userToken, assistant, secret));
  if (!result.success)
    throw new ChatError("unauthorized", {
      detail: "userToken: its signature or `aud` is wrong, or a claim is missing",
    });
  const { sub, iat, exp, nbf = iat } = result.output;
  const now = Date.now() / 1000;
  if (exp - iat > maxLifetimeSeconds || Math.max(iat, nbf) - maxClockSkewSeconds > now) {
    throw new ChatError("unauthorized", {
      detail: "userToken: `exp` must be at most an hour after `iat`, and `iat` and `nbf` must not be in the future",
    });
  }
  if (exp + maxClockSkewSeconds <= now) throw new ChatError("unauthorized", { detail: "userToken: it has expired" });
  return { visitor: await namedVisitor(sub), issuedAt: iat };
}

/** The id of a named visitor: a hash of `sub`, because the browser can read the session token that holds the id. */
export async function namedVisitor(sub: string): Promise<string> {
  return namedPrefix + (await hash(sub));
}

/** Whether the site identified this visitor with a `userToken`. All other visitors are anonymous. */
export function isNamed(visitor: string): boolean {
  return visitor.startsWith(namedPrefix);
}

async function readClaims(userToken: string, aud: string, secret: string): Promise<unknown> {
  try {
    // The times are checked by us: this check allows no difference between the clocks.
    return await verify(userToken, secret, { alg: "HS256", aud, iat: false, nbf: false, exp: false });
  } catch {
    return undefined; // the error contains the token, so it is neither logged nor sent
  }
}

/** SHA-256 of a text, in hexadecimal. */
export async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
