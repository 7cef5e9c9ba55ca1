import { verify } from "hono/jwt";
import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";

/** A site may speak for a visitor for an hour at the most, in seconds. */
const longestSeconds = 60 * 60;

/** How far a site's clock may be ahead, in seconds. */
const skewSeconds = 60;

/** What the ids of named visitors begin with; an anonymous one is a UUID. */
const namedPrefix = "user-";

const claims = v.object({
  sub: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1024)),
  aud: v.union([v.string(), v.array(v.string())]),
  iat: v.number(),
  exp: v.number(),
});

/**
 * Reads the site's own statement of who is logged in.
 * @param userToken a JWT, HS256, whose `aud` is the assistant
 * @param secret `IDENTITY_SECRET`; undefined where the operator accepts no such tokens
 * @returns the visitor's id: one of the `sub`, since what a token holds can be read in the browser
 * @throws ChatError `unauthorized`
 */
export async function identify(userToken: string, assistant: string, secret: string | undefined): Promise<string> {
  if (secret === undefined) throw new ChatError("unauthorized", { detail: "userToken: IDENTITY_SECRET is not set" });
  const result = v.safeParse(claims, await verified(userToken, assistant, secret));
  if (!result.success) throw new ChatError("unauthorized", { detail: "userToken: not a good one" });
  const { sub, iat, exp } = result.output;
  const now = Date.now() / 1000;
  if (exp - iat > longestSeconds || iat > now + skewSeconds) {
    throw new ChatError("unauthorized", {
      detail: "userToken: `exp` must be within an hour of `iat`, and `iat` not ahead",
    });
  }
  return namedPrefix + (await hash(sub));
}

/** Whether a visitor is one whom a site named; the others are anonymous. */
export function isNamed(visitor: string): boolean {
  return visitor.startsWith(namedPrefix);
}

async function verified(userToken: string, aud: string, secret: string): Promise<unknown> {
  try {
    return await verify(userToken, secret, { alg: "HS256", aud, iat: false });
  } catch {
    return undefined; // the reason holds the token itself: it is neither logged nor sent
  }
}

/** SHA-256 of a text, in hexadecimal. */
export async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
