import { createHmac } from "node:crypto";

/** `IDENTITY_SECRET` of the tests. */
export const identitySecret = "only-the-site-and-the-worker-know-this";

/** Changes to a token. Most of them make it invalid. */
export interface TokenParts {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Claims that are left out. */
  without?: string[];
  secret?: string;
  /** The signature, if it is not made with the secret. */
  signature?: string;
}

/** A site's token for a signed-in user. It is valid unless the given changes make it invalid. */
export function userToken(sub: string, parts: TokenParts = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims: Record<string, unknown> = { sub, aud: "plain", iat: now, exp: now + 300, ...parts.claims };
  for (const name of parts.without ?? []) delete claims[name];
  const header = { alg: "HS256", typ: "JWT", ...parts.header };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const hash = header.alg === "HS512" ? "sha512" : "sha256";
  const signature = createHmac(hash, parts.secret ?? identitySecret)
    .update(signed)
    .digest("base64url");
  return `${signed}.${parts.signature ?? signature}`;
}
