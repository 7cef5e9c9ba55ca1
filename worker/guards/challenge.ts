import * as v from "valibot";
import { ChatError } from "../../protocol/index.ts";
import type { Settings } from "../settings.ts";
import { log } from "../log.ts";

/** What every challenge of ours is for: a token that was solved for another purpose is refused. */
export const challengeAction = "rivulet-session";

/** How long the verification may take, in milliseconds; after that the challenge has failed. */
const verifyTimeoutMs = 5000;

const verdict = v.object({
  success: v.boolean(),
  hostname: v.optional(v.string()),
  action: v.optional(v.string()),
});

/**
 * Asks Turnstile whether a challenge was solved, for us, in our own frame. Whatever goes wrong, it was not.
 * @param hostname of the worker: the frame is its own
 * @param address of the visitor, where it is known
 * @throws ChatError `challenge_failed`
 * @see https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
export async function verifyChallenge(
  token: string | undefined,
  { turnstile }: Settings,
  hostname: string,
  address: string | null,
): Promise<void> {
  if (turnstile.secret === undefined)
    throw new ChatError("not_configured", { detail: "TURNSTILE_SECRET_KEY is not set" });
  if (token === undefined) throw new ChatError("challenge_failed", { detail: "no challenge token" });
  const form = new URLSearchParams({ secret: turnstile.secret, response: token });
  if (address !== null) form.set("remoteip", address);
  const result = v.safeParse(verdict, await askTurnstile(turnstile.verifyUrl, form));
  if (!result.success || !result.output.success) throw new ChatError("challenge_failed");
  const { hostname: solvedOn, action } = result.output;
  // The public test keys answer without an action and with a host of their own: they are for development alone.
  const isTestKey = /^[123]x0{20}/.test(turnstile.secret);
  if (!isTestKey && (solvedOn !== hostname || action !== challengeAction)) {
    throw new ChatError("challenge_failed", { detail: "solved for another host or action" });
  }
}

async function askTurnstile(url: string, body: URLSearchParams): Promise<unknown> {
  try {
    const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(verifyTimeoutMs) });
    return await response.json();
  } catch {
    log("error", "turnstile_unreachable");
    return undefined; // no verdict: not solved
  }
}
