import type { MiddlewareHandler } from "hono";
import { ChatError } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { checkOrigin } from "./origin.ts";
import { verifyToken, type SessionSecrets } from "./session-token.ts";
import type { AppEnv } from "./variables.ts";
import type { Settings } from "../env.ts";

/** The secrets of the environment, for the functions that sign and verify. */
export function secretsOf({ sessionSecret, previousSessionSecret }: Settings): SessionSecrets {
  return { current: sessionSecret, previous: previousSessionSecret };
}

/** Lets a request through that carries a good session token, used from the origin that it was made for. */
export function sessionGuard(assistants: AssistantLookup): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const settings = c.get("settings");
    const [, token] = /^Bearer ([\w.-]{1,2048})$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token === undefined) throw new ChatError("unauthorized");
    const session = await verifyToken(token, secretsOf(settings));
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== session.origin) throw new ChatError("unauthorized");
    const assistant = assistants.find(session.assistant, settings.isDevelopment);
    if (assistant) checkOrigin(c.req.raw, assistant.origins);
    c.set("session", session);
    c.set("assistant", assistant);
    await next();
  };
}
