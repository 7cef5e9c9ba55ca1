import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { checkOrigin } from "./origin.ts";
import { verifyToken, type Session, type SessionSecrets } from "./session-token.ts";
import type { AppEnv } from "./variables.ts";
import type { Settings } from "../settings.ts";

/** Picks the session secrets out of the settings, for the functions that sign and verify session tokens. */
export function secretsOf({ sessionSecret, previousSessionSecret }: Settings): SessionSecrets {
  return { current: sessionSecret, previous: previousSessionSecret };
}

/**
 * Refuses a session that was issued for another jurisdiction. There, a visitor's object name refers to a different
 * object, so every visitor's conversations would seem to be gone.
 * @throws ChatError `not_configured`
 */
export function checkJurisdiction({ jurisdiction }: Session, settings: Settings): void {
  if (jurisdiction === (settings.jurisdiction ?? "")) return;
  const [was, is] = [jurisdiction || "unset", settings.jurisdiction ?? "unset"];
  const fix =
    "set it back, or replace SESSION_SECRET and unset SESSION_SECRET_PREVIOUS to give every visitor a new session";
  throw new ChatError("not_configured", { detail: `DATA_JURISDICTION was ${was} and is now ${is}: ${fix}` });
}

/**
 * Lets a request through if it carries a valid session token and comes from the origin that the token was issued for.
 * @throws ChatError `unauthorized` otherwise; `not_configured` if the jurisdiction has changed since the token was
 *   issued; `origin_not_allowed` if the assistant does not list the origin any longer
 */
export function sessionGuard(assistants: AssistantLookup): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const settings = c.get("settings");
    const [, token] = /^Bearer ([\w.-]{1,2048})$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token === undefined) throw new ChatError("unauthorized");
    const session = await verifyToken(token, secretsOf(settings));
    checkJurisdiction(session, settings);
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== session.origin) throw new ChatError("unauthorized");
    const assistant = assistants.find(session.assistant, settings.isDevelopment);
    if (assistant) checkOrigin(c.req.raw, assistant.origins, assistant.id);
    c.set("session", session);
    c.set("assistant", assistant);
    await next();
  };
}
