import { Hono } from "hono";
import { ChatError, type SessionReply } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { readBody } from "../guards/body.ts";
import { checkOrigin } from "../guards/origin.ts";
import { secretsOf } from "../guards/session.ts";
import { issueToken, sessionLifetimeMs, verifyRenewal, type Session } from "../guards/session-token.ts";
import type { AppEnv } from "../guards/variables.ts";
import { sessionBody } from "./bodies.ts";

/** Session tokens: new ones for new visitors, and renewed ones. */
export function sessionRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/", async (c) => {
    const settings = c.get("settings");
    const body = await readBody(c, sessionBody);
    const assistant = assistants.find(body.assistant, settings.isDevelopment);
    if (assistant === undefined) throw new ChatError("not_found");
    checkOrigin(c.req.raw, assistant.origins);
    const secrets = secretsOf(settings);
    const origin = c.req.header("origin") ?? "";
    const earlier = body.renew === undefined ? undefined : await verifyRenewal(body.renew, secrets);
    if (earlier && (earlier.assistant !== assistant.id || earlier.origin !== origin)) throw new ChatError("unauthorized");
    const session = earlier ?? newSession(assistant.id, origin);
    const token = await issueToken(session, secrets);
    const visitor = await supportReference(session);
    return c.json<SessionReply>({ token, expiresInMs: sessionLifetimeMs, visitor }, 201);
  });
}

function newSession(assistant: string, origin: string): Session {
  return { visitor: crypto.randomUUID(), assistant, origin, firstIssuedAt: Math.floor(Date.now() / 1000) };
}

/** A visitor's reference for support: it names nobody, and opens nothing. */
async function supportReference({ assistant, visitor }: Session): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${assistant}/${visitor}`));
  return [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
