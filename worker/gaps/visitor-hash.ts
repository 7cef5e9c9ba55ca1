/**
 * Identifies a visitor in the table of unanswered questions, so that their questions can be listed and deleted. Without
 * the secret, the hash cannot be traced to the visitor or to the visitor's object.
 * @param visitor the id of the visitor's object
 * @param secret `SESSION_SECRET`, or the previous one
 * @returns 32 hexadecimal digits of HMAC-SHA-256
 */
export async function visitorHash(visitor: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  // The same secret signs session tokens. Tokens contain no space, so none of them equals the text that is signed here.
  const digest = await crypto.subtle.sign("HMAC", key, encoder.encode(`unanswered questions of ${visitor}`));
  return [...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
