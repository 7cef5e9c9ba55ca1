import { Hono, type Context } from "hono";
import { ChatError, type SessionReply } from "../../protocol/index.ts";
import type { AssistantLookup } from "../assistants/lookup.ts";
import { limitAddress } from "../guards/address.ts";
import { readBody } from "../guards/body.ts";
import { verifyChallenge } from "../guards/challenge.ts";
import { hash, identify, isNamed } from "../guards/identity.ts";
import { checkOrigin } from "../guards/origin.ts";
import { checkPlace, secretsOf, sessionGuard } from "../guards/session.ts";
import { issueToken, sessionLifetimeMs, verifyRenewal, type Session } from "../guards/session-token.ts";
import type { AppEnv } from "../guards/variables.ts";
import { unwrap } from "../visitor/visitor-rpc.ts";
import { sessionBody } from "./bodies.ts";
import { visitorObject, visitorOf } from "./visitor-of.ts";

/** A solved challenge is good for a day, in seconds: after that, renewing a token takes another one. */
const challengeSeconds = 24 * 60 * 60;

/** What of a session is the same for every way in. */
type Place = Pick<Session, "assistant" | "origin" | "jurisdiction">;

/** Session tokens: new ones for new visitors, renewed ones, those of visitors whom the site names, and their end. */
export function sessionRoutes(assistants: AssistantLookup): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/", limitAddress("SESSION_LIMIT"), async (c) => {
      const settings = c.get("settings");
      const { assistant: id, renew, userToken, bringAlong, challengeToken } = await readBody(c, sessionBody);
      const { jurisdiction = "" } = settings;
      const place: Place = { assistant: id, origin: c.req.header("origin") ?? "", jurisdiction };
      const earlier = renew === undefined ? undefined : await verifyEarlier(c, renew, place);
      const assistant = assistants.find(id, settings.isDevelopment);
      // A removed assistant's visitors can still read what they have, by renewing the token that they have.
      if (assistant === undefined && (earlier === undefined || userToken !== undefined))
        throw new ChatError("not_found");
      if (assistant) checkOrigin(c.req.raw, assistant.origins);
      const session =
        userToken === undefined
          ? (earlier ?? newSession(place, crypto.randomUUID(), 0))
          : await namedSession(c, place, await identify(userToken, id, settings.identitySecret));
      // Whom the site itself names needs no challenge.
      if (assistant?.turnstile && userToken === undefined && needsChallenge(session)) {
        const { hostname } = new URL(c.req.url);
        await verifyChallenge(challengeToken, settings, hostname, c.req.header("cf-connecting-ip") ?? null);
        session.challengedAt = Math.floor(Date.now() / 1000);
      }
      // What one person said under his name is never another's: on a shared machine the next one brings nothing along.
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

async function verifyEarlier(c: Context<AppEnv>, renew: string, place: Place): Promise<Session> {
  const settings = c.get("settings");
  const earlier = await verifyRenewal(renew, secretsOf(settings));
  checkPlace(earlier, settings);
  if (earlier.assistant !== place.assistant || earlier.origin !== place.origin) throw new ChatError("unauthorized");
  unwrap(await visitorObject(c.env, settings, earlier).check(earlier.generation));
  return earlier;
}

async function namedSession(c: Context<AppEnv>, place: Place, visitor: string): Promise<Session> {
  const generation = await visitorObject(c.env, c.get("settings"), { ...place, visitor }).enter();
  return newSession(place, visitor, generation);
}

function newSession(place: Place, visitor: string, generation: number): Session {
  return { ...place, visitor, generation, firstIssuedAt: Math.floor(Date.now() / 1000), challengedAt: 0 };
}

function needsChallenge({ challengedAt }: Session): boolean {
  return challengedAt + challengeSeconds < Date.now() / 1000;
}

/** Brings along what was said before signing in. The copy comes first: broken off in between, nothing is lost. */
async function moveConversations(c: Context<AppEnv>, from: Session, to: Session): Promise<void> {
  if (from.visitor === to.visitor) return;
  const settings = c.get("settings");
  const source = visitorObject(c.env, settings, from);
  const rows = unwrap(await source.handOver(from.generation));
  unwrap(await visitorObject(c.env, settings, to).takeIn(to.generation, rows));
  unwrap(await source.forget(from.generation));
}

/** A visitor's reference for support: it names nobody, and opens nothing. */
async function supportReference({ assistant, visitor }: Session): Promise<string> {
  return (await hash(`${assistant}/${visitor}`)).slice(0, 16);
}
