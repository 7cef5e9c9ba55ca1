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
  if (secret === undefined) throw refused("IDENTITY_SECRET is not set: set it to the secret that the site signs with");
  const payload = await readClaims(userToken, secret);
  if (payload === undefined) throw refused("it is not a JWT that is signed with HS256 and IDENTITY_SECRET");
  const result = v.safeParse(claims, payload);
  if (!result.success) throw refused("sub, aud, iat or exp is missing or not valid");
  const { sub, aud, iat, exp, nbf = iat } = result.output;
  if (![aud].flat().includes(assistant)) throw refused(`aud must be "${assistant}", the assistant's id`);
  const now = Date.now() / 1000;
  if (exp - iat > maxLifetimeSeconds) throw refused("exp must be at most an hour after iat, both in seconds");
  if (Math.max(iat, nbf) - maxClockSkewSeconds > now) {
    throw refused("iat or nbf is in the future: correct the clock of the server that signs");
  }
  if (exp + maxClockSkewSeconds <= now) throw refused("it has expired: sign a new one for each call of getUserToken");
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

/**
 * The error for a `userToken` that is refused.
 * @param reason what is wrong or what to do. It is logged, so it contains nothing from the token
 */
function refused(reason: string): ChatError {
  return new ChatError("unauthorized", { detail: `userToken: ${reason}` });
}

/**
 * The claims of a token, unchecked; undefined if its signature is wrong. `identify` names each mistake in them.
 */
async function readClaims(userToken: string, secret: string): Promise<unknown> {
  try {
    // The library's own check of `iat`, `nbf` and `exp` would allow no difference between the clocks.
    return await verify(userToken, secret, { alg: "HS256", iat: false, nbf: false, exp: false });
  } catch {
    return undefined; // the error contains the token, so it is neither logged nor sent
  }
}

/** SHA-256 of a text, in hexadecimal. */
export async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
