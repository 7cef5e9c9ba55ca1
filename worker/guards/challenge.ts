import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";
import type { Settings } from "../settings.ts";
import { log } from "../log.ts";

/** The action that our challenges are created with. A challenge that was solved for another action is refused. */
export const challengeAction = "rivulet-session";

/** How long the verification may take, in milliseconds. After that, the challenge counts as not solved. */
const verifyTimeoutMs = 5000;

const verdict = v.object({
  success: v.boolean(),
  hostname: v.optional(v.string()),
  action: v.optional(v.string()),
});

/**
 * Asks Turnstile whether a challenge was solved in this worker's own frame. Every failure counts as not solved.
 * @param hostname the worker's host, which serves the frame
 * @param address the visitor's address, or null if it is not known
 * @throws ChatError `challenge_failed`, or `not_configured` if Turnstile's secret is not set
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
export async function verifyChallenge(
  token: string | undefined,
  { turnstile }: Settings,
  hostname: string,
  address: string | null,
): Promise<void> {
  if (turnstile.secret === undefined) throw new ChatError("not_configured", { detail: "TURNSTILE_SECRET_KEY: set it" });
  if (token === undefined) throw new ChatError("challenge_failed", { detail: "the request has no challengeToken" });
  const form = new URLSearchParams({ secret: turnstile.secret, response: token });
  if (address !== null) form.set("remoteip", address);
  const result = v.safeParse(verdict, await askTurnstile(turnstile.verifyUrl, form));
  if (!result.success || !result.output.success) throw new ChatError("challenge_failed");
  const { hostname: solvedOn, action } = result.output;
  // Turnstile's public test keys report no action and a fixed host. They are for development only.
  const isTestKey = /^[123]x0{20}/.test(turnstile.secret);
  if (!isTestKey && (solvedOn !== hostname || action !== challengeAction)) {
    throw new ChatError("challenge_failed", { detail: "the challenge was solved for another host or action" });
  }
}

async function askTurnstile(url: string, body: URLSearchParams): Promise<unknown> {
  try {
    const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(verifyTimeoutMs) });
    return await response.json();
  } catch {
    log("error", "turnstile_unreachable");
    return undefined; // without a verification result, the challenge counts as not solved
  }
}
