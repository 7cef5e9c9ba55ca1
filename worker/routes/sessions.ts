import { Hono, type Context } from "hono";
import { ChatError, type SessionReply } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { limitAddress } from "../guards/address.ts";
import { readBody } from "../guards/body.ts";
import { verifyChallenge } from "../guards/challenge.ts";
import { hash, identify, isNamed, type Identity } from "../guards/identity.ts";
import { checkOrigin } from "../guards/origin.ts";
import { checkJurisdiction, secretsOf, sessionGuard } from "../guards/session.ts";
import { issueToken, sessionLifetimeMs, verifyRenewal, type Session } from "../guards/session-token.ts";
import type { AppEnv } from "../guards/variables.ts";
import { unwrap } from "../visitor/visitor-rpc.ts";
import { sessionBody } from "./bodies.ts";
import { visitorObject, visitorOf } from "./visitor-of.ts";

/** How long a solved challenge counts, in seconds. After a day, renewing a token requires solving a new challenge. */
const challengeSeconds = 24 * 60 * 60;

/** The part of a session that does not depend on the visitor. */
type SessionScope = Pick<Session, "assistant" | "origin" | "jurisdiction">;

/** The routes of sessions: tokens for new, returning and named visitors, and signing out. */
export function sessionRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/", limitAddress("SESSION_LIMIT"), async (c) => {
      const settings = c.get("settings");
      const { assistant: id, renew, userToken, bringAlong, challengeToken } = await readBody(c, sessionBody);
      const { jurisdiction = "" } = settings;
      const scope: SessionScope = { assistant: id, origin: c.req.header("origin") ?? "", jurisdiction };
      const earlier = renew === undefined ? undefined : await verifyEarlier(c, renew, scope);
      const assistant = assistants.find(id, settings.isDevelopment);
      // Visitors of a removed assistant can still renew their token and read their conversations.
      if (assistant === undefined && earlier === undefined) {
        throw new ChatError("not_found", { detail: assistants.explainMissing(id) });
      }
      if (earlier && isNamed(earlier.visitor) && userToken === undefined) {
        throw new ChatError("unauthorized", { detail: "renew: a named visitor's session needs a fresh userToken" });
      }
      if (assistant) checkOrigin(c.req.raw, assistant.origins, id);
      const session =
        userToken === undefined
          ? (earlier ?? newSession(scope, crypto.randomUUID(), 0))
          : await namedSession(c, scope, await identify(userToken, id, settings.identitySecret));
      // A visitor whom the site identifies needs no challenge.
      if (assistant?.turnstile && userToken === undefined && needsChallenge(session)) {
        const { hostname } = new URL(c.req.url);
        await verifyChallenge(challengeToken, settings, hostname, c.req.header("cf-connecting-ip") ?? null);
        session.challengedAt = Math.floor(Date.now() / 1000);
      }
      // A named visitor's conversations never move: on a shared device, the next person must not get them.
      if (earlier && bringAlong && !isNamed(earlier.visitor)) await moveConversations(c, earlier, session);
      const token = await issueToken(session, secretsOf(settings));
      return c.json<SessionReply>(
        { token, expiresInMs: sessionLifetimeMs, visitor: await supportReference(session) },
        201,
      );
    })
    .delete("/", sessionGuard(assistants), async (c) => {
      const { visitor, generation } = visitorOf(c);
      unwrap(await visitor.signOut(generation));
      return c.body(null, 204);
    });
}

async function verifyEarlier(c: Context<AppEnv>, renew: string, scope: SessionScope): Promise<Session> {
  const settings = c.get("settings");
  const earlier = await verifyRenewal(renew, secretsOf(settings));
  checkJurisdiction(earlier, settings);
  if (earlier.assistant !== scope.assistant || earlier.origin !== scope.origin) throw new ChatError("unauthorized");
  unwrap(await visitorObject(c.env, settings, earlier).check(earlier.generation));
  return earlier;
}

async function namedSession(
  c: Context<AppEnv>,
  scope: SessionScope,
  { visitor, issuedAt }: Identity,
): Promise<Session> {
  const object = visitorObject(c.env, c.get("settings"), { ...scope, visitor });
  return newSession(scope, visitor, unwrap(await object.signIn(issuedAt * 1000)));
}

function newSession(scope: SessionScope, visitor: string, generation: number): Session {
  return { ...scope, visitor, generation, firstIssuedAt: Math.floor(Date.now() / 1000), challengedAt: 0 };
}

function needsChallenge({ challengedAt }: Session): boolean {
  return challengedAt + challengeSeconds < Date.now() / 1000;
}

/** Moves the conversations from before signing in. They are copied first and removed last, so none can be lost. */
async function moveConversations(c: Context<AppEnv>, from: Session, to: Session): Promise<void> {
  if (from.visitor === to.visitor) return;
  const settings = c.get("settings");
  const source = visitorObject(c.env, settings, from);
  const rows = unwrap(await source.exportRows(from.generation));
  unwrap(await visitorObject(c.env, settings, to).importRows(to.generation, rows));
  unwrap(await source.forget(from.generation));
}

/** A visitor's reference for support. It identifies no person and grants no access. */
async function supportReference({ assistant, visitor }: Session): Promise<string> {
  return (await hash(`${assistant}/${visitor}`)).slice(0, 16);
}
